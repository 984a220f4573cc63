using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Points that creases share: of one layer, and of the layer behind it.</summary>
public sealed class CreaseAnchorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(.1)]
    [InlineData(-1)]
    public void Two_clusters_without_spread_give_equal_means_with_scaling_and_unequal_ones_without(double slope)
    {
        const int Units = 6, Dimensions = 4;
        var random = new RandomSource(1);
        double[] u = random.Normals(Dimensions), v = random.Normals(Dimensions), weights = random.Normals(Units * Dimensions);
        double[] inputs = [.. u, .. u, .. u, .. v, .. v, .. v];
        double[] scaled = Means(0), plain = Means(null);
        Assert.All(scaled, mean => Assert.Equal((1 - slope) / 2, mean, 1e-12));
        Assert.True(plain.Max() - plain.Min() > 0.1);
        // Without scaling the mean is the distance of u from the crease, times the norm.
        for (int k = 0; k < Units; k++)
        {
            double[] row = weights[(k * Dimensions)..((k + 1) * Dimensions)];
            Assert.Equal(Math.Abs(NormalNumbers.Dot(row, u) - NormalNumbers.Dot(row, v)) / 2 * (1 - slope) / 2, plain[k], 1e-12);
        }

        double[] Means(double? epsilon)
        {
            var builder = new NetworkBuilder("clusters");
            int at = builder.Add(new Dense(weights, null, new Shape(Dimensions)), builder.Input("x", new Shape(Dimensions)));
            if (epsilon is null)
            {
                double[] g = [.. u.Zip(v, (a, b) => (a + b) / 2)];
                at = builder.Add(new Scaling(new Shape(Units), null, [.. Enumerable.Range(0, Units).Select(k => -NormalNumbers.Dot(weights.AsSpan(k * Dimensions, Dimensions), g))]), at);
            }
            Network network = builder.Build(builder.Add(PiecewiseLinear.LeakyRelu(new Shape(Units), slope), at));
            if (epsilon is double given)
                network = BatchNormalized.Of(network, inputs, 6, given).Network;
            return ChannelStatistics.Of(network.Evaluate(inputs, 6), 6, new Shape(Units)).Means;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.1)]
    public void The_anchor_of_a_second_layer_maps_to_the_mean_and_ignores_scales(double slope)
    {
        const int Size = 5, Count = 80;
        var random = new RandomSource(2);
        double[] inputs = NormalNumbers.Correlated(random, Count, Size), weights = random.Normals(Size * Size);
        PiecewiseLinear activation = PiecewiseLinear.LeakyRelu(new Shape(Size), slope);
        double[] center = ChannelStatistics.Of(inputs, Count, new Shape(Size)).Means;
        double[] scales = [.. Enumerable.Range(0, Size).Select(_ => random.Uniform(0.5, 2))];
        double[]? first = null;
        for (int trial = 0; trial < 5; trial++)
        {
            double[] mean = ChannelStatistics.Of(Layer(inputs, Count), Count, new Shape(Size)).Means;
            double[]? anchor = CreaseAnchors.Of(weights, activation, center, scales, mean);
            Assert.NotNull(anchor);
            double[] reached = Layer(anchor, 1);
            for (int k = 0; k < Size; k++)
                Assert.Equal(mean[k], reached[k], 1e-10);
            first ??= anchor;
            for (int i = 0; i < Size; i++)
                Assert.Equal(first[i], anchor[i], 1e-10 * (1 + Math.Abs(first[i])));
            // Every crease of a normalized second layer holds the image of the anchor, hence the anchor.
            scales = [.. scales.Select(scale => scale * random.Uniform(0.2, 5))];
        }

        double[] Layer(double[] x, int count)
        {
            var builder = new NetworkBuilder("first");
            double[] shift = [.. Enumerable.Range(0, Size).Select(k => -NormalNumbers.Dot(weights.AsSpan(k * Size, Size), center) / scales[k])];
            double[] scaled = [.. weights.Select((w, i) => w / scales[i / Size])];
            int at = builder.Add(new Dense(scaled, shift, new Shape(Size)), builder.Input("x", new Shape(Size)));
            return builder.Build(builder.Add(activation, at)).Evaluate(x, count);
        }
    }

    [Fact]
    public void A_mean_that_the_function_never_takes_has_no_anchor()
    {
        PiecewiseLinear relu = PiecewiseLinear.Relu(new Shape(2));
        Assert.Null(CreaseAnchors.Of([1, 0, 0, 1], relu, [0, 0], [1, 1], [1, -0.5]));
        Assert.Null(CreaseAnchors.Of([1, 2, 2, 4], relu, [0, 0], [1, 1], [1, 0.5]));
        Assert.Throws<ArgumentException>(() => CreaseAnchors.Of([1, 0, 0, 1], relu, [0, 0], [1, 0], [1, 1]));
    }

    [Fact]
    public void A_centered_layer_has_only_unbounded_cells_and_the_published_number_of_them()
    {
        var random = new RandomSource(3);
        // Numbers with few bits: the lines meet in one point exactly, and the partition is exact.
        double[] g = [0.25, -0.5];
        Partition centered = Cut(random, 7, row => NormalNumbers.Dot(row, g));
        Assert.Equal(14, centered.RegionCount);
        Assert.Equal(0, Bounded(centered));
        Partition expanding = Cut(random, 7, _ => random.Normal());
        Assert.True(Bounded(expanding) >= 1);
        Assert.Equal(1 + 7 + 21, Cut(random, 7, _ => 0.5 * random.Normal(), 4000).RegionCount);
    }

    [Fact]
    public void Condensing_layers_share_a_point_and_expanding_ones_do_not()
    {
        var random = new RandomSource(4);
        foreach ((int units, int inputs) in new[] { (3, 5), (4, 4), (6, 4) })
        {
            double[] weights = random.Normals(units * inputs), offsets = random.Normals(units), g = random.Normals(inputs);
            double[]? shared = CreaseAnchors.Shared(weights, offsets);
            Assert.Equal(units <= inputs, shared is not null);
            double[] centered = [.. Enumerable.Range(0, units).Select(k => NormalNumbers.Dot(weights.AsSpan(k * inputs, inputs), g))];
            double[]? found = CreaseAnchors.Shared(weights, centered);
            Assert.NotNull(found);
            for (int i = 0; i < inputs && units >= inputs; i++)
                Assert.Equal(g[i], found[i], 1e-9);
        }
    }

    private static Partition Cut(RandomSource random, int units, Func<double[], double> offset, double half = 100)
    {
        double[] weights = Array.ConvertAll(random.Normals(2 * units), weight => Math.Round(1024 * weight) / 1024), bias = [.. Enumerable.Range(0, units).Select(k => -offset(weights[(2 * k)..(2 * k + 2)]))];
        var builder = new NetworkBuilder("layer");
        int at = builder.Add(new Dense(weights, bias, new Shape(2)), builder.Input("x", new Shape(2)));
        return new PlanarPartitioner(builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(units)), at))).Cut(Slice.Box(-half, half, -half, half));
    }

    private static int Bounded(Partition partition) => Enumerable.Range(0, partition.RegionCount)
        .Count(region => partition.Creases[partition.FirstHalfEdges[region]..partition.FirstHalfEdges[region + 1]].IndexOfAnyInRange(int.MinValue, -1) < 0);
}
