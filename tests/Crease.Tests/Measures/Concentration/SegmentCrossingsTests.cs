using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Certificates;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Laws of crossings along segments.</summary>
public sealed class SegmentCrossingsTests
{
    private static readonly double[] From = [-2, -1.5], To = [1.7, 1.9];

    [Theory]
    [InlineData(0, 7, 6)]
    [InlineData(1, 7, 7)]
    [InlineData(2, 6, 6)]
    [InlineData(4, 6, 7)]
    public void Golden_networks_have_the_known_counts(uint seed, int first, int second)
    {
        SegmentCrossings crossings = Count(SmallNetworks.Golden(seed, 2, 8, 8, 3), From, To);
        Assert.Equal([first, second], crossings.PerLayer);
        Assert.Equal((first + second, first + second), (crossings.Events, crossings.UnitChanges));
        Assert.Equal((first + second) / double.Hypot(3.7, 3.4), crossings.Density, 1e-12);
    }

    [Fact]
    public void The_way_back_crosses_the_same_creases()
    {
        var random = new RandomSource(3);
        for (uint seed = 0; seed < 10; seed++)
        {
            Network network = SmallNetworks.Golden(seed, 3, 12, 12, 3);
            double[] a = LayerCases.Normals(random, 3), b = LayerCases.Normals(random, 3);
            SegmentCrossings there = Count(network, a, b), back = Count(network, b, a);
            Assert.Equal((there.Events, there.UnitChanges, there.ClassChanges), (back.Events, back.UnitChanges, back.ClassChanges));
            Assert.Equal(there.PerLayer, back.PerLayer);
        }
    }

    [Fact]
    public void Crossings_add_over_parts_of_the_way()
    {
        Network network = SmallNetworks.Golden(1, 2, 16, 16, 3);
        SegmentPartition whole = Cut(network, From, To);
        double[] middle = whole.Slice.Decode(0.37 * whole.Length);
        SegmentCrossings all = SegmentCrossings.Of(whole), first = SegmentCrossings.Of(whole, 0.37 * whole.Length), second = Count(network, middle, To);
        Assert.Equal(Count(network, From, middle).PerLayer, first.PerLayer);
        Assert.True(first.Events > 0 && second.Events > 0);
        Assert.Equal((all.Events, all.ClassChanges), (first.Events + second.Events, first.ClassChanges + second.ClassChanges));
        Assert.Equal(all.PerLayer, first.PerLayer.Zip(second.PerLayer, (a, b) => a + b));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0.125)]
    public void Density_is_per_length(double scale)
    {
        Network network = SmallNetworks.Golden(2, 2, 16, 16, 3);
        var builder = new NetworkBuilder("scaled");
        int at = builder.Add(new Scaling(new Shape(2), [1 / scale, 1 / scale], null), builder.Input("x", new Shape(2)));
        foreach (Node node in network.Nodes.Skip(1))
            at = builder.Add(node.Layer, at);
        SegmentCrossings plain = Count(network, From, To), scaled = Count(builder.Build(at), [.. From.Select(x => scale * x)], [.. To.Select(x => scale * x)]);
        Assert.Equal(plain.PerLayer, scaled.PerLayer);
        Assert.True(plain.Events > 5);
        Assert.Equal(plain.Density / scale, scaled.Density, 1e-12);
        Assert.Equal(plain.DensityOf(1) / scale, scaled.DensityOf(1), 1e-12);
    }

    [Fact]
    public void Linear_networks_cross_nothing()
    {
        SegmentCrossings crossings = Count(KnownNetworks.Chain(2, ([1, -1, 1, 2], [0, 1])), From, To);
        Assert.Equal((0, 0, 0.0), (crossings.Events, crossings.UnitChanges, crossings.Density));
        Assert.Empty(crossings.PerLayer);
        Assert.Equal(1, crossings.ClassChanges);
    }

    [Fact]
    public void Units_that_fold_together_are_one_event_with_a_set()
    {
        SegmentCrossings side = Count(KnownNetworks.Diamond(), [-0.5, 0.25], [0.5, 0.25]), corner = Count(KnownNetworks.Diamond(), [-0.5, -0.5], [0.5, 0.5]);
        Assert.Equal((1, 2), (side.Events, side.UnitChanges));
        Assert.Equal((1, 4), (corner.Events, corner.UnitChanges));
        Assert.Equal([1], corner.PerLayer);
        SegmentCrossings twin = Count(KnownNetworks.TwinDiamond(), [-0.5, -0.5], [0.5, 0.5]);
        Assert.Equal((1, 2), (twin.Events, twin.UnitChanges));
    }

    [Fact]
    public void Creases_through_an_end_are_not_crossed()
    {
        Assert.Equal(0, Count(KnownNetworks.Diamond(), [0, 0.25], [0.5, 0.25]).Events);
        Assert.Equal(0, Count(KnownNetworks.Diamond(), [-0.5, 0.25], [0, 0.25]).Events);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Network network = SmallNetworks.Golden(1, 2, 16, 16, 3);
        var partitioner = new SegmentPartitioner(network);
        Slice slice = Slice.Segment(From, To);
        Assert.Contains("without boundary", Assert.Throws<ArgumentException>(() => SegmentCrossings.Of(partitioner.Cut(slice))).Message, StringComparison.Ordinal);
        Assert.Contains("BudgetExhausted", Assert.Throws<ArgumentException>(() => SegmentCrossings.Of(partitioner.Cut(slice, options: new CutOptions { Boundary = true, MaxRegions = 2 }))).Message, StringComparison.Ordinal);
        Assert.Contains("'length' is 9", Assert.Throws<ArgumentException>(() => SegmentCrossings.Of(Cut(network, From, To), 9)).Message, StringComparison.Ordinal);
    }

    private static SegmentPartition Cut(Network network, double[] from, double[] to) => new SegmentPartitioner(network).Cut(Slice.Segment(from, to), options: new CutOptions { Boundary = true });

    private static SegmentCrossings Count(Network network, double[] from, double[] to) => SegmentCrossings.Of(Cut(network, from, to));
}
