using Crease.Geometry;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>The engine against an independent exact oracle, where arithmetic is hardest.</summary>
public sealed class CertifiedTests
{
    public static TheoryData<string> Adversarial => [.. AdversarialNetworks.All.Keys];

    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Adversarial))]
    public void Adversarial_networks_are_cut_as_exact_arithmetic_cuts_them(string name)
    {
        AdversarialCase item = AdversarialNetworks.All[name];
        var exact = new RationalPartition(item.Network, item.Slice);
        Assert.Equal(item.Regions ?? exact.Cells.Count, exact.Cells.Count);
        KnownFaults.Skip(name);
        OracleAgreement.Check(CertifiedCut.Cut(item.Network, item.Slice, certified: true), exact, name);
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void The_corpus_is_cut_as_exact_arithmetic_cuts_it(string name)
    {
        Partition plain = PartitionCorpus.Cut(name);
        var exact = new RationalPartition(plain.Network, plain.Slice);
        OracleAgreement.Check(plain, exact, name);
        OracleAgreement.Check(CertifiedCut.Cut(plain.Network, plain.Slice, certified: true), exact, name);
    }

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
        OracleAgreement.Check(CertifiedCut.Cut(network, slice, certified: true), exact, network.Name);
    }
}
