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

    [Fact]
    public void Networks_of_tenths_agree_with_the_oracle() => Agree(0, 150, seed => WholeNumberNetworks.Tenths(seed, 0.125));

    [Fact]
    public void Slopes_of_tenths_agree_with_the_oracle()
    {
        KnownFaults.Skip("slopes of tenths");
        Agree(3250, 150, seed => WholeNumberNetworks.Tenths(seed, 0.1));
    }

    [Fact]
    public void Boundaries_agree_with_the_oracle()
    {
        KnownFaults.Skip("three-way ties");
        Agree(0, 150, seed => WholeNumberNetworks.Dense(seed), boundary: true);
        Agree(0, 150, WholeNumberNetworks.Graph, boundary: true);
    }

    [Theory(Explicit = true)]
    [InlineData("dense", 10_000)]
    [InlineData("graphs", 10_000)]
    [InlineData("tenths", 6_000)]
    [Trait("Category", "Long")]
    public void Many_networks_agree_with_the_oracle(string kind, int cases) => Agree(1000, cases, Kind(kind));

    [Theory(Explicit = true)]
    [InlineData("slopes of tenths", "tenths, rounded slopes", 6_000)]
    [InlineData("three-way ties", "dense", 6_000)]
    [InlineData("three-way ties", "graphs", 6_000)]
    [Trait("Category", "Long")]
    public void Many_boundaries_and_rounded_slopes_agree_with_the_oracle(string fault, string kind, int cases)
    {
        KnownFaults.Skip(fault);
        Agree(1000, cases, Kind(kind), boundary: true);
    }

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

    private static Func<ulong, Network> Kind(string kind) => kind switch
    {
        "dense" => seed => WholeNumberNetworks.Dense(seed),
        "graphs" => WholeNumberNetworks.Graph,
        "tenths" => seed => WholeNumberNetworks.Tenths(seed, 0.125),
        _ => seed => WholeNumberNetworks.Tenths(seed, 0.1),
    };

    private static void Agree(ulong from, int cases, Func<ulong, Network> make, bool boundary = false) => Search(from, cases, seed =>
    {
        Network network = make(seed);
        Slice slice = WholeNumberNetworks.Domain(seed);
        try
        {
            OracleAgreement.Check(CertifiedCut.Cut(network, slice, certified: true), new RationalPartition(network, slice), network.Name, boundary);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{fault.Message.ReplaceLineEndings(" ")} | {WholeNumberNetworks.Text(network)} | domain {string.Join(" ", slice.Domain.ToArray())}");
        }
    });

    // Looks at every case, so that one message shows each kind of fault, how common it is, and its shortest network.
    private static void Search(ulong from, int cases, Action<ulong> check)
    {
        var faults = new List<(string Kind, string Text)>();
        for (ulong seed = from; seed < from + (ulong)cases; seed++)
        {
            try
            {
                check(seed);
            }
            catch (Exception fault)
            {
                string kind = string.Concat(fault.Message.TakeWhile(character => character != '|').Where(char.IsLetter));
                faults.Add((kind, $"case {seed}: {fault.Message}"));
            }
        }
        string[] kinds = [.. faults.GroupBy(fault => fault.Kind).Select(kind => $"{kind.Count()} times, for example {kind.MinBy(fault => fault.Text.Length).Text}")];
        Assert.True(faults.Count == 0, $"{faults.Count} of {cases} cases failed:\n{string.Join("\n", kinds)}");
    }
}
