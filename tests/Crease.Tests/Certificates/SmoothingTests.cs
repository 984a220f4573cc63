using Crease.Certificates;
using Crease.Networks;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Randomized smoothing: exact limits, a classifier whose radius is known, and stopping anywhere.</summary>
public sealed class SmoothingTests
{
    [Theory]
    [InlineData(100000, 100000, .9999309248, 3.8114566)]
    [InlineData(99000, 100000, .9889893404, 2.2900000)]
    [InlineData(90000, 100000, .8970364962, 1.2648447)]
    [InlineData(75000, 100000, .7457468421, .6611653)]
    [InlineData(1000, 1000, .9931160484, 2.4632626)]
    [InlineData(950, 1000, .9250467801, 1.4398620)]
    [InlineData(100, 100, .9332543008, 1.5004750)]
    public void Lower_limits_are_those_of_the_beta_distribution(long successes, long trials, double limit, double quantile)
    {
        double found = ClopperPearson.Lower(successes, trials, 0.001);
        Assert.Equal(limit, found, 1e-10);
        Assert.Equal(quantile, NormalQuantile.Of(found), 1e-7);
    }

    [Fact]
    public void The_radius_of_a_linear_classifier_approaches_its_margin_from_below()
    {
        Network network = KnownNetworks.Chain(2, ([3, 4], [-1]));
        double[] input = [0.6, 0.1];
        double margin = 1.2 / 5, last = 0;
        foreach (int draws in (int[])[1000, 10_000, 100_000])
        {
            var smoothing = new RandomizedSmoothing(network, new SmoothingOptions { Sigma = 0.25, Draws = draws });
            SmoothedCertificate found = smoothing.Certificate(smoothing.Continue(input, smoothing.Empty(0), RunContext.Default));
            Assert.Equal(1, found.Class);
            Assert.InRange(found.Radius, last, margin);
            last = found.Radius;
        }
        Assert.InRange(last, 0.95 * margin, margin);
    }

    [Fact]
    public void A_stopped_run_continues_to_the_same_counts_on_any_number_of_threads()
    {
        var smoothing = new RandomizedSmoothing(KnownNetworks.Diamond(), new SmoothingOptions { Sigma = 0.5, Draws = 40_500 });
        var run = new RunContext { Seed = 5, Threads = 1 };
        var kept = new List<SmoothingTally>();
        SmoothingTally whole = smoothing.Continue([0.5, 0.5], smoothing.Empty(3), run, kept.Add);
        Assert.Equal(40_500, whole.Drawn);
        Assert.True(kept.Count > 2);
        SmoothingTally continued = smoothing.Continue([0.5, 0.5], kept[0], run with { Threads = 3 });
        Assert.Equal(whole.Counts, continued.Counts);
        Assert.Equal(whole.Selected, continued.Selected);
    }
}
