using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Arrangements of planes with known counts, limits, and refusals.</summary>
public sealed class VolumeArrangementTests
{
    private static readonly Slice Cube = Slice.Box(-1, 1, -1, 1, -1, 1);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(6, 42)]
    [InlineData(10, 176)]
    public void Planes_in_general_position_make_the_regions_of_the_closed_form(int planes, int regions)
    {
        // All crossings lie inside, because the box grows with them: 1 + n + C(n, 2) + C(n, 3).
        var random = new RandomSource((ulong)planes);
        VolumePartition partition = Cut(Planes(planes, (_, _) => random.Normal(), _ => 0.2 * random.Normal()), Slice.Box(-1e5, 1e5, -1e5, 1e5, -1e5, 1e5));
        Assert.Equal(1 + planes + planes * (planes - 1) / 2 + planes * (planes - 1) * (planes - 2) / 6, regions);
        Assert.Equal(regions, partition.RegionCount);
        int inside = 0;
        for (int v = 0; v < partition.VertexCount; v++)
            inside += partition.Vertices.Slice(3 * v, 3).ToArray().All(x => Math.Abs(x) < 1e5) ? 1 : 0;
        Assert.Equal(planes * (planes - 1) * (planes - 2) / 6, inside);
    }

    [Fact]
    public void A_grid_of_planes_makes_boxes()
    {
        double[][] at = [[-0.5, 0.25], [0, 0.5, 0.75], [0.125]];
        (int Axis, double At)[] planes = [.. at.SelectMany((values, axis) => values.Select(value => (axis, value)))];
        VolumePartition partition = Cut(Planes(planes.Length, (p, axis) => planes[p].Axis == axis ? 1 : 0, p => -planes[p].At), Cube);
        Assert.Equal(3 * 4 * 2, partition.RegionCount);
        Assert.Equal(4 * 5 * 3, partition.VertexCount);
        for (int r = 0; r < partition.RegionCount; r++)
            Assert.Equal(6, partition.FirstFaces[r + 1] - partition.FirstFaces[r]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Planes_through_one_point_make_n2_minus_n_plus_2_regions(int planes)
    {
        var random = new RandomSource(40 + (ulong)planes);
        VolumePartition partition = Cut(Planes(planes, (_, _) => random.Normal(), _ => 0), Cube);
        Assert.Equal(planes * planes - planes + 2, partition.RegionCount);
        Assert.Equal(1, Enumerable.Range(0, partition.VertexCount).Count(v => partition.Vertices.Slice(3 * v, 3).ToArray().All(x => Math.Abs(x) < 1e-12)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void Planes_through_one_line_make_2n_regions(int planes)
    {
        // Normals with a x + b y exactly representable multiples, all through the z axis.
        VolumePartition partition = Cut(Planes(planes, (p, axis) => axis switch { 0 => p + 1, 1 => planes - 2 * p + 0.5, _ => 0 }, _ => 0), Cube);
        Assert.Equal(2 * planes, partition.RegionCount);
    }

    [Fact]
    public void Repeated_scaled_opposite_and_dead_units_cut_once()
    {
        double[][] rows = [[1, 2, -0.5, 0.25], [3, 6, -1.5, 0.75], [-1, -2, 0.5, -0.25], [0, 0, 0, -1], [0, 0, 0, 0], [0.1, -0.3, 1, 0.05]];
        VolumePartition partition = Cut(Planes(rows.Length, (p, axis) => rows[p][axis], p => rows[p][3]), Cube);
        Assert.Equal(4, partition.RegionCount);
    }

    [Fact]
    public void A_budget_keeps_the_first_regions()
    {
        (Network network, Slice slice) = VolumeCorpus.Case("wide");
        VolumePartition all = new VolumePartitioner(network).Cut(slice), some = new VolumePartitioner(network).Cut(slice, null, new VolumeOptions { MaxRegions = 50 });
        Assert.Equal(Status.BudgetExhausted, some.Status);
        Assert.Equal(all.CodeHashes[..50].ToArray(), some.CodeHashes.ToArray());
        Assert.Equal(Status.Complete, new VolumePartitioner(network).Cut(slice, null, new VolumeOptions { MaxRegions = all.RegionCount }).Status);
    }

    [Fact]
    public void An_interrupted_cut_says_so()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        (Network network, Slice slice) = VolumeCorpus.Case("wide");
        Assert.Equal(Status.Interrupted, new VolumePartitioner(network).Cut(slice, new RunContext { Cancellation = stop.Token }).Status);
        Assert.Equal(Status.Interrupted, new VolumePartitioner(network).Surface(slice, new RunContext { Cancellation = stop.Token }).Status);
    }

    [Fact]
    public void What_is_not_supported_is_named()
    {
        NotSupportedException pooling = Assert.Throws<NotSupportedException>(() => new VolumePartitioner(GraphNetworks.Residual(1)));
        Assert.Contains("max pooling", pooling.Message, StringComparison.Ordinal);
        var partitioner = new VolumePartitioner(SmallNetworks.Golden(0, 3, 4, 1));
        Assert.Contains("takes 3", Assert.Throws<ArgumentException>(() => partitioner.Cut(Slice.Of([0, 0, 0], [1, 0, 0, 0, 1, 0], Domains.Box(-1, 1, -1, 1)))).Message, StringComparison.Ordinal);
        Assert.Contains("not a box", Assert.Throws<ArgumentException>(() => partitioner.Cut(Cube.WithDomain([0, 0, 0, 1, 0, 0, 0, 1, 0, 0.5, 0.5, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("4 corners", Assert.Throws<ArgumentException>(() => partitioner.Cut(Cube.WithDomain([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("outputs 0 to 0", Assert.Throws<ArgumentException>(() => partitioner.Surface(Cube, null, new SurfaceOptions { Output = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("'Level'", Assert.Throws<ArgumentException>(() => partitioner.Surface(Cube, null, new SurfaceOptions { Level = double.NaN })).Message, StringComparison.Ordinal);
    }

    private static VolumePartition Cut(Network network, Slice slice) => new VolumePartitioner(network).Cut(slice);

    private static Network Planes(int planes, Func<int, int, double> normal, Func<int, double> offset) => SmallNetworks.Dense("planes", [3, planes, 1], (inputs, outputs) => inputs == 3
        ? ([.. Enumerable.Range(0, 3 * planes).Select(i => normal(i / 3, i % 3))], [.. Enumerable.Range(0, planes).Select(offset)])
        : ([.. Enumerable.Repeat(1.0, outputs * inputs)], new double[outputs]), PiecewiseLinear.Relu);
}
