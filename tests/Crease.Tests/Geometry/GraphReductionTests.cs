using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Networks with convolutions, skip connections and max pooling are cut alike with and without locally reduced networks.</summary>
public sealed class GraphReductionTests
{
    // A clip far above every value is the same function, but no ReLU: its networks are never reduced.
    private static readonly Func<Shape, Layer> Clip = shape => PiecewiseLinear.Of("Clip", shape, [0, 1e12], [0, 1, 0], 0);

    private static readonly Dictionary<string, Func<RandomSource, Func<Shape, Layer>, bool, Network>> Networks = new()
    {
        ["pooled units"] = Pooled,
        ["pooled rows"] = PooledRows,
        ["residual"] = Residual,
    };

    public static TheoryData<string, ulong, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, ulong, bool, bool>();
            foreach (string name in Networks.Keys)
            {
                cases.Add(name, 1, false, false);
                cases.Add(name, 2, false, false);
                cases.Add(name, 1, false, true);
            }
            // Whole numbers make creases meet in one point and functions tie.
            cases.Add("pooled units", 1, true, false);
            cases.Add("pooled rows", 1, true, false);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Regions_are_those_of_networks_that_are_not_reduced(string name, ulong seed, bool hasWholeWeights, bool isCertified)
    {
        Network network = Networks[name](new RandomSource(seed), PiecewiseLinear.Relu, hasWholeWeights);
        Network twin = Networks[name](new RandomSource(seed), Clip, hasWholeWeights);
        Assert.True(new FoldedNetwork(network, null).IsReducible);
        Assert.False(new FoldedNetwork(twin, null).IsReducible);
        Slice slice = Through(network, seed, hasWholeWeights);
        var options = new CutOptions { Boundary = true, Certified = isCertified };
        Partition reduced = new PlanarPartitioner(network).Cut(slice, null, options), whole = new PlanarPartitioner(twin).Cut(slice, null, options);
        Assert.True(whole.RegionCount > 100, $"{whole.RegionCount} regions are too few to say much");
        // Rounding may choose another one of equally near creases first, and another one of equal outputs.
        if (!hasWholeWeights)
        {
            Assert.Equal(whole.CodeHashes, reduced.CodeHashes);
            Assert.Equal(whole.Classes, reduced.Classes);
        }
        Assert.Equal(whole.RegionsPerLayer, reduced.RegionsPerLayer);
        Assert.Equal((whole.VertexCount, whole.EdgeCount, whole.Boundary!.SegmentCount), (reduced.VertexCount, reduced.EdgeCount, reduced.Boundary!.SegmentCount));
        var byCode = Enumerable.Range(0, reduced.RegionCount).ToDictionary(r => reduced.CodeHashes[r]);
        Assert.Equal(whole.RegionCount, byCode.Count);
        for (int r = 0; r < whole.RegionCount; r++)
        {
            int same = byCode[whole.CodeHashes[r]];
            Assert.Equal(whole.Areas[r], reduced.Areas[same], 1e-10);
            Assert.Equal(whole.SlopeNorms[r], reduced.SlopeNorms[same], 1e-8 * (1 + whole.SlopeNorms[r]));
            Assert.Equal(whole.Polygon(r).Length, reduced.Polygon(same).Length);
        }
    }

    [Fact]
    public void Viewports_show_the_regions_of_the_whole()
    {
        Network network = Pooled(new RandomSource(4), PiecewiseLinear.Relu, false);
        var partitioner = new PlanarPartitioner(network);
        Slice slice = Through(network, 4, false);
        Partition whole = partitioner.Cut(slice), part = partitioner.Cut(slice.Viewport([0.1, -0.05], 3, 2));
        Assert.True(part.RegionCount > 20);
        Assert.Subset(whole.CodeHashes.ToArray().ToHashSet(), part.CodeHashes.ToArray().ToHashSet());
    }

    [Fact]
    public void Threads_change_nothing()
    {
        Network network = Residual(new RandomSource(5), PiecewiseLinear.Relu, false);
        var partitioner = new PlanarPartitioner(network);
        Slice slice = Through(network, 5, false);
        Partition one = partitioner.Cut(slice, new RunContext { Threads = 1 }), many = partitioner.Cut(slice, new RunContext { Threads = 4 });
        Assert.True(one.Vertices.SequenceEqual(many.Vertices));
        Assert.True(one.CodeHashes.SequenceEqual(many.CodeHashes));
        Assert.True(one.SlopeNorms.SequenceEqual(many.SlopeNorms));
    }

    private static Slice Through(Network network, ulong seed, bool hasWholeCoordinates)
    {
        var random = new RandomSource(seed + 100);
        double[] Anchor() => [.. Enumerable.Range(0, network.InputShape.Size).Select(_ => hasWholeCoordinates ? random.Index(5) - 2.0 : random.Normal())];
        return Slice.Through(Anchor(), Anchor(), Anchor(), 0.3);
    }

    private static double[] Weights(RandomSource random, int count, double scale, bool areWhole) =>
        [.. Enumerable.Range(0, count).Select(_ => areWhole ? random.Index(3) - 1.0 : scale * random.Normal())];

    // A ReLU before each pooling; the second pooling's windows overlap.
    private static Network Pooled(RandomSource random, Func<Shape, Layer> unit, bool areWhole)
    {
        var builder = new NetworkBuilder("pooled units");
        int at = builder.Input("x", new Shape(1, 5, 5));
        at = Convolve(builder, at, random, 2, areWhole);
        at = builder.Add(unit(builder.ShapeOf(at)), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2, StrideY = 2 }), at);
        at = Convolve(builder, at, random, 2, areWhole);
        at = builder.Add(unit(builder.ShapeOf(at)), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 1)), at);
        return Head(builder, at, random, unit, areWhole);
    }

    // Poolings of rows that no ReLU comes before, one right behind the other.
    private static Network PooledRows(RandomSource random, Func<Shape, Layer> unit, bool areWhole)
    {
        var builder = new NetworkBuilder("pooled rows");
        int at = builder.Input("x", new Shape(1, 5, 5));
        at = Convolve(builder, at, random, 2, areWhole);
        at = builder.Add(unit(builder.ShapeOf(at)), at);
        at = Convolve(builder, at, random, 2, areWhole);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(3, 3) { StrideX = 2, StrideY = 2, Top = 1, Left = 1, Bottom = 1, Right = 1 }), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 1)), at);
        return Head(builder, at, random, unit, areWhole);
    }

    private static Network Residual(RandomSource random, Func<Shape, Layer> unit, bool areWhole)
    {
        var builder = new NetworkBuilder("residual");
        int x = builder.Input("x", new Shape(1, 4, 4));
        int rows = Convolve(builder, x, random, 2, areWhole);
        int first = builder.Add(unit(builder.ShapeOf(rows)), rows);
        int second = builder.Add(unit(builder.ShapeOf(first)), Convolve(builder, first, random, 2, areWhole));
        int third = Convolve(builder, second, random, 2, areWhole);
        // The rows themselves skip two stages, the units one.
        int sum = builder.Add(new Sum(builder.ShapeOf(third), 1, -1, 1), third, rows, first);
        int at = builder.Add(unit(builder.ShapeOf(sum)), sum);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2, StrideY = 2 }), at);
        return Head(builder, at, random, unit, areWhole);
    }

    private static int Convolve(NetworkBuilder builder, int at, RandomSource random, int channels, bool areWhole)
    {
        Shape shape = builder.ShapeOf(at);
        return builder.Add(new Convolution(shape, Weights(random, channels * shape[0] * 9, 0.5, areWhole), Weights(random, channels, 0.3, areWhole), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }), at);
    }

    private static Network Head(NetworkBuilder builder, int at, RandomSource random, Func<Shape, Layer> unit, bool areWhole)
    {
        int size = builder.ShapeOf(at).Size;
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(size)), at);
        at = builder.Add(new Dense(Weights(random, 4 * size, 0.5, areWhole), Weights(random, 4, 0.3, areWhole), new Shape(size)), at);
        at = builder.Add(unit(new Shape(4)), at);
        return builder.Build(builder.Add(new Dense(Weights(random, 12, 0.5, areWhole), Weights(random, 3, 0.3, areWhole), new Shape(4)), at));
    }
}
