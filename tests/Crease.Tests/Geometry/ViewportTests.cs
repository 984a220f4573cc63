using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>A small part of a slice is the same partition, seen closer.</summary>
public sealed class ViewportTests
{
    public static TheoryData<string, double> Sizes
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (string name in Names)
            {
                foreach (double size in new[] { 1e-3, 1e-6, 1e-9, 1e-11 })
                    data.Add(name, size);
            }
            return data;
        }
    }

    private static readonly string[] Names = ["relu", "relu, one output, deep", "absolute value", "residual", "branches", "wide"];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Around_a_crossing_of_two_creases_there_are_four_regions(string name, double size)
    {
        (Network network, Slice slice, Partition whole) = Case(name);
        int tried = 0;
        foreach (int vertex in Crossings(whole).Take(5))
        {
            double x = whole.Vertices[2 * vertex], y = whole.Vertices[2 * vertex + 1];
            if (DistanceToOthers(whole, vertex) < 4 * size)
                continue;
            Partition part = Cut(network, slice, x, y, size, certified: false), certified = Cut(network, slice, x, y, size, certified: true);
            Assert.Equal(4, part.RegionCount);
            Assert.Equal(1, part.EulerCharacteristic);
            Assert.Equal(part.DomainArea, part.TotalArea, 1e-6 * part.DomainArea);
            Assert.Equal(part.CodeHashes.ToArray(), certified.CodeHashes.ToArray());
            ulong[] around = [.. Enumerable.Range(0, whole.HalfEdgeCount).Where(h => whole.Origins[h] == vertex).Select(h => whole.CodeHashes[whole.RegionOf(h)]).Order()];
            Assert.Equal(around, part.CodeHashes.ToArray().Order());
            tried++;
        }
        Assert.True(tried > 0 || size > 1e-4, "no vertex of the case is far enough from its neighbors");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Inside_a_region_there_is_one(string name, double size)
    {
        (Network network, Slice slice, Partition whole) = Case(name);
        int largest = Enumerable.Range(0, whole.RegionCount).MaxBy(region => whole.Areas[region]);
        double[] polygon = whole.Polygon(largest);
        double x = polygon.Where((_, i) => i % 2 == 0).Average(), y = polygon.Where((_, i) => i % 2 == 1).Average();
        Partition part = Cut(network, slice, x, y, size, certified: true);
        Assert.Equal([whole.CodeHashes[largest]], part.CodeHashes.ToArray());
        Assert.Equal(whole.Classes[largest], part.Classes[0]);
        Assert.Equal(whole.SlopeNorms[largest], part.SlopeNorms[0], 1e-9 * whole.SlopeNorms[largest]);
    }

    [Fact]
    public void A_large_viewport_holds_the_regions_of_the_slice()
    {
        foreach (string name in Names)
        {
            (Network network, Slice slice, Partition whole) = Case(name);
            Partition same = new PlanarPartitioner(network).Cut(slice.Viewport([0, 0], 4, 4), options: new CutOptions { Boundary = true });
            Assert.Equal(whole.CodeHashes.ToArray().Order(), same.CodeHashes.ToArray().Order());
            Partition again = new PlanarPartitioner(network).Cut(slice.Viewport([0.3, -0.2], 1, 1), options: new CutOptions { Boundary = true });
            Assert.Empty(again.CodeHashes.ToArray().Except(whole.CodeHashes.ToArray()));
            Assert.Equal(whole.Boundary!.Length, same.Boundary!.Length, 1e-9 * (1 + whole.Boundary.Length));
        }
    }

    private static Partition Cut(Network network, Slice slice, double x, double y, double size, bool certified) =>
        new PlanarPartitioner(network).Cut(slice.Viewport([x, y], size, size), options: new CutOptions { Certified = certified });

    private static (Network, Slice, Partition) Case(string name)
    {
        Slice slice = Slice.Box(-2, 2, -2, 2);
        Network network = name switch
        {
            "relu" => SmallNetworks.Golden(0, 2, 8, 8, 3),
            "relu, one output, deep" => SmallNetworks.Golden(2, 2, 5, 5, 5, 5, 1),
            "absolute value" => SmallNetworks.Random(3, PiecewiseLinear.AbsoluteValue, 2, 5, 5, 2),
            "wide" => SmallNetworks.Random(21, PiecewiseLinear.Relu, 2, 40, 40, 3),
            _ => PartitionCorpus.Network(name),
        };
        return (network, slice, new PlanarPartitioner(network).Cut(slice, options: new CutOptions { Boundary = true }));
    }

    // Inner vertices where four half-edges start: two creases cross.
    private static IEnumerable<int> Crossings(Partition partition)
    {
        var degree = new int[partition.VertexCount];
        for (int h = 0; h < partition.HalfEdgeCount; h++)
            degree[partition.Origins[h]] += partition.Twins[h] < 0 ? 100 : 1;
        return Enumerable.Range(0, degree.Length).Where(vertex => degree[vertex] == 4).OrderByDescending(vertex => DistanceToOthers(partition, vertex));
    }

    // A bound on the smallest distance to a vertex or edge that does not touch the vertex.
    private static double DistanceToOthers(Partition partition, int vertex)
    {
        double x = partition.Vertices[2 * vertex], y = partition.Vertices[2 * vertex + 1], least = double.PositiveInfinity;
        for (int h = 0; h < partition.HalfEdgeCount; h++)
        {
            int p = partition.Origins[h], q = partition.Origins[partition.Next(h, partition.RegionOf(h))];
            if (p == vertex || q == vertex)
                continue;
            double ax = partition.Vertices[2 * p] - x, ay = partition.Vertices[2 * p + 1] - y, bx = partition.Vertices[2 * q] - x, by = partition.Vertices[2 * q + 1] - y;
            double dx = bx - ax, dy = by - ay, along = Math.Clamp(-(ax * dx + ay * dy) / (dx * dx + dy * dy), 0, 1);
            least = Math.Min(least, double.Hypot(ax + along * dx, ay + along * dy));
        }
        return least;
    }
}
