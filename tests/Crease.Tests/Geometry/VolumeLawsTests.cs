using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>What holds for every complete partition of a box.</summary>
public sealed class VolumeLawsTests
{
    public static TheoryData<string> Names => [.. VolumeCorpus.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Polyhedra_tile_the_box(string name)
    {
        VolumePartition partition = Cut(name);
        Assert.Equal(Status.Complete, partition.Status);
        Assert.Equal(1, partition.VertexCount - partition.EdgeCount + partition.FaceCount - partition.RegionCount);
        Assert.Equal(partition.DomainVolume, partition.TotalVolume, 1e-12 * partition.DomainVolume);
        Assert.All(partition.Volumes.ToArray(), volume => Assert.True(volume > 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Faces_inside_are_shared_by_two_regions_and_others_lie_on_the_border(string name)
    {
        VolumePartition partition = Cut(name);
        double[] domain = partition.Slice.Domain.ToArray();
        for (int f = 0; f < partition.FaceCount; f++)
        {
            int crease = partition.FaceCreases[f];
            Assert.Equal(crease < 0, partition.FaceRegions[2 * f + 1] < 0);
            (int axis, int far) = Math.DivRem(-1 - crease, 2);
            foreach (int v in Corners(partition, f))
                Assert.True(crease >= 0 || partition.Vertices[3 * v + axis] == domain[far == 0 ? axis : 21 + axis]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Regions_are_convex_and_their_faces_are_flat(string name)
    {
        VolumePartition partition = Cut(name);
        for (int r = 0; r < partition.RegionCount; r++)
        {
            int[] corners = partition.Corners(r);
            foreach (int face in partition.RegionFaces[partition.FirstFaces[r]..partition.FirstFaces[r + 1]])
            {
                (double[] normal, double offset) = Plane(partition, face);
                double side = partition.FaceRegions[2 * face] == r ? 1 : -1;
                int[] own = Corners(partition, face);
                foreach (int corner in corners)
                {
                    double height = side * (Dot(normal, partition.Vertices.Slice(3 * corner, 3)) - offset);
                    Assert.True(height < 1e-9, $"region {r}: corner {corner} lies {height:G3} outside face {face}");
                    if (own.Contains(corner))
                        Assert.True(Math.Abs(height) < 1e-9, $"face {face} is bent by {height:G3}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Codes_are_distinct_and_those_of_forward_passes(string name)
    {
        VolumePartition partition = Cut(name);
        Assert.Equal(partition.RegionCount, partition.CodeHashes.ToArray().Distinct().Count());
        var codes = new HashSet<Code>();
        for (int r = 0; r < partition.RegionCount; r++)
        {
            // Slivers thinner than rounding of a forward pass prove nothing about codes.
            if (partition.Volumes[r] > 1e-12)
                Assert.True(codes.Add(partition.Code(r)), $"region {r} repeats a code");
        }
        Assert.True(codes.Count > 0.99 * partition.RegionCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sampled_codes_are_among_the_regions(string name)
    {
        VolumePartition partition = Cut(name);
        var codes = Enumerable.Range(0, partition.RegionCount).Select(partition.Code).ToHashSet();
        var sampled = new HashSet<Code>();
        var random = new RandomSource(77);
        double[] domain = partition.Slice.Domain.ToArray();
        for (int i = 0; i < 3000; i++)
        {
            double[] at = [.. Enumerable.Range(0, 3).Select(axis => random.Uniform(domain[axis], domain[21 + axis]))];
            sampled.Add(new Linearization(partition.Network, partition.Slice.Decode(at)).Code());
        }
        Assert.Subset(codes, sampled);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Affine_maps_of_neighbors_agree_on_the_face_between_them(string name)
    {
        VolumePartition partition = Cut(name);
        var maps = new AffineMap[partition.RegionCount];
        for (int r = 0; r < maps.Length; r++)
            maps[r] = partition.Map(r);
        for (int f = 0; f < partition.FaceCount; f++)
        {
            (int first, int second) = (partition.FaceRegions[2 * f], partition.FaceRegions[2 * f + 1]);
            if (second < 0 || partition.Volumes[first] < 1e-10 || partition.Volumes[second] < 1e-10)
                continue;
            foreach (int corner in Corners(partition, f))
            {
                double[] x = partition.Slice.Decode(partition.Vertices.Slice(3 * corner, 3));
                double[] y = maps[first].At(x), z = maps[second].At(x);
                for (int o = 0; o < y.Length; o++)
                    Assert.Equal(y[o], z[o], 1e-9 * (1 + Math.Abs(y[o])));
            }
        }
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("relu, one output, deep")]
    [InlineData("wide")]
    [InlineData("clip")]
    [InlineData("residual")]
    [InlineData("three directions of thirty")]
    public void A_plane_through_the_volume_has_the_regions_that_it_crosses(string name)
    {
        VolumePartition volume = Cut(name);
        Slice slice = volume.Slice;
        double[] domain = slice.Domain.ToArray();
        foreach (double share in new[] { 0.31, 0.5123, 0.77 })
        {
            double z = domain[2] + share * (domain[23] - domain[2]);
            Slice plane = Slice.Of(slice.Decode(0, 0, z), [.. slice.Directions[..(2 * slice.Inputs)]], Domains.Box(domain[0], domain[21], domain[1], domain[22]));
            Partition partition = new PlanarPartitioner(volume.Network).Cut(plane);
            int crossed = 0;
            for (int r = 0; r < volume.RegionCount; r++)
            {
                double[] heights = [.. volume.Corners(r).Select(corner => volume.Vertices[3 * corner + 2] - z)];
                crossed += heights.Min() < 0 && heights.Max() > 0 ? 1 : 0;
            }
            Assert.Equal(partition.RegionCount, crossed);
        }
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("three knots")]
    public void Layers_refine_one_another(string name)
    {
        (Network network, Slice slice) = VolumeCorpus.Case(name);
        VolumePartition whole = new VolumePartitioner(network).Cut(slice);
        for (int layers = 1; layers <= whole.Layers.Length; layers++)
            Assert.Equal(new VolumePartitioner(network, layers).Cut(slice).RegionCount, whole.RegionsPerLayer[layers - 1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_do_not_change_anything(string name)
    {
        (Network network, Slice slice) = VolumeCorpus.Case(name);
        VolumePartition one = new VolumePartitioner(network).Cut(slice, new RunContext { Threads = 1 }), four = new VolumePartitioner(network).Cut(slice, new RunContext { Threads = 4 });
        Assert.Equal(one.Vertices.ToArray(), four.Vertices.ToArray());
        Assert.Equal(one.FaceCorners.ToArray(), four.FaceCorners.ToArray());
        Assert.Equal(one.FaceRegions.ToArray(), four.FaceRegions.ToArray());
        Assert.Equal(one.CodeHashes.ToArray(), four.CodeHashes.ToArray());
        Assert.Equal(one.ExactDecisions, four.ExactDecisions);
    }

    private static VolumePartition Cut(string name)
    {
        (Network network, Slice slice) = VolumeCorpus.Case(name);
        return new VolumePartitioner(network).Cut(slice);
    }

    private static int[] Corners(VolumePartition partition, int face) => partition.FaceCorners[partition.FirstCorners[face]..partition.FirstCorners[face + 1]].ToArray();

    // Newell's normal: of the whole loop, so that short edges do not spoil it.
    private static (double[] Normal, double Offset) Plane(VolumePartition partition, int face)
    {
        int[] loop = Corners(partition, face);
        ReadOnlySpan<double> at = partition.Vertices;
        double[] normal = new double[3], origin = [at[3 * loop[0]], at[3 * loop[0] + 1], at[3 * loop[0] + 2]];
        for (int i = 0; i < loop.Length; i++)
        {
            int p = 3 * loop[i], q = 3 * loop[(i + 1) % loop.Length];
            for (int axis = 0; axis < 3; axis++)
            {
                int u = (axis + 1) % 3, v = (axis + 2) % 3;
                normal[axis] += (at[p + u] - origin[u]) * (at[q + v] - origin[v]) - (at[p + v] - origin[v]) * (at[q + u] - origin[u]);
            }
        }
        double length = Math.Sqrt(Dot(normal, normal)), scale = length > 1e-9 ? 1 / length : 0;
        normal = [.. normal.Select(n => n * scale)];
        return (normal, Dot(normal, origin));
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
