using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Cells that fit into vectors are cut as cells of any size are.</summary>
public sealed class SmallCellTests
{
    // A clip far above every value is the same function, but no ReLU: cells of its networks are never small.
    private static readonly Func<Shape, Layer> Clip = shape => PiecewiseLinear.Of("Clip", shape, [0, 1e12], [0, 1, 0], 0);

    [Theory]
    [InlineData(1, new[] { 2, 6, 1 })]
    [InlineData(2, new[] { 2, 16, 16, 3 })]
    [InlineData(3, new[] { 3, 9, 7, 5, 8 })]
    [InlineData(4, new[] { 2, 12, 12, 12, 12, 9 })]
    [InlineData(5, new[] { 5, 40, 2 })]
    public void Regions_are_those_of_cells_of_any_size(ulong seed, int[] widths)
    {
        Slice slice = Slice.Of(new double[widths[0]], [.. Directions(widths[0])], [-3, -2, 3, -3, 4, 1, 0, 3]);
        Partition small = new PlanarPartitioner(SmallNetworks.Random(seed, PiecewiseLinear.Relu, widths)).Cut(slice, null, new CutOptions { Boundary = true });
        Partition any = new PlanarPartitioner(SmallNetworks.Random(seed, Clip, widths)).Cut(slice, null, new CutOptions { Boundary = true });
        Assert.Equal(any.CodeHashes, small.CodeHashes);
        Assert.Equal(any.Classes, small.Classes);
        Assert.Equal((any.VertexCount, any.EdgeCount, any.DistinctAffineMaps, any.Boundary!.SegmentCount), (small.VertexCount, small.EdgeCount, small.DistinctAffineMaps, small.Boundary!.SegmentCount));
        Assert.Equal(any.Boundary.Length, small.Boundary.Length, 1e-9);
        for (int r = 0; r < any.RegionCount; r++)
        {
            Assert.Equal(any.Areas[r], small.Areas[r], 1e-11);
            Assert.Equal(any.SlopeNorms[r], small.SlopeNorms[r], 1e-9);
            Assert.Equal(any.Polygon(r).Length, small.Polygon(r).Length);
        }
    }

    // Whole numbers make many creases meet in one point, so that cuts run through corners.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cuts_through_corners_are_those_of_cells_of_any_size(ulong seed)
    {
        Func<int, int, (double[], double[])> Whole()
        {
            var random = new Numerics.RandomSource(seed);
            return (inputs, outputs) => ([.. Enumerable.Range(0, inputs * outputs).Select(_ => (double)random.Index(3) - 1)], [.. Enumerable.Range(0, outputs).Select(_ => (double)random.Index(3) - 1)]);
        }

        Slice slice = Slice.Box(-2, 2, -2, 2);
        Partition small = new PlanarPartitioner(SmallNetworks.Dense("whole", [2, 8, 8, 2], Whole(), PiecewiseLinear.Relu)).Cut(slice);
        Partition any = new PlanarPartitioner(SmallNetworks.Dense("whole", [2, 8, 8, 2], Whole(), Clip)).Cut(slice);
        Assert.Equal(any.CodeHashes, small.CodeHashes);
        Assert.Equal((any.VertexCount, any.EdgeCount, any.DistinctAffineMaps), (small.VertexCount, small.EdgeCount, small.DistinctAffineMaps));
    }

    private static IEnumerable<double> Directions(int inputs)
    {
        for (int i = 0; i < 2 * inputs; i++)
            yield return i == 0 || i == inputs + 1 ? 1 : 0;
    }
}
