using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>The area under the curve against counting pairs, its interval against simulation.</summary>
public sealed class RankAucTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 5)]
    [InlineData(3, 1000)]
    public void The_area_is_the_share_of_pairs_in_order(ulong seed, int levels)
    {
        var random = new RandomSource(seed);
        double[] scores = [.. Enumerable.Range(0, 211).Select(_ => (double)random.Index(levels))];
        bool[] truth = [.. scores.Select((score, i) => i < 2 ? i == 0 : random.Uniform() < 0.2 + 0.5 * score / levels)];
        double pairs = 0, all = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (truth[i] && !truth[j])
                    (pairs, all) = (pairs + (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0), all + 1);
            }
        }
        Assert.Equal(pairs / all, RankAuc.Of(scores, truth).Auc, 12);
    }

    [Fact]
    public void The_variance_is_the_one_of_counted_placements()
    {
        var random = new RandomSource(4);
        bool[] truth = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0)];
        double[][] scores = [.. Enumerable.Range(0, 2).Select(_ => truth.Select(value => Math.Round(4 * (random.Normal() + (value ? 1 : 0)))).ToArray())];
        double[][] above = [.. scores.Select(s => Placements(s, truth, true))], below = [.. scores.Select(s => Placements(s, truth, false))];
        RankAuc first = RankAuc.Of(scores[0], truth), second = RankAuc.Of(scores[1], truth);
        Assert.Equal(Spread(above[0], above[1]) / 20 + Spread(below[0], below[1]) / 40, first.Covariance(second), 12);
        Assert.Equal(Spread(above[0], above[0]) / 20 + Spread(below[0], below[0]) / 40, first.Variance, 12);

        static double[] Placements(double[] s, bool[] truth, bool side) =>
            [.. Enumerable.Range(0, s.Length).Where(i => truth[i] == side).Select(i => Enumerable.Range(0, s.Length).Where(j => truth[j] != side).Average(j => s[i] == s[j] ? 0.5 : s[i] > s[j] == side ? 1.0 : 0))];

        static double Spread(double[] x, double[] y) => x.Zip(y).Sum(pair => (pair.First - x.Average()) * (pair.Second - y.Average())) / (x.Length - 1);
    }

    [Fact]
    public void The_interval_covers_the_true_area_about_as_often_as_it_says()
    {
        // Normal scores one deviation apart: the area is Φ(1/√2).
        const double truth = 0.7602499389;
        int covered = 0, trials = 400;
        for (int trial = 0; trial < trials; trial++)
        {
            var random = new RandomSource(1000 + (ulong)trial);
            bool[] labels = [.. Enumerable.Range(0, 150).Select(i => i < 50)];
            double[] scores = [.. labels.Select(label => random.Normal() + (label ? 1 : 0))];
            RankAuc auc = RankAuc.Of(scores, labels);
            (double low, double high) = AucEstimate.Interval(auc.Auc, Math.Sqrt(auc.Variance), 50);
            covered += low <= truth && truth <= high ? 1 : 0;
        }
        Assert.InRange(covered / (double)trials, 0.92, 0.98);
    }

    [Fact]
    public void A_perfect_ranking_of_few_rows_is_not_certain()
    {
        (double low, double high) = AucEstimate.Interval(1, 0, 5);
        Assert.Equal(Math.Pow(0.025, 0.2), low, 12);
        Assert.Equal(1, high);
        Assert.Equal((0.0, 1.0), AucEstimate.Interval(0.7, double.NaN, 1));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        Assert.Contains("expected as many", Assert.Throws<ArgumentException>(() => RankAuc.Of([1], [true, false])).Message);
        Assert.Contains("at least one of each", Assert.Throws<ArgumentException>(() => RankAuc.Of([1, 2], [true, true])).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => RankAuc.Of([1, double.NaN], [true, false])).Message);
    }
}
