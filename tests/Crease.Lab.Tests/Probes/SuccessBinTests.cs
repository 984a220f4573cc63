using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests.Probes;

/// <summary>Shares in bins and their intervals.</summary>
public sealed class SuccessBinTests
{
    // Ends of the score interval solve (p - k/n)² = z² p (1 - p) / n, whose two roots bisection finds here.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(10, 10)]
    [InlineData(263, 81)]
    [InlineData(100000, 99999)]
    public void An_interval_ends_where_the_count_is_just_what_chance_allows(int count, int correct)
    {
        var bin = new SuccessBin(0, 1, count, correct);
        (double low, double high) = bin.Interval!.Value;
        double rate = bin.Rate!.Value;
        Assert.InRange(rate, low, high);
        double Beyond(double p) => Math.Abs(rate - p) - 1.959963984540054 * Math.Sqrt(p * (1 - p) / count);
        Assert.Equal(correct == 0 ? 0 : Root(0, rate, Beyond), low, 1e-9);
        Assert.Equal(correct == count ? 1 : Root(1, rate, Beyond), high, 1e-9);
    }

    [Fact]
    public void An_empty_bin_has_neither_share_nor_interval()
    {
        Assert.Null(new SuccessBin(0, 1, 0, 0).Rate);
        Assert.Null(new SuccessBin(0, 1, 0, 0).Interval);
    }

    // In 400 experiments the interval misses the share that was drawn from about one time in twenty.
    [Fact]
    public void Intervals_hold_the_true_share_about_as_often_as_they_say()
    {
        var random = new RandomSource(8);
        foreach (double share in (double[])[0.5, 0.9, 0.03])
        {
            int held = 0;
            for (int experiment = 0; experiment < 400; experiment++)
            {
                int correct = Enumerable.Range(0, 60).Count(_ => random.Uniform() < share);
                (double low, double high) = new SuccessBin(0, 1, 60, correct).Interval!.Value;
                held += low <= share && share <= high ? 1 : 0;
            }
            Assert.InRange(held, 364, 396);
        }
    }

    [Fact]
    public void Every_tested_row_is_in_one_bin_with_its_mean_score_whatever_the_number_of_splits()
    {
        var random = new RandomSource(2);
        bool[] truth = [.. Enumerable.Range(0, 200).Select(_ => random.Uniform() < 0.4)];
        int[] tokens = [.. truth.Select(_ => 1 + random.Index(12))];
        SplitOutcome Outcome(int from) => new(default!, 0, [.. Enumerable.Range(from, 120)], [.. Enumerable.Range(from, 120).Select(row => truth[row] == (row % 5 != 0) ? 0.9 - 0.1 * from / 80 : 0.2)]);
        SplitOutcome[] outcomes = [Outcome(0), Outcome(80)];
        SuccessBin[] byScore = [.. SuccessBins.ByScore(outcomes, truth)], byLength = [.. SuccessBins.ByLength(outcomes, truth, tokens)];
        Assert.Equal(10, byScore.Length);
        Assert.Equal((200, truth.Count(value => value)), (byScore.Sum(bin => bin.Count), byScore.Sum(bin => bin.Correct)));
        // Rows 80 to 119 are in both splits: 0.9 in one and 0.8 in the other.
        Assert.Equal(Enumerable.Range(80, 120).Count(row => truth[row] == (row % 5 != 0)), byScore[8].Count);
        Assert.Equal(Enumerable.Range(0, 80).Count(row => truth[row] == (row % 5 != 0)), byScore[9].Count);
        Assert.Equal((200, Enumerable.Range(0, 200).Count(row => (truth[row] == (row % 5 != 0)) == truth[row])), (byLength.Sum(bin => bin.Count), byLength.Sum(bin => bin.Correct)));
        Assert.InRange(byLength.Length, 5, 10);
        for (int bin = 0; bin < byLength.Length; bin++)
        {
            Assert.True(bin == 0 || byLength[bin].Low > byLength[bin - 1].High);
            Assert.Equal(tokens.Count(length => length >= byLength[bin].Low && length <= byLength[bin].High), byLength[bin].Count);
        }
    }

    private static double Root(double outside, double inside, Func<double, double> beyond)
    {
        for (int step = 0; step < 200; step++)
        {
            double middle = (outside + inside) / 2;
            (outside, inside) = beyond(middle) > 0 ? (middle, inside) : (outside, middle);
        }
        return outside;
    }
}
