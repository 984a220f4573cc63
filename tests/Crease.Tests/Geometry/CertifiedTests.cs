using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>The engine against an independent exact oracle, where arithmetic is hardest.</summary>
public sealed class CertifiedTests
{
    public static TheoryData<string> Adversarial => [.. AdversarialNetworks.All.Keys];

    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names.Where(name => !name.StartsWith("convolution", StringComparison.Ordinal))];

    public static TheoryData<string> Images => [.. PartitionCorpus.Names.Where(name => name.StartsWith("convolution", StringComparison.Ordinal))];

    public static TheoryData<string> Degenerate => ["8 creases through 0", "duplicates in both layers", "diagonals of the square", "creases along all sides", "later layers through (2/7, 1/7)",
        "parallel creases one ulp apart", "tent map, depth 4", "r(x) - r(x)", "x = 0, y = 0 and x + y = 1E-17", "integer grid, lines through its vertices in layer 3",
        "hexagon with creases through all corners", "max(x, y, -x, -y)", "four classes tie at a point", "residual sum of a grid"];

    public static TheoryData<string, int, int> Naive => new()
    {
        { "8 creases through (1/2, -1/4)", 21, 16 },
        { "21 creases through (1/2, -1/4)", 59, 42 },
        { "fan of two layers, 21 wide", 52, 51 },
        { "duplicated units", 42, 14 },
        { "rescaled and flipped duplicates", 105, 14 },
        { "duplicates rescaled by 3, rounded", 45, 14 },
        { "duplicates rescaled by 1/3, rounded", 61, 14 },
        { "duplicates in both layers", 205, 39 },
        { "duplicates whose difference is one ulp", 6, 2 },
        { "later layers through (2/7, 1/7)", 25, 14 },
        { "later layers through the crossing of lines with decimal weights", 28, 12 },
        { "parallel creases one ulp apart", 4, 2 },
        { "one ulp apart and crossed", 10, 7 },
        { "one ulp apart in layer 2", 8, 4 },
        { "sliver wedge between almost parallel creases", 4, 2 },
        { "first layer times 1E+150", 82, 82 },
        { "first layer times 1E-150", 88, 1 },
        { "layers times 2^500, 2^-500, 2^500", 76, 76 },
        { "units of all sizes undone by the next layer", 20, 9 },
        { "x = 0, y = 0 and x + y = 1E-17", 7, 6 },
        { "three decimal lines that all but meet", 12, 8 },
        { "a bend of 1e-17 in layer 2", 4, 4 },
        { "box of side 1e-12 around 0", 35, 1 },
        { "needle of a triangle", 9, 3 },
        { "rotated plane of a higher space", 11, 7 },
        { "a crease of rounding errors against 5E-17 y", 2, 1 },
        { "a crease of rounding errors against 1E-16 y", 2, 1 },
        { "a crease of rounding errors against 1E-10 y", 3, 1 },
    };

    [Theory]
    [MemberData(nameof(Adversarial))]
    public void Adversarial_networks_are_cut_as_exact_arithmetic_cuts_them(string name)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        var exact = new RationalPartition(item.Network, item.Slice);
        Assert.Equal(item.Regions ?? exact.Cells.Count, exact.Cells.Count);
        KnownFaults.Skip(name);
        try
        {
            foreach (bool certified in new[] { true, false })
                OracleAgreement.Check(CertifiedCut.Cut(item.Network, item.Slice, certified), exact, name);
        }
        catch (Exception fault) when (item.MayRefuse && CertifiedCut.IsRefusal(fault))
        {
            Assert.NotEmpty(fault.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void The_corpus_is_cut_as_exact_arithmetic_cuts_it(string name)
    {
        Partition plain = PartitionCorpus.Cut(name);
        var exact = new RationalPartition(plain.Network, plain.Slice);
        OracleAgreement.Check(plain, exact, name);
        foreach (bool certified in new[] { true, false })
            OracleAgreement.Check(CertifiedCut.Cut(plain.Network, plain.Slice, certified), exact, name);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Certified_cuts_say_so_and_bound_their_rounding(string name)
    {
        Partition plain = PartitionCorpus.Cut(name), certified = CertifiedCut.Cut(plain.Network, plain.Slice, certified: true);
        Assert.Equal(Exactness.Exact, plain.Exactness);
        Assert.Equal(Exactness.Certified, certified.Exactness);
        Assert.InRange(certified.RoundingBound, double.Epsilon, 1e-6);
        Assert.Equal(plain.CodeHashes.ToArray(), certified.CodeHashes.ToArray());
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Images))]
    [Trait("Category", "Long")]
    public void Convolutions_are_cut_as_exact_arithmetic_cuts_them(string name) => The_corpus_is_cut_as_exact_arithmetic_cuts_it(name);

    [Theory]
    [InlineData(0u, 54, 2, 6, 6, 1)]
    [InlineData(3u, 44, 2, 6, 6, 1)]
    [InlineData(0u, 96, 2, 8, 8, 3)]
    [InlineData(1u, 113, 2, 8, 8, 3)]
    [InlineData(0u, 100, 2, 5, 5, 5, 5, 1)]
    [InlineData(4u, 65, 2, 5, 5, 5, 5, 1)]
    public void Golden_networks_have_the_exact_partition(uint seed, int regions, params int[] widths)
    {
        Network network = SmallNetworks.Golden(seed, widths);
        Slice slice = Slice.Box(-2, 2, -2, 2);
        var exact = new RationalPartition(network, slice);
        Assert.Equal(regions, exact.Cells.Count);
        foreach (bool certified in new[] { true, false })
            OracleAgreement.Check(CertifiedCut.Cut(network, slice, certified), exact, network.Name);
    }

    [Theory]
    [InlineData("later layers through the crossing of lines with decimal weights")]
    [InlineData("tent map beyond its square")]
    [InlineData("duplicates rescaled by 3, rounded")]
    [InlineData("max of three almost concurrent")]
    [InlineData("box around (1e8, 1e8)")]
    [InlineData("subnormal weights in layer 2")]
    public void The_oracle_tiles_the_domain_to_the_last_bit(string name)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        var exact = new RationalPartition(item.Network, item.Slice);
        Assert.Equal(RationalPoint.Area(exact.Domain), exact.Cells.Select(cell => RationalPoint.Area(cell.Corners)).Aggregate((sum, area) => sum + area));
        Assert.All(exact.Cells, cell => Assert.True(RationalPoint.Area(cell.Corners).Sign > 0));
        Assert.Equal(exact.Cells.Count, exact.Cells.Select(cell => string.Join(" ", cell.Code)).Distinct().Count());
        Assert.Equal(1, exact.Mesh.EulerCharacteristic);
    }

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void Degenerate_cases_take_exact_decisions(string name)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        Assert.True(CertifiedCut.Cut(item.Network, item.Slice, certified: true).ExactDecisions > 0);
    }

    [Fact]
    public void Generic_networks_take_few_exact_decisions()
    {
        Partition partition = CertifiedCut.Cut(SmallNetworks.Golden(1, 2, 8, 8, 3), Slice.Box(-2, 2, -2, 2), certified: true);
        Assert.True(partition.ExactDecisions <= partition.RegionCount, $"{partition.ExactDecisions} exact decisions for {partition.RegionCount} regions");
    }

    // Counts by plain float64 with tolerance 0 and 1e-7, as of tools without exact signs, beside the exact one.
    [Theory]
    [MemberData(nameof(Naive))]
    public void Plain_float64_is_wrong_where_the_engine_is_right(string name, int withoutTolerance, int withTolerance)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        int exact = new RationalPartition(item.Network, item.Slice).Cells.Count;
        Assert.Equal(withoutTolerance, NaiveFloatPartition.Count(item.Network, item.Slice, 0));
        Assert.Equal(withTolerance, NaiveFloatPartition.Count(item.Network, item.Slice, 1e-7));
        Assert.True(withoutTolerance != exact || withTolerance != exact);
        KnownFaults.Skip(name);
        Assert.Equal(exact, CertifiedCut.Cut(item.Network, item.Slice, certified: true).RegionCount);
    }

    [Theory]
    [InlineData("classes tie along creases only", 1)]
    [InlineData("one output changes its sign along a crease only", 1)]
    [InlineData("residual sum of a grid", 0)]
    public void Boundaries_along_creases_are_found(string name, int alongCreases)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        RationalBoundary exact = new RationalPartition(item.Network, item.Slice).Boundary;
        Assert.Equal(alongCreases, exact.AlongCreases);
        KnownFaults.Skip("boundaries along creases");
        Assert.Equal(exact.Inside + exact.AlongCreases, CertifiedCut.Cut(item.Network, item.Slice, certified: true).Boundary!.SegmentCount);
    }

    [Theory]
    [InlineData("diagonals of the square")]
    [InlineData("regular 17-gon")]
    [InlineData("integer grid")]
    public void Plain_float64_without_tolerance_is_right_on_easy_cases(string name)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        Assert.Equal(new RationalPartition(item.Network, item.Slice).Cells.Count, NaiveFloatPartition.Count(item.Network, item.Slice, 0));
    }
}
