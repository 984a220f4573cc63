using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Jitter of batch statistics, creases, codes and the boundary; distances of data to creases.</summary>
public sealed class CreaseJitterTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(128)]
    public void Statistics_of_a_batch_vary_as_the_formulas_say(int size)
    {
        const int Batches = 20_000;
        const double Variance = 4;
        var random = new RandomSource(1);
        double[] means = new double[Batches], variances = new double[Batches];
        for (int batch = 0; batch < Batches; batch++)
        {
            ChannelStatistics statistics = ChannelStatistics.Of(random.Normals(size, 2), size, new Shape(1));
            (means[batch], variances[batch]) = (statistics.Means[0], statistics.Variances[0]);
        }
        Near(Variance / size, means);
        Near(2 * Variance * Variance * (size - 1) / ((double)size * size), variances);
    }

    [Fact]
    public void Jitter_of_a_layer_follows_the_root_of_the_batch_size()
    {
        var random = new RandomSource(2);
        double[][] inputs = [.. Enumerable.Range(0, 4000).Select(_ => random.Normals(5))];
        Network network = NormalNumbers.Chain(random, width => random.Normals(width), 5, 12, 3);
        CreaseJitter jitter = CreaseJitter.Of(network, inputs, new JitterOptions { BatchSizes = [8, 32, 128], Batches = 400, Probes = 40 });
        Assert.NotNull(jitter.Slope);
        Assert.InRange(jitter.Slope.Value, -0.55, -0.45);
        foreach (SizeJitter size in jitter.Sizes)
        {
            LayerJitter layer = Assert.Single(size.Layers);
            Assert.InRange(layer.MeanVariance, 0.85, 1.15);
            Assert.InRange(layer.SpreadVariance, 0.8, 1.25);
            Assert.InRange(size.RelativeShift * Math.Sqrt(size.BatchSize), 0.93, 1.07);
        }
        Assert.Equal(jitter.Sizes.Select(size => size.Layers[0].ChangedSamples).OrderDescending(), jitter.Sizes.Select(size => size.Layers[0].ChangedSamples));
        double[] boundary = [.. jitter.Sizes.Select(size => size.BoundaryShift!.Value)];
        Assert.True(boundary[0] > boundary[1] && boundary[1] > boundary[2] && boundary[2] > 0);
    }

    [Fact]
    public void Jitter_does_not_depend_on_threads_and_is_finite_on_odd_networks()
    {
        var random = new RandomSource(3);
        Network network = PartitionCorpus.Network("convolution, batch normalization, average pooling");
        double[][] inputs = [.. Enumerable.Range(0, 40).Select(_ => random.Normals(network.InputShape.Size))];
        var options = new JitterOptions { BatchSizes = [2, 16], Batches = 12, Probes = 10 };
        CreaseJitter one = CreaseJitter.Of(network, inputs, options, new RunContext { Threads = 1 }), two = CreaseJitter.Of(network, inputs, options, new RunContext { Threads = 3 });
        Assert.Equal(one.Sizes.Select(size => size.BoundaryShift), two.Sizes.Select(size => size.BoundaryShift));
        Assert.Equal(one.Sizes.SelectMany(size => size.Layers).SelectMany(layer => layer.Shifts), two.Sizes.SelectMany(size => size.Layers).SelectMany(layer => layer.Shifts));
        Assert.All(one.Sizes.SelectMany(size => size.Layers), layer => Assert.True(double.IsFinite(layer.MeanVariance + layer.SpreadVariance + layer.RelativeShifts.Sum() + layer.Shifts.Sum())));
    }

    [Fact]
    public void Wrong_options_are_listed()
    {
        string message = Assert.Throws<ArgumentException>(() => CreaseJitter.Of(SmallNetworks.Golden(0, 2, 4, 2), [[0, 0], [1, 1]], new JitterOptions { BatchSizes = [1], Batches = 1, Probes = 0, Epsilon = double.NaN })).Message;
        Assert.All(new[] { "'BatchSizes' is [1]", "'Batches' is 1", "'Probes' is 0", "'Epsilon' is NaN" }, fault => Assert.Contains(fault, message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => CreaseJitter.Of(SmallNetworks.Golden(0, 2, 4, 2), [[0, 0], [1]]));
        Assert.Throws<ArgumentException>(() => CreaseJitter.Of(SmallNetworks.Golden(0, 2, 4, 2), [[0, 0], [1, double.NaN]]));
        Assert.Throws<ArgumentException>(() => CreaseJitter.Of(SmallNetworks.Golden(0, 2, 2), [[0, 0], [1, 1]]));
    }

    [Fact]
    public void Units_with_random_directions_separate_pairs_as_the_angle_law_says()
    {
        var random = new RandomSource(4);
        Network network = NormalNumbers.Chain(random, width => random.Normals(width), 10, 4000, 2);
        double[] inputs = random.Normals(60 * 10);
        IReadOnlyList<(int, int)> pairs = UnitSeparation.Draw(60, 80, (_, _) => true, random);
        UnitSeparation found = Assert.Single(UnitSeparation.Of(network, inputs, 60, pairs));
        Assert.Equal(80, found.Pairs);
        Assert.InRange(found.Observed - found.Law, -0.01, 0.01);
    }

    [Fact]
    public void Normalized_creases_lie_nearer_to_digits_than_random_ones()
    {
        double[][] rows = DataSource.Load("example:optdigits").Take(300).Inputs;
        Compare(rows, 64, 40, 20);
    }

    // Section 8 of the specification, with the digits that are here.
    [Fact]
    [Trait("Category", "Long")]
    public void Normalized_creases_lie_nearer_to_full_size_digits_than_random_ones()
    {
        double[][] rows = DataSource.Load(SharedData.Path("mnist")).Take(1000).Inputs;
        Compare(rows, 784, 100, 60);
    }

    private static void Compare(double[][] rows, int inputs, int width, int digits)
    {
        double[] joined = [.. rows.SelectMany(row => row)];
        double[][] probes = [.. rows.Take(digits)];
        double[] means = new double[3];
        for (ulong seed = 0; seed < 3; seed++)
        {
            Network Made(Func<RandomSource, int, double[]?> offsets)
            {
                var weights = new RandomSource(seed);
                var own = new RandomSource(seed + 100);
                return NormalNumbers.Chain(weights, units => offsets(own, units), inputs, width, width, width, 10);
            }

            Network zero = Made((_, _) => null), random = Made((own, units) => own.Normals(units)), batch = BatchNormalized.Of(zero, joined, rows.Length).Network;
            int at = 0;
            foreach (Network network in new[] { batch, zero, random })
                means[at++] += NormalizationDistances.Of("", network, probes).Medians.Average(median => median!.Value) / 3;
            Assert.All(CreaseFit.Of(zero, joined, rows.Length), fit => Assert.True(fit.LeastActive > 0 && fit.MostActive < 1));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"median distance: batch normalization {means[0]:G4}, zero offsets {means[1]:G4}, random offsets {means[2]:G4}");
        Assert.True(means[2] >= 1.5 * means[0], $"{means[2]} against {means[0]}");
        Assert.True(means[1] > means[0], $"{means[1]} against {means[0]}");
    }

    private static void Near(double expected, double[] values)
    {
        double mean = values.Average();
        double[] squares = [.. values.Select(value => (value - mean) * (value - mean))];
        double variance = squares.Average(), fourth = squares.Average(square => square * square);
        Assert.Equal(expected, variance, 4 * Math.Sqrt((fourth - variance * variance) / values.Length));
    }
}
