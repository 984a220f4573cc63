using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Segments with known breakpoints, most of them degenerate: the places where a tolerance would lose or invent some.</summary>
public sealed class SegmentDegenerateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(13)]
    public void Tent_maps_fold_into_two_to_the_k_pieces(int depth)
    {
        // Hinges of depth k lie at odd multiples of 2^-(k+1), all of which are doubles; a deeper hinge touches the earlier folds.
        SegmentPartition segment = Cut(Tents(depth), Slice.Of([0], [1], [Math.ScaleB(1, -depth - 3), 1 - Math.ScaleB(1, -depth - 3)]));
        Assert.Equal(1 << depth, segment.RegionCount);
        Assert.Equal(1 << depth, segment.DistinctAffineMaps);
        for (int b = 0; b < segment.BreakpointCount; b++)
        {
            Assert.Equal((b + 1) * Math.ScaleB(1, -depth), segment.Breakpoints[b]);
            Assert.Equal(Math.ScaleB(1, depth) * (b % 2 == 0 ? 1 : -1), segment.Slopes[b]);
        }
        Assert.Equal(Enumerable.Range(1, depth).Select(k => 1 << k), segment.RegionsPerLayer);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void Concurrent_creases_are_one_breakpoint(int units)
    {
        // Unit u is w_u (x - 1/3) for a third that is a double, in different scales and directions.
        double third = 1.0 / 3;
        double[] weights = [.. Enumerable.Range(0, units).Select(u => Math.ScaleB(u % 2 == 0 ? 1 : -1, u % 7))], bias = [.. weights.Select(w => -w * third)];
        SegmentPartition segment = Cut(OneLayer(weights, bias), Line(-1, 1));
        Assert.Equal([third], segment.Breakpoints.ToArray());
        Assert.Equal(Enumerable.Range(0, units), segment.CreasesOf(0).ToArray().Select(crease => segment.CreaseAt(crease).Unit));
    }

    [Fact]
    public void Creases_of_several_layers_at_one_point_are_one_breakpoint()
    {
        // Second layer: relu(x) - relu(-x) = x, which is zero where the first layer folds.
        var builder = new NetworkBuilder("two layers");
        int at = builder.Add(new Dense(new double[] { 1, -1 }, null, new Shape(1)), builder.Input("x", new Shape(1)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(2)), at);
        at = builder.Add(new Dense(new double[] { 1, -1 }, null, new Shape(2)), at);
        SegmentPartition segment = Cut(builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(1)), at)), Line(-0.7, 0.9));
        Assert.Equal([0.0], segment.Breakpoints.ToArray());
        Assert.Equal([new CreaseUnit(0, 0, 0, 1), new CreaseUnit(0, 1, 0, 1), new CreaseUnit(1, 0, 0, 1)], segment.CreasesOf(0).ToArray().Select(segment.CreaseAt));
        Assert.Equal([2, 2], segment.RegionsPerLayer);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1.0 / 3)]
    [InlineData(0.9)]
    public void Creases_one_ulp_apart_are_two_breakpoints(double at)
    {
        double next = Math.BitIncrement(at);
        SegmentPartition segment = Cut(OneLayer([1, 1], [-at, -next]), Line(-1, 1));
        Assert.Equal([at, next], segment.Breakpoints.ToArray());
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(b => segment.CreaseAt(segment.CreasesOf(b)[0]).Unit));
        Assert.Equal(2, Cut(OneLayer([1, 1], [-at, -at]), Line(-1, 1)).RegionCount);
    }

    [Fact]
    public void Breakpoints_closer_than_a_double_can_tell_are_two()
    {
        // Zeros at p / q = 1/3 - 4e-17 and at 1/3, whose nearest double is the same; in either order of the units.
        double q = Math.ScaleB(1, 53) - 1, p = (q - 1) / 3;
        foreach (int first in new[] { 0, 1 })
        {
            SegmentPartition segment = Cut(first == 0 ? OneLayer([q, 3], [-p, -1]) : OneLayer([3, q], [-1, -p]), Line(-1, 1));
            Assert.Equal([1.0 / 3, 1.0 / 3], segment.Breakpoints.ToArray());
            Assert.Equal([first, 1 - first], segment.Creases.ToArray());
            Assert.True(segment.ExactDecisions > 0);
        }
    }

    [Fact]
    public void A_crossing_at_an_end_does_not_cut()
    {
        Assert.Equal(1, Cut(OneLayer([1, -1, 2], [1, 1, -2]), Line(-1, 1)).RegionCount);
        Assert.Equal(2, Cut(OneLayer([1], [1]), Line(Math.BitDecrement(-1), 1)).RegionCount);
        Assert.Equal(2, Cut(OneLayer([1], [-1]), Line(-1, Math.BitIncrement(1))).RegionCount);
        // The classes tie at the end and nowhere inside.
        SegmentPartition segment = Cut(Affine([1, -1], [0, 0]), Line(0, 1));
        Assert.Equal(0, segment.Boundary!.Count);
        Assert.Equal([0], segment.Classes.ToArray());
    }

    [Fact]
    public void A_unit_that_is_zero_on_the_whole_segment_does_not_cut()
    {
        var builder = new NetworkBuilder("zero along the diagonal");
        int at = builder.Add(new Dense(new double[] { 1, -1, 0, 0, 1, 1 }, null, new Shape(2)), builder.Input("x", new Shape(2)));
        Network network = builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(3)), at));
        SegmentPartition segment = Cut(network, Slice.Segment([-1, -1], [1, 1]));
        Assert.Equal(2, segment.RegionCount);
        Assert.Equal([2], segment.Creases.ToArray());
    }

    [Fact]
    public void A_crease_that_is_touched_and_not_crossed_does_not_cut()
    {
        // |x| touches 0 at 0: the second layer's unit is positive on both sides.
        var builder = new NetworkBuilder("touch");
        int at = builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(1)), builder.Input("x", new Shape(1)));
        SegmentPartition segment = Cut(builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(1)), at)), Line(-1, 1));
        Assert.Equal([0.0], segment.Breakpoints.ToArray());
        Assert.Equal([0], segment.CreasesOf(0).ToArray().Select(crease => segment.CreaseAt(crease).Layer));
    }

    [Fact]
    public void Duplicate_scaled_flipped_and_dead_units_change_no_breakpoint()
    {
        var random = new RandomSource(5);
        double[] w = [.. Enumerable.Range(0, 6).Select(_ => random.Normal())], b = [.. Enumerable.Range(0, 6).Select(_ => 0.3 * random.Normal())];
        SegmentPartition alone = Cut(OneLayer(w, b), Line(-2, 2));
        double[] doubled = [.. w, .. w, .. w.Select(x => 4 * x), .. w.Select(x => -x), 0, 0], biases = [.. b, .. b, .. b.Select(x => 4 * x), .. b.Select(x => -x), -1, 1];
        SegmentPartition more = Cut(OneLayer(doubled, biases), Line(-2, 2));
        Assert.Equal(alone.RegionCount, more.RegionCount);
        for (int i = 0; i < alone.BreakpointCount; i++)
        {
            Assert.Equal(alone.Breakpoints[i], more.Breakpoints[i], 1e-15);
            Assert.Equal(4, more.CreasesOf(i).Length);
        }
    }

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e150)]
    public void Scaling_a_layer_changes_nothing(double scale)
    {
        var random = new RandomSource(6);
        double[] w = [.. Enumerable.Range(0, 20).Select(_ => scale * random.Normal())], b = [.. Enumerable.Range(0, 20).Select(_ => 0.5 * scale * random.Normal())];
        double[] expected = [.. w.Zip(b, (x, y) => -y / x).Where(t => Math.Abs(t) < 1).Order()], found = Cut(OneLayer(w, b), Line(-1, 1)).Breakpoints.ToArray();
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
    }

    [Fact]
    public void Maxima_change_winners_along_their_upper_envelope()
    {
        // max(-x - 1, 0, x - 1/2, 3 x - 5/2) with a fifth function that only touches the corner at (1, 1/2), and one below.
        var builder = new NetworkBuilder("max");
        int at = builder.Add(new Dense(new double[] { -1, 0, 1, 3, 2, 1 }, new double[] { -1, 0, -0.5, -2.5, -1.5, -1 }, new Shape(1)), builder.Input("x", new Shape(1)));
        at = builder.Add(new Reshape(new Shape(6), new Shape(1, 1, 6)), at);
        SegmentPartition segment = Cut(builder.Build(builder.Add(new MaxPooling(new Shape(1, 1, 6), new Windows(1, 6)), at)), Line(-3, 3));
        Assert.Equal([-1.0, 0.5, 1.0], segment.Breakpoints.ToArray());
        Assert.Equal([(0, 1), (1, 2), (2, 3)], Enumerable.Range(0, 3).Select(b => segment.CreaseAt(segment.CreasesOf(b)[0])).Select(crease => (crease.Lower, crease.Upper)));
        Assert.Equal([-1.0, 0, 1, 3], segment.Slopes.ToArray());
    }

    [Fact]
    public void A_class_boundary_at_a_breakpoint_is_found_once()
    {
        // Outputs relu(-x) and relu(x): the tie is where both fold.
        var builder = new NetworkBuilder("two halves");
        int at = builder.Add(new Dense(new double[] { -1, 1 }, null, new Shape(1)), builder.Input("x", new Shape(1)));
        SegmentPartition segment = Cut(builder.Build(builder.Add(PiecewiseLinear.Relu(new Shape(2)), at)), Line(-1, 1));
        Assert.Equal([0.0], segment.Boundary!.Positions.ToArray());
        Assert.Equal([0, 1], segment.Boundary.Classes.ToArray());
        Assert.Equal([0.0], segment.Breakpoints.ToArray());
    }

    [Fact]
    public void Three_classes_that_tie_at_one_point_are_one_crossing()
    {
        SegmentPartition segment = Cut(Affine([-1, 0, 1], [0.25, 0, -0.25]), Line(-1, 1));
        Assert.Equal([0.25], segment.Boundary!.Positions.ToArray());
        Assert.Equal([0, 2], segment.Boundary.Classes.ToArray());
    }

    private static Network Affine(double[] slopes, double[] offsets)
    {
        var builder = new NetworkBuilder("no folds");
        return builder.Build(builder.Add(new Dense(slopes, offsets, new Shape(1)), builder.Input("x", new Shape(1))));
    }

    private static Network Tents(int depth)
    {
        var builder = new NetworkBuilder($"tents {depth}");
        int at = builder.Input("x", new Shape(1));
        for (int k = 0; k < depth; k++)
        {
            at = builder.Add(new Dense(new double[] { 1, 1 }, new double[] { 0, -0.5 }, new Shape(1)), at);
            at = builder.Add(PiecewiseLinear.Relu(new Shape(2)), at);
            at = builder.Add(new Dense(new double[] { 2, -4 }, null, new Shape(2)), at);
        }
        return builder.Build(at);
    }

    private static Network OneLayer(double[] weights, double[] bias)
    {
        var builder = new NetworkBuilder("one layer");
        int at = builder.Add(new Dense(weights, bias, new Shape(1)), builder.Input("x", new Shape(1)));
        at = builder.Add(PiecewiseLinear.Relu(new Shape(bias.Length)), at);
        return builder.Build(builder.Add(new Dense(Enumerable.Repeat(1.0, bias.Length).ToArray(), null, new Shape(bias.Length)), at));
    }

    private static Slice Line(double from, double to) => Slice.Of([0], [1], [from, to]);

    private static SegmentPartition Cut(Network network, Slice slice)
    {
        SegmentPartition segment = new SegmentPartitioner(network).Cut(slice, options: new CutOptions { Boundary = true });
        Assert.Equal(Status.Complete, segment.Status);
        return segment;
    }
}
