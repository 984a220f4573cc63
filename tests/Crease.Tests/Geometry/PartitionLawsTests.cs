using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Laws that every partition obeys, on a corpus of small networks of every kind of layer (specification G4 to G10).</summary>
public sealed class PartitionLawsTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Regions_tile_the_domain(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        Assert.Equal(1, partition.EulerCharacteristic);
        Assert.Equal(partition.DomainArea, partition.TotalArea, 1e-12 * partition.DomainArea);
        for (int r = 0; r < partition.RegionCount; r++)
        {
            for (int h = partition.FirstHalfEdges[r]; h < partition.FirstHalfEdges[r + 1]; h++)
            {
                int twin = partition.Twins[h];
                Assert.Equal(twin < 0, partition.Creases[h] < 0);
                if (twin < 0)
                    continue;
                int other = partition.RegionOf(twin);
                Assert.NotEqual(r, other);
                Assert.Equal(h, partition.Twins[twin]);
                Assert.Equal(partition.Origins[h], partition.Origins[partition.Next(twin, other)]);
                Assert.Equal(partition.Origins[twin], partition.Origins[partition.Next(h, r)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Regions_are_convex(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        for (int r = 0; r < partition.RegionCount; r++)
        {
            double[] p = partition.Polygon(r);
            int n = p.Length / 2;
            for (int i = 0; i < n; i++)
            {
                int j = (i + 1) % n, k = (i + 2) % n;
                double turn = (p[2 * j] - p[2 * i]) * (p[2 * k + 1] - p[2 * j + 1]) - (p[2 * j + 1] - p[2 * i + 1]) * (p[2 * k] - p[2 * j]);
                Assert.True(turn > -1e-12, $"region {r} turns by {turn} at its corner {j}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Codes_are_distinct_and_those_of_the_forward_pass(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        Assert.Equal(partition.RegionCount, partition.CodeHashes.ToArray().Distinct().Count());
        var seen = new HashSet<Code>();
        for (int r = 0; r < partition.RegionCount; r++)
        {
            if (partition.Areas[r] > 1e-9)
                Assert.True(seen.Add(partition.Code(r)), $"region {r} has the code of an earlier one");
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Maps_are_continuous_and_agree_with_the_forward_pass(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        var random = new RandomSource(5);
        for (int trial = 0; trial < Math.Min(60, partition.RegionCount); trial++)
        {
            int r = random.Index(partition.RegionCount);
            if (partition.Areas[r] < 1e-9)
                continue;
            AffineMap map = partition.Map(r);
            double[] polygon = partition.Polygon(r);
            for (int v = 0; v < polygon.Length; v += 2)
            {
                double[] x = partition.Slice.Decode(polygon[v], polygon[v + 1]), expected = partition.Network.Evaluate(x), found = map.At(x);
                double scale = 1 + expected.Max(Math.Abs);
                for (int o = 0; o < expected.Length; o++)
                    Assert.Equal(expected[o], found[o], 1e-9 * scale);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Sampled_codes_are_among_the_regions(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        var codes = new HashSet<Code>();
        for (int r = 0; r < partition.RegionCount; r++)
            codes.Add(partition.Code(r));
        double left = double.PositiveInfinity, right = double.NegativeInfinity, bottom = left, top = right;
        for (int i = 0; i < partition.Slice.Domain.Length; i += 2)
        {
            (left, right) = (Math.Min(left, partition.Slice.Domain[i]), Math.Max(right, partition.Slice.Domain[i]));
            (bottom, top) = (Math.Min(bottom, partition.Slice.Domain[i + 1]), Math.Max(top, partition.Slice.Domain[i + 1]));
        }
        const int Steps = 48;
        for (int i = 0; i < Steps * Steps; i++)
        {
            double s = left + (right - left) * (i % Steps + 0.5137) / Steps, t = bottom + (top - bottom) * (i / Steps + 0.4863) / Steps;
            if (IsInside(partition.Slice.Domain, s, t))
                Assert.Contains(new Linearization(partition.Network, partition.Slice.Decode(s, t)).Code(), codes);
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Result_does_not_depend_on_threads(string name)
    {
        Partition one = PartitionCorpus.Cut(name, new RunContext { Threads = 1 }), many = PartitionCorpus.Cut(name, new RunContext { Threads = 5 });
        Assert.True(one.Vertices.SequenceEqual(many.Vertices));
        Assert.True(one.Origins.SequenceEqual(many.Origins));
        Assert.True(one.Twins.SequenceEqual(many.Twins));
        Assert.True(one.Creases.SequenceEqual(many.Creases));
        Assert.True(one.CodeHashes.SequenceEqual(many.CodeHashes));
        Assert.True(one.SlopeNorms.SequenceEqual(many.SlopeNorms));
        Assert.True(one.Boundary!.Ends.SequenceEqual(many.Boundary!.Ends));
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Each_layer_refines_the_one_before(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        for (int layer = 0; layer < partition.Layers.Length; layer++)
        {
            Partition coarse = new PlanarPartitioner(partition.Network, layer + 1).Cut(partition.Slice);
            Assert.Equal(partition.RegionsPerLayer[layer], coarse.RegionCount);
            var areas = new double[coarse.RegionCount];
            int[] parents = partition.Parents(layer);
            for (int r = 0; r < partition.RegionCount; r++)
                areas[parents[r]] += partition.Areas[r];
            for (int r = 0; r < areas.Length; r++)
                Assert.Equal(coarse.Areas[r], areas[r], 1e-11 * partition.DomainArea);
        }
    }

    [Fact]
    public void Rotating_the_slice_changes_nothing()
    {
        Network network = SmallNetworks.Golden(1, 2, 8, 8, 3);
        double c = Math.Cos(0.7), s = Math.Sin(0.7);
        double[] square = Domains.Box(-2, 2, -2, 2), turned = new double[8];
        for (int i = 0; i < 8; i += 2)
            (turned[i], turned[i + 1]) = (c * square[i] + s * square[i + 1], -s * square[i] + c * square[i + 1]);
        Partition straight = new PlanarPartitioner(network).Cut(Slice.Plane(square)), rotated = new PlanarPartitioner(network).Cut(Slice.Of([0, 0], [c, s, -s, c], turned));
        Assert.Equal(straight.RegionCount, rotated.RegionCount);
        double[] areas = straight.Areas.ToArray().Order().ToArray(), others = rotated.Areas.ToArray().Order().ToArray();
        for (int r = 0; r < areas.Length; r++)
            Assert.Equal(areas[r], others[r], 1e-12);
    }

    [Fact]
    public void Cutting_the_domain_in_four_gives_the_same_regions()
    {
        Network network = SmallNetworks.Golden(0, 2, 8, 8, 3);
        var partitioner = new PlanarPartitioner(network);
        var whole = Areas(partitioner.Cut(Slice.Box(-2, 2, -2, 2)));
        var parts = new Dictionary<ulong, double>();
        foreach ((double x, double y) in new[] { (-2.0, -2.0), (0.0, -2.0), (-2.0, 0.0), (0.0, 0.0) })
        {
            foreach ((ulong code, double area) in Areas(partitioner.Cut(Slice.Box(x, x + 2, y, y + 2))))
                parts[code] = parts.GetValueOrDefault(code) + area;
        }
        Assert.Equal(whole.Count, parts.Count);
        foreach ((ulong code, double area) in whole)
            Assert.Equal(area, parts[code], 1e-12);

        static Dictionary<ulong, double> Areas(Partition partition) =>
            Enumerable.Range(0, partition.RegionCount).ToDictionary(r => partition.CodeHashes[r], r => partition.Areas[r]);
    }

    [Fact]
    public void Generic_partitions_have_four_corners_per_region()
    {
        Partition partition = new PlanarPartitioner(SmallNetworks.Golden(2, 2, 6, 6, 1)).Cut(Slice.Box(-2, 2, -2, 2));
        Assert.Equal(4 * partition.RegionCount, partition.HalfEdgeCount);
    }

    [Fact]
    public void A_budget_keeps_what_was_found()
    {
        Network network = SmallNetworks.Golden(1, 2, 8, 8, 3);
        var partitioner = new PlanarPartitioner(network);
        Partition whole = partitioner.Cut(Slice.Box(-2, 2, -2, 2)), part = partitioner.Cut(Slice.Box(-2, 2, -2, 2), options: new CutOptions { MaxRegions = 40 });
        Assert.Equal(Status.BudgetExhausted, part.Status);
        Assert.Equal(40, part.RegionCount);
        Assert.True(whole.CodeHashes[..40].SequenceEqual(part.CodeHashes));
        for (int r = 0; r < 40; r++)
            Assert.Equal(whole.Areas[r], part.Areas[r], 1e-14);
    }

    [Fact]
    public void Retained_memory_is_below_400_bytes_per_region()
    {
        Partition partition = new PlanarPartitioner(SmallNetworks.Random(3, PiecewiseLinear.Relu, 2, 64, 64, 1)).Cut(Slice.Box(-2, 2, -2, 2));
        Assert.True(partition.RegionCount > 1000);
        Assert.True(partition.Bytes < 400L * partition.RegionCount);
    }

    private static bool IsInside(ReadOnlySpan<double> polygon, double s, double t)
    {
        for (int i = 0; i < polygon.Length; i += 2)
        {
            int j = (i + 2) % polygon.Length;
            if ((polygon[j] - polygon[i]) * (t - polygon[i + 1]) - (polygon[j + 1] - polygon[i + 1]) * (s - polygon[i]) < 0)
                return false;
        }
        return true;
    }
}
