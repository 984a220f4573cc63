using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Wilcoxon's test against published tables, published examples, and counting of all signs.</summary>
public sealed class SignedRankTestTests
{
    // Largest rank sums that two-sided tables call significant.
    [Theory]
    [InlineData(6, 0.05, 0)]
    [InlineData(7, 0.05, 2)]
    [InlineData(8, 0.05, 3)]
    [InlineData(9, 0.05, 5)]
    [InlineData(10, 0.05, 8)]
    [InlineData(12, 0.05, 13)]
    [InlineData(15, 0.05, 25)]
    [InlineData(20, 0.05, 52)]
    [InlineData(25, 0.05, 89)]
    [InlineData(30, 0.05, 137)]
    [InlineData(50, 0.05, 434)]
    [InlineData(8, 0.01, 0)]
    [InlineData(10, 0.01, 3)]
    [InlineData(12, 0.01, 7)]
    [InlineData(15, 0.01, 15)]
    [InlineData(20, 0.01, 37)]
    [InlineData(25, 0.01, 68)]
    [InlineData(30, 0.01, 109)]
    [InlineData(50, 0.01, 373)]
    public void Critical_sums_are_those_of_the_tables(int pairs, double level, int critical)
    {
        SignedRankTest last = SignedRankTest.Of(WithSum(pairs, critical)), next = SignedRankTest.Of(WithSum(pairs, critical + 1));
        Assert.Equal((critical, critical + 1), (last.Statistic, next.Statistic));
        Assert.True(last.IsExact && next.IsExact);
        Assert.InRange(last.PValue, 0, level);
        Assert.InRange(next.PValue, level, 1);
    }

    [Fact]
    public void Heights_of_plants_give_the_published_probability()
    {
        // Darwin's Zea mays, differences in eighths of an inch: W = 24, p = 0.04126.
        SignedRankTest test = SignedRankTest.Of([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]);
        Assert.Equal((15, 24, 96), (test.Pairs, test.Statistic, test.Above));
        Assert.Equal(0.041259765625, test.PValue, 1e-15);
        Assert.Equal(72.0 / 120, test.Effect, 1e-15);
    }

    [Fact]
    public void Depression_scores_give_the_published_probability()
    {
        // Hollander and Wolfe, table 3.1: W+ = 40 of 9 patients, one-sided 5 / 256.
        double[] first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30], second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        SignedRankTest test = SignedRankTest.Of([.. first.Zip(second, (a, b) => a - b)]);
        Assert.Equal((40, 5), (test.Above, test.Below));
        Assert.Equal(2 * 5.0 / 256, test.PValue, 1e-15);
    }

    [Fact]
    public void Ties_and_zeros_are_counted_over_all_signs()
    {
        var random = new RandomSource(5);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] differences = [.. Enumerable.Range(0, 3 + random.Index(8)).Select(_ => (double)random.Index(9) - 3)];
            SignedRankTest test = SignedRankTest.Of(differences);
            double[] sizes = [.. differences.Where(d => d != 0).Select(Math.Abs)];
            double[] ranks = [.. sizes.Select(size => sizes.Count(other => other < size) + (sizes.Count(other => other == size) + 1) / 2.0)];
            int asUneven = Enumerable.Range(0, 1 << ranks.Length).Count(signs => Math.Min(Sum(ranks, signs), ranks.Sum() - Sum(ranks, signs)) <= test.Statistic);
            Assert.Equal(differences.Count(d => d == 0), test.Zeros);
            Assert.Equal((double)asUneven / (1 << ranks.Length), test.PValue, 1e-12);
            Assert.Equal(test.PValue, SignedRankTest.Of([.. differences.Select(d => -d)]).PValue);
        }

        static double Sum(double[] ranks, int signs) => ranks.Where((_, i) => (signs >> i & 1) == 1).Sum();
    }

    [Fact]
    public void Many_pairs_take_the_normal_distribution_and_meet_the_exact_one()
    {
        foreach (double share in new[] { 0.35, 0.45, 0.5 })
        {
            int many = SignedRankTest.MostExact + 1, sum = (int)(share * many * (many + 1) / 2);
            SignedRankTest test = SignedRankTest.Of(WithSum(many, sum));
            Assert.False(test.IsExact);
            double mean = many * (many + 1) / 4.0, deviation = Math.Sqrt(many * (many + 1) * (2 * many + 1) / 24.0);
            Assert.Equal(2 * Tail(Math.Max(0, mean - sum - 0.5) / deviation), test.PValue, 1e-9);
            SignedRankTest exact = SignedRankTest.Of(WithSum(SignedRankTest.MostExact, (int)(share * SignedRankTest.MostExact * (SignedRankTest.MostExact + 1) / 2)));
            Assert.InRange(test.PValue / exact.PValue, 0.85, 1.15);
        }
        double[] tied = [.. Enumerable.Repeat(1.0, 60), .. Enumerable.Repeat(-1.0, 40)];
        // All ranks are 50.5: a sign test with variance n r² / 4.
        Assert.Equal(2 * Tail((60 * 50.5 - 50 * 50.5 - 0.5) / Math.Sqrt(100 * 50.5 * 50.5 / 4)), SignedRankTest.Of(tied).PValue, 1e-9);
    }

    [Fact]
    public void Nothing_to_compare_is_no_evidence()
    {
        Assert.Equal(new SignedRankTest(0, 3, 0, 0, 1, true), SignedRankTest.Of([0, 0, 0]));
        Assert.Equal(new SignedRankTest(0, 0, 0, 0, 1, true), SignedRankTest.Of([]));
        Assert.Equal(1, SignedRankTest.Of([2]).PValue);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => SignedRankTest.Of([1, double.NaN])).Message, StringComparison.Ordinal);
    }

    // Differences of sizes 1 to n whose negative ones have the given sum of ranks.
    private static double[] WithSum(int pairs, int sum)
    {
        double[] differences = [.. Enumerable.Range(1, pairs).Select(rank => (double)rank)];
        for (int rank = pairs; rank > 0; rank--)
        {
            if (sum >= rank)
                (differences[rank - 1], sum) = (-rank, sum - rank);
        }
        Assert.Equal(0, sum);
        return differences;
    }

    // Upper tail of the standard normal distribution by Simpson's rule.
    private static double Tail(double from)
    {
        const int Steps = 20_000;
        double sum = 0, step = 12.0 / Steps;
        for (int i = 0; i <= Steps; i++)
            sum += (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * Math.Pow(from + i * step, 2));
        return sum * step / 3 / Math.Sqrt(2 * Math.PI);
    }
}
