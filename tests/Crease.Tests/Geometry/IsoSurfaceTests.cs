using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Level sets: watertight, on the level, of known shape.</summary>
public sealed class IsoSurfaceTests
{
    private static readonly Slice Cube = Slice.Box(-1, 1, -1, 1, -1, 1);

    public static TheoryData<string> Names => [.. VolumeCorpus.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Surfaces_are_watertight_and_lie_on_the_level(string name)
    {
        (Network network, Slice slice) = VolumeCorpus.Case(name);
        var partitioner = new VolumePartitioner(network);
        int met = 0;
        foreach (double quantile in new[] { 0.2, 0.5, 0.8 })
        {
            double level = Quantile(network, slice, quantile);
            IsoSurface surface = partitioner.Surface(slice, null, new SurfaceOptions { Level = level });
            CheckMesh(surface);
            met += surface.TriangleCount > 0 ? 1 : 0;
            for (int v = 0; v < surface.VertexCount; v++)
            {
                double value = network.Evaluate(slice.Decode(surface.Vertices.Slice(3 * v, 3)))[0];
                Assert.Equal(level, value, 1e-9 * (1 + Math.Abs(level)));
            }
        }
        Assert.True(met > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_volume_below_is_that_of_the_partition(string name)
    {
        (Network network, Slice slice) = VolumeCorpus.Case(name);
        // Not a quantile, because a value taken on a whole region has no surface inside it.
        double level = 0.5 * (Quantile(network, slice, 0) + Quantile(network, slice, 1));
        IsoSurface surface = new VolumePartitioner(network).Surface(slice, null, new SurfaceOptions { Level = level });
        VolumePartition partition = new VolumePartitioner(network).Cut(slice);
        double below = 0;
        int crossed = 0;
        for (int r = 0; r < partition.RegionCount; r++)
        {
            double[] values = [.. partition.Corners(r).Select(v => network.Evaluate(slice.Decode(partition.Vertices.Slice(3 * v, 3)))[0] - level)];
            crossed += values.Min() < 0 && values.Max() > 0 ? 1 : 0;
            below += values.Max() <= 0 ? partition.Volumes[r] : 0;
        }
        Assert.Equal(crossed, surface.PolygonCount);
        Assert.InRange(surface.EnclosedVolume, below, partition.DomainVolume);
    }

    [Theory]
    [InlineData(11, 16, 16)]
    [InlineData(12, 24, 24)]
    [InlineData(13, 12, 12, 12)]
    [InlineData(14, 32, 8)]
    public void Random_scalar_networks_have_watertight_zero_sets(ulong seed, params int[] hidden)
    {
        Network network = SmallNetworks.Random(seed, PiecewiseLinear.Relu, [3, .. hidden, 1]);
        double level = Quantile(network, Cube, 0.5);
        IsoSurface one = new VolumePartitioner(network).Surface(Cube, new RunContext { Threads = 1 }, new SurfaceOptions { Level = level });
        IsoSurface four = new VolumePartitioner(network).Surface(Cube, new RunContext { Threads = 4 }, new SurfaceOptions { Level = level });
        CheckMesh(one);
        Assert.True(one.TriangleCount > 20);
        Assert.Equal(one.Vertices.ToArray(), four.Vertices.ToArray());
        Assert.Equal(one.Triangles.ToArray(), four.Triangles.ToArray());
        Assert.Equal(one.EnclosedVolume, four.EnclosedVolume);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8125)]
    public void Maximum_norm_gives_a_cube(double radius)
    {
        IsoSurface surface = new VolumePartitioner(MaximumNorm()).Surface(Cube, null, new SurfaceOptions { Level = radius });
        CheckMesh(surface);
        CheckClosed(surface, components: 1, genus: 0);
        Assert.Equal(24 * radius * radius, surface.Area, 1e-12);
        Assert.Equal(8 * radius * radius * radius, surface.EnclosedVolume, 1e-12);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public void Sum_norm_gives_an_octahedron(double radius)
    {
        IsoSurface surface = new VolumePartitioner(SumNorm()).Surface(Cube, null, new SurfaceOptions { Level = radius });
        CheckMesh(surface);
        CheckClosed(surface, components: 1, genus: 0);
        Assert.Equal((6, 12, 8), (surface.VertexCount, surface.EdgeCount, surface.TriangleCount));
        Assert.Equal(4 * Math.Sqrt(3) * radius * radius, surface.Area, 1e-12);
        Assert.Equal(4.0 / 3 * radius * radius * radius, surface.EnclosedVolume, 1e-12);
    }

    [Fact]
    public void An_octahedron_cut_by_the_box_is_open_there_only()
    {
        IsoSurface surface = new VolumePartitioner(SumNorm()).Surface(Cube, null, new SurfaceOptions { Level = 1.5 });
        CheckMesh(surface);
        // A truncated octahedron without its six squares: eight hexagons of side √2/2, and half of each octant below.
        Assert.Equal((1, 2 - 6, 24), (surface.Components, surface.EulerCharacteristic, surface.BoundaryEdgeCount));
        Assert.Null(surface.Genus);
        Assert.Equal(8 * 3 * Math.Sqrt(3) / 4, surface.Area, 1e-12);
        Assert.Equal(4, surface.EnclosedVolume, 1e-12);
    }

    [Fact]
    public void A_level_through_vertices_and_along_creases_is_still_closed()
    {
        // max(|x|, 1/2) + max(|y|, 1/2) + |z| has edges and faces of its complex on the level 5/4.
        Network network = Clipped();
        IsoSurface surface = new VolumePartitioner(network).Surface(Cube, null, new SurfaceOptions { Level = 1.25 });
        CheckMesh(surface);
        CheckClosed(surface, components: 1, genus: 0);
        // At height z the level set is the square of half-side 1/2 grown by the sum norm: its area integrates to 7/6 · ... below.
        double expected = 2 * Integral(t => 1 + 4 * t + 2 * t * t, 0.25);
        Assert.Equal(expected, surface.EnclosedVolume, 1e-12);
    }

    [Fact]
    public void A_level_on_a_face_of_the_complex_bounds_the_part_below()
    {
        // |x| - 1/2 where a unit folds exactly at |x| = 1/2: max(|x| - 1/2, 0) - max(1/2 - |x|, 0) is below 0 inside the slab.
        double[] weights = [1, 0, 0, -1, 0, 0];
        var builder = new NetworkBuilder("slab");
        int h = builder.Add(PiecewiseLinear.Relu(new Shape(2)), builder.Add(new Dense(weights, new double[2], new Shape(3)), builder.Input("x", new Shape(3))));
        h = builder.Add(PiecewiseLinear.Relu(new Shape(2)), builder.Add(new Dense(new double[] { 1, 1, -1, -1 }, new double[] { -0.5, 0.5 }, new Shape(2)), h));
        IsoSurface surface = new VolumePartitioner(builder.Build(builder.Add(new Dense(new double[] { 1, -1 }, null, new Shape(2)), h))).Surface(Cube);
        CheckMesh(surface);
        Assert.Equal(2, surface.Components);
        Assert.Equal(8, surface.Area, 1e-12);
        Assert.Equal(4, surface.EnclosedVolume, 1e-12);
    }

    [Fact]
    public void No_level_set_is_an_empty_mesh()
    {
        IsoSurface surface = new VolumePartitioner(SumNorm()).Surface(Cube, null, new SurfaceOptions { Level = -1 });
        Assert.Equal((0, 0, 0, 0), (surface.VertexCount, surface.TriangleCount, surface.Components, surface.PolygonCount));
        Assert.True(surface.IsWatertight);
        Assert.Equal(0, surface.EnclosedVolume);
        Assert.Equal(8, new VolumePartitioner(SumNorm()).Surface(Cube, null, new SurfaceOptions { Level = 10 }).EnclosedVolume, 1e-12);
    }

    [Fact]
    public void A_budget_keeps_the_first_polygons()
    {
        Network network = SmallNetworks.Random(11, PiecewiseLinear.Relu, 3, 16, 16, 1);
        double level = Quantile(network, Cube, 0.5);
        IsoSurface some = new VolumePartitioner(network).Surface(Cube, null, new SurfaceOptions { Level = level, MaxRegions = 5 });
        Assert.Equal((Status.BudgetExhausted, 5), (some.Status, some.PolygonCount));
    }

    /// <summary>Every edge has two triangles in opposite directions or lies on the border; counts and orientation fit; no triangle repeats a vertex.</summary>
    internal static void CheckMesh(IsoSurface surface)
    {
        Assert.Equal(Status.Complete, surface.Status);
        Assert.True(surface.IsWatertight, $"{surface.CrowdedEdgeCount} crowded edges");
        double[] domain = surface.Slice.Domain.ToArray();
        ReadOnlySpan<int> triangles = surface.Triangles;
        var directed = new HashSet<(int, int)>();
        for (int i = 0; i < triangles.Length; i++)
        {
            int to = triangles[i % 3 == 2 ? i - 2 : i + 1];
            Assert.NotEqual(triangles[i], to);
            Assert.True(directed.Add((triangles[i], to)), "an edge is passed twice in one direction");
        }
        int border = 0;
        foreach ((int a, int b) in directed)
        {
            if (directed.Contains((b, a)))
                continue;
            border++;
            double[] p = surface.Vertices.Slice(3 * a, 3).ToArray(), q = surface.Vertices.Slice(3 * b, 3).ToArray();
            Assert.Contains(Enumerable.Range(0, 6), side => Near(p[side / 2], domain[side % 2 == 0 ? side / 2 : 21 + side / 2]) && Near(q[side / 2], domain[side % 2 == 0 ? side / 2 : 21 + side / 2]));
        }
        Assert.Equal(border, surface.BoundaryEdgeCount);
        Assert.Equal((directed.Count + border) / 2, surface.EdgeCount);
        Assert.Equal(surface.VertexCount, triangles.ToArray().Distinct().Count());
    }

    internal static void CheckClosed(IsoSurface surface, int components, int genus)
    {
        Assert.True(surface.IsClosed);
        Assert.Equal((components, 2 * components - 2 * genus, (int?)genus), (surface.Components, surface.EulerCharacteristic, surface.Genus));
        // Gauss: the flux of x / 3 through an outward surface is the volume inside.
        Assert.Equal(surface.EnclosedVolume, Flux(surface), 1e-11);
    }

    /// <summary>A quantile of the first output over points of the domain.</summary>
    internal static double Quantile(Network network, Slice slice, double share)
    {
        var random = new RandomSource(5);
        double[] domain = slice.Domain.ToArray();
        double[] values = [.. Enumerable.Range(0, 501).Select(_ => network.Evaluate(slice.Decode(random.Uniform(domain[0], domain[21]), random.Uniform(domain[1], domain[22]), random.Uniform(domain[2], domain[23])))[0])];
        Array.Sort(values);
        return values[(int)(500 * share)];
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;

    private static double Flux(IsoSurface surface)
    {
        double sum = 0;
        double[] at = surface.Vertices.ToArray();
        for (int i = 0; i < surface.Triangles.Length; i += 3)
        {
            int a = 3 * surface.Triangles[i], b = 3 * surface.Triangles[i + 1], c = 3 * surface.Triangles[i + 2];
            sum += at[a] * (at[b + 1] * at[c + 2] - at[b + 2] * at[c + 1]) - at[a + 1] * (at[b] * at[c + 2] - at[b + 2] * at[c]) + at[a + 2] * (at[b] * at[c + 1] - at[b + 1] * at[c]);
        }
        return sum / 6;
    }

    // Simpson's rule is exact for a polynomial of degree 2 in t = 1/4 - z, from 0 to the given height.
    private static double Integral(Func<double, double> area, double height) => height / 6 * (area(0) + 4 * area(height / 2) + area(height));

    private static Network SumNorm()
    {
        var builder = new NetworkBuilder("sum norm");
        int h = builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(3)), builder.Input("x", new Shape(3)));
        return builder.Build(builder.Add(new Dense(new double[] { 1, 1, 1 }, null, new Shape(3)), h));
    }

    // max(a, b) = a + relu(b - a), twice, of absolute values.
    private static Network MaximumNorm()
    {
        var builder = new NetworkBuilder("maximum norm");
        int size = builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(3)), builder.Input("x", new Shape(3)));
        int step = builder.Add(PiecewiseLinear.Relu(new Shape(1)), builder.Add(new Dense(new double[] { -1, 1, 0 }, null, new Shape(3)), size));
        int first = builder.Add(new Sum(new Shape(1), 1, 1), builder.Add(new Dense(new double[] { 1, 0, 0 }, null, new Shape(3)), size), step);
        int third = builder.Add(new Dense(new double[] { 0, 0, 1 }, null, new Shape(3)), size);
        int last = builder.Add(PiecewiseLinear.Relu(new Shape(1)), builder.Add(new Sum(new Shape(1), 1, -1), third, first));
        return builder.Build(builder.Add(new Sum(new Shape(1), 1, 1), first, last));
    }

    private static Network Clipped()
    {
        var builder = new NetworkBuilder("clipped sum norm");
        int size = builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(3)), builder.Input("x", new Shape(3)));
        int limited = builder.Add(PiecewiseLinear.Clip(new Shape(3), 0.5, double.PositiveInfinity), size);
        int flat = builder.Add(new Dense(new double[] { 1, 1, 0 }, null, new Shape(3)), limited);
        return builder.Build(builder.Add(new Sum(new Shape(1), 1, 1), flat, builder.Add(new Dense(new double[] { 0, 0, 1 }, null, new Shape(3)), size)));
    }
}
