using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The region around a point is the one that the partition of the whole slice has there.</summary>
public sealed class RegionAroundTests
{
    [Theory]
    [InlineData("moons")]
    [InlineData("spirals")]
    public void Regions_inside_the_domain_are_those_of_the_whole_partition(string name)
    {
        var partitioner = new PlanarPartitioner(Examples.Network(name));
        Slice slice = Slice.Box(-2, 2, -2, 2);
        Partition whole = partitioner.Cut(slice);
        int compared = 0;
        for (int region = 0; region < whole.RegionCount; region += 7)
        {
            if (whole.Creases[whole.FirstHalfEdges[region]..whole.FirstHalfEdges[region + 1]].ToArray().Any(crease => crease < 0) || whole.Areas[region] < 1e-9)
                continue;
            (double x, double y) = whole.Center(region);
            RegionAround found = RegionAround.At(partitioner, slice, x, y);
            Assert.True(found.IsWhole);
            Assert.Equal(whole.CodeHashes[region], found.CodeHash);
            Assert.Equal(whole.Areas[region], found.Area, 1e-6 * whole.Areas[region]);
            Assert.Equal(whole.SlopeNorms[region], found.SlopeNorm, 1e-9 * whole.SlopeNorms[region]);
            Assert.Equal((whole.Classes[region], whole.Depth(region)), (found.Class, found.Depth));
            Assert.Equal(whole.Polygon(region).Length, found.Polygon.Count);
            compared++;
        }
        Assert.True(compared > 5, $"{compared} compared");
    }

    [Fact]
    public void An_unbounded_region_is_a_part()
    {
        RegionAround found = RegionAround.At(new PlanarPartitioner(Examples.Network("moons")), Slice.Box(-1, 1, -1, 1), 1000, 1000);
        Assert.False(found.IsWhole);
        Assert.True(found.Area > 0);
    }

    [Fact]
    public void A_canceled_search_ends()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => RegionAround.At(new PlanarPartitioner(Examples.Network("moons")), Slice.Box(-1, 1, -1, 1), 0, 0, new RunContext { Cancellation = new CancellationToken(true) }));
    }
}
