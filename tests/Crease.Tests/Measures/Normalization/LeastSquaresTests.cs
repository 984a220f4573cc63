using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>What batch normalization does to the creases of one layer, computed in two ways.</summary>
public sealed class LeastSquaresTests
{
    [Fact]
    public void The_mean_is_the_offset_of_least_squares()
    {
        const int Count = 200, Dimensions = 20;
        var random = new RandomSource(1);
        double[] points = NormalNumbers.Correlated(random, Count, Dimensions), w = random.Normals(Dimensions);
        double[] h = [.. Enumerable.Range(0, Count).Select(p => NormalNumbers.Dot(points.AsSpan(p * Dimensions, Dimensions), w))];
        ChannelStatistics statistics = ChannelStatistics.Of(h, Count, new Shape(1));
        double mean = statistics.Means[0], square = NormalNumbers.Dot(w, w);
        double[] sums = [.. Enumerable.Range(0, 4001).Select(i => Sum(mean - 2 + i / 1000.0))];
        Assert.Equal(2000, Array.IndexOf(sums, sums.Min()));
        Assert.Equal(statistics.Variances[0], square * Sum(mean) / Count, 1e-10 * statistics.Variances[0]);
        // T2 of the generators' specification: a shift adds exactly n δ² / ‖w‖².
        foreach (double shift in new[] { -3, 0.25, 1.75 })
            Assert.Equal(Count * shift * shift / square, Sum(mean + shift) - Sum(mean), 1e-12 * Sum(mean + shift));

        double Sum(double c) => h.Sum(each => (each - c) * (each - c) / square);
    }

    [Fact]
    public void Laws_hold_on_every_network_of_the_corpus()
    {
        int checkedLayers = 0;
        foreach (string name in PartitionCorpus.Names)
        {
            Network network = PartitionCorpus.Network(name);
            if (NormalizationSite.Of(network).IsEmpty)
                continue;
            const int Count = 150;
            double[] inputs = NormalNumbers.Correlated(new RandomSource(2), Count, network.InputShape.Size);
            foreach (CreaseFit fit in CreaseFit.Of(network, inputs, Count).Where(fit => fit.Skipped is null))
            {
                Assert.True(fit.LargestError <= 1e-9, $"{name}, {fit.Name}: {fit}");
                Assert.InRange(fit.AnchorError, 0, 1e-12);
                Assert.True(fit.LeastActive > 0 && fit.MostActive < 1, $"{name}, {fit.Name}: {fit}");
                checkedLayers++;
            }
        }
        Assert.True(checkedLayers > 20);
    }

    [Fact]
    public void Creases_of_a_trained_residual_network_pass_through_the_means()
    {
        Network network = TrainedResNet.Twenty();
        double[][] rows = DataSource.Load(SharedData.Path("cifar10")).Take(24).Inputs;
        CreaseFit[] fits = CreaseFit.Of(network, [.. rows.SelectMany(row => row)], rows.Length);
        CreaseFit[] done = [.. fits.Where(fit => fit.Skipped is null)];
        Assert.NotEmpty(done);
        Assert.All(done, fit => Assert.True(fit.LargestError <= 1e-8 && fit.AnchorError <= 1e-12, $"{fit}"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Laws_hold_behind_all_groups_of_a_convolution(int groups)
    {
        const int Count = 40;
        var random = new RandomSource(9);
        var builder = new NetworkBuilder("groups");
        int at = builder.Input("x", new Shape(6, 5, 4));
        at = builder.Add(new Convolution(new Shape(6, 5, 4), random.Normals(12 * 6 / groups * 4), random.Normals(12), new Windows(2, 2) { Left = 1 }, groups), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        Network network = builder.Build(at);
        CreaseFit fit = Assert.Single(CreaseFit.Of(network, NormalNumbers.Correlated(random, Count, network.InputShape.Size), Count));
        Assert.Equal((12, 0, 6 / groups * 4), (fit.Units, fit.ConstantUnits, fit.Inputs));
        Assert.True(fit.LargestError <= 1e-9 && fit.AnchorError <= 1e-12 && fit.LeastActive > 0 && fit.MostActive < 1, $"{fit}");
    }

    [Fact]
    public void Output_of_a_normalized_unit_does_not_depend_on_the_size_of_its_weights()
    {
        const int Count = 100;
        var random = new RandomSource(3);
        double[] inputs = NormalNumbers.Correlated(random, Count, 4), weights = random.Normals(5 * 4), bias = random.Normals(5);
        double[] first = Output(1), second = Output(7);
        for (int i = 0; i < first.Length; i++)
            Assert.Equal(first[i], second[i], 1e-12 * Math.Max(1, Math.Abs(first[i])));

        double[] Output(double factor)
        {
            var builder = new NetworkBuilder("scaled");
            int at = builder.Add(new Dense(Array.ConvertAll(weights, w => factor * w), bias, new Shape(4)), builder.Input("x", new Shape(4)));
            return BatchNormalized.Of(builder.Build(builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(5)), at)), inputs, Count, 0).Network.Evaluate(inputs, Count);
        }
    }

    [Fact]
    public void Batch_statistics_normalize_every_layer()
    {
        const int Count = 300;
        var random = new RandomSource(4);
        Network network = NormalNumbers.Chain(random, width => random.Normals(width), 6, 9, 7, 5, 2);
        double[] inputs = NormalNumbers.Correlated(random, Count, 6);
        BatchNormalized batch = BatchNormalized.Of(network, inputs, Count, 0);
        double[][] values = batch.Network.Values(inputs, Count);
        Assert.Equal(3, batch.Sites.Length);
        foreach (Node node in batch.Network.Nodes.Where(node => node.Layer is BatchNormalization))
        {
            ChannelStatistics after = ChannelStatistics.Of(values[node.Index], Count, node.Shape);
            Assert.All(after.Means, mean => Assert.Equal(0, mean, 1e-12));
            Assert.All(after.Variances, variance => Assert.Equal(1, variance, 1e-12));
        }
    }

    [Fact]
    public void Values_that_overflow_are_refused_and_not_called_constant()
    {
        Network network = SmallNetworks.Golden(0, 2, 6, 2);
        string message = Assert.Throws<ArgumentException>(() => CreaseFit.Of(network, [1e300, 2e300, -1e300, 1e300, 0, 1e300], 3)).Message;
        Assert.Contains("overflow on this batch", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_constant_unit_is_counted_and_told_apart()
    {
        var builder = new NetworkBuilder("constant");
        int at = builder.Add(new Dense(new double[] { 1, 0, 0, 0 }, new double[] { 1, 2 }, new Shape(2)), builder.Input("x", new Shape(2)));
        Network network = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(2)), at));
        CreaseFit fit = Assert.Single(CreaseFit.Of(network, [0, 1, 2, 3, 5, 8], 3));
        Assert.Equal((1, 1), (fit.Units, fit.ConstantUnits));
        Assert.Contains("positive epsilon", Assert.Throws<ArgumentException>(() => BatchNormalized.Of(network, [0, 1, 2, 3, 5, 8], 3, 0)).Message, StringComparison.Ordinal);
        CreaseFit still = Assert.Single(CreaseFit.Of(network, [1, 1, 1, 1], 2));
        Assert.Contains("every unit is constant", still.Skipped, StringComparison.Ordinal);
        Assert.All(new[] { still.LargestError, still.OwnOffset, still.Spread, still.LeastActive }, value => Assert.True(double.IsFinite(value)));
    }
}
