using Crease.Geometry;
using Crease.Networks;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>Thousands of random networks with whole weights against the exact oracle; a failure prints the network.</summary>
public sealed class WholeNumberTests
{
    [Fact]
    public void Dense_networks_agree_with_the_oracle() => Agree(0, 300, seed => WholeNumberNetworks.Dense(seed));

    [Fact]
    public void Graphs_agree_with_the_oracle() => Agree(0, 300, WholeNumberNetworks.Graph);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Many_dense_networks_agree_with_the_oracle() => Agree(1000, 10_000, seed => WholeNumberNetworks.Dense(seed));

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Many_graphs_agree_with_the_oracle() => Agree(1000, 10_000, WholeNumberNetworks.Graph);

    [Fact]
    public void Powers_of_two_change_nothing()
    {
        int[][] scales = [[20, -20], [-300, 300], [40], [-100, 7, 90]];
        Search(0, 150, seed =>
        {
            Slice slice = WholeNumberNetworks.Domain(seed);
            Partition plain = CertifiedCut.Cut(WholeNumberNetworks.Dense(seed), slice, certified: true);
            foreach (int[] powers in scales)
            {
                Partition scaled = CertifiedCut.Cut(WholeNumberNetworks.Dense(seed, powers), slice, certified: true);
                string name = $"powers {string.Join(", ", powers)}";
                Assert.True(plain.RegionsPerLayer.AsSpan().SequenceEqual(scaled.RegionsPerLayer.AsSpan()), $"{name}: {string.Join(" ", plain.RegionsPerLayer)} regions became {string.Join(" ", scaled.RegionsPerLayer)}");
                Assert.True(plain.CodeHashes.SequenceEqual(scaled.CodeHashes), $"{name}: the codes changed");
                Assert.True(plain.Boundary!.SegmentCount == scaled.Boundary!.SegmentCount, $"{name}: {plain.Boundary.SegmentCount} segments became {scaled.Boundary.SegmentCount}");
            }
        });
    }

    private static void Agree(ulong from, int cases, Func<ulong, Network> make) => Search(from, cases, seed =>
    {
        Network network = make(seed);
        Slice slice = WholeNumberNetworks.Domain(seed);
        try
        {
            OracleAgreement.Check(CertifiedCut.Cut(network, slice, certified: true), new RationalPartition(network, slice), "");
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{fault.Message.ReplaceLineEndings(" ")} | {WholeNumberNetworks.Text(network)} | domain {string.Join(" ", slice.Domain.ToArray())}");
        }
    });

    // Looks at every case, so that one message shows how common a fault is.
    private static void Search(ulong from, int cases, Action<ulong> check)
    {
        var faults = new List<string>();
        for (ulong seed = from; seed < from + (ulong)cases; seed++)
        {
            try
            {
                check(seed);
            }
            catch (Exception fault)
            {
                faults.Add($"case {seed}: {fault.Message}");
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {cases} cases; the shortest:\n{string.Join("\n", faults.OrderBy(text => text.Length).Take(12))}");
    }
}
