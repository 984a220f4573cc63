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
    public void Graphs_agree_with_the_oracle() => Agree(0, 300, seed => WholeNumberNetworks.Graph(seed));

    [Fact]
    public void Networks_of_tenths_agree_with_the_oracle() => Agree(0, 150, seed => WholeNumberNetworks.Tenths(seed, 0.125));

    [Fact]
    public void Fans_agree_with_the_oracle() => Agree(0, 60, FanNetworks.Make);

    [Theory(Explicit = true)]
    [InlineData(3_000)]
    [Trait("Category", "Long")]
    public void Many_fans_agree_with_the_oracle(int cases)
    {
        KnownFaults.Skip("many fans");
        Agree(1000, cases, FanNetworks.Make);
    }

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
        Agree(0, 150, seed => WholeNumberNetworks.Graph(seed), boundary: true);
    }

    [Theory(Explicit = true)]
    [InlineData("dense", 10_000)]
    [InlineData("graphs", 10_000)]
    [InlineData("tenths", 6_000)]
    [InlineData("graphs of tenths", 6_000)]
    [Trait("Category", "Long")]
    public void Many_networks_agree_with_the_oracle(string kind, int cases)
    {
        KnownFaults.Skip($"many {kind}");
        Agree(1000, cases, Kind(kind));
    }

    [Theory(Explicit = true)]
    [InlineData("slopes of tenths", "tenths, rounded slopes", 6_000)]
    [InlineData("three-way ties", "tenths", 6_000)]
    [InlineData("three-way ties", "graphs of tenths", 6_000)]
    [InlineData("three-way ties", "dense", 6_000)]
    [InlineData("three-way ties", "graphs", 6_000)]
    [Trait("Category", "Long")]
    public void Many_boundaries_and_rounded_slopes_agree_with_the_oracle(string fault, string kind, int cases)
    {
        KnownFaults.Skip(fault);
        Agree(1000, cases, Kind(kind), boundary: true);
    }

    [Fact]
    public void A_power_of_two_per_layer_changes_nothing()
    {
        foreach (int[] powers in new int[][] { [20, -20], [-300, 300], [40], [-100, 7, 90] })
            Invariant($"powers {string.Join(", ", powers)}", 0, 100, seed => WholeNumberNetworks.Dense(seed, powers));
    }

    [Fact]
    public void A_power_of_two_per_unit_changes_nothing()
    {
        foreach (int spread in new[] { 3, 60, 500 })
            Invariant($"powers up to {spread}", 0, 100, seed => WholeNumberNetworks.Rescaled(seed, spread));
    }

    [Fact]
    public void Powers_of_two_beyond_the_range_of_products_change_nothing()
    {
        KnownFaults.Skip("powers beyond range");
        foreach (int[] powers in new int[][] { [600, -600], [-600, 600], [-340] })
            Invariant($"powers {string.Join(", ", powers)}", 0, 100, seed => WholeNumberNetworks.Dense(seed, powers), mayRefuse: true);
    }

    [Fact]
    public void Moving_the_domain_changes_nothing()
    {
        foreach (double shift in new[] { 16, -1024, Math.ScaleB(1, 18) })
            Invariant($"moved by {shift}", 0, 100, seed => WholeNumberNetworks.Moved(seed, shift));
    }

    [Fact]
    public void Moving_the_domain_far_away_changes_nothing()
    {
        KnownFaults.Skip("moved far away");
        foreach (int power in new[] { 24, 28, 34, 44 })
            Invariant($"moved by 2^{power}", 0, 100, seed => WholeNumberNetworks.Moved(seed, Math.ScaleB(1, power)));
    }

    private static void Invariant(string name, ulong from, int cases, Func<ulong, Network> changed, bool mayRefuse = false) =>
        Invariant(name, from, cases, seed => (changed(seed), WholeNumberNetworks.Domain(seed)), mayRefuse);

    private static void Invariant(string name, ulong from, int cases, Func<ulong, (Network Network, Slice Slice)> changed, bool mayRefuse = false) => Search(from, cases, seed =>
    {
        Partition plain = CertifiedCut.Cut(WholeNumberNetworks.Dense(seed), WholeNumberNetworks.Domain(seed), certified: true), other;
        try
        {
            (Network network, Slice slice) = changed(seed);
            other = CertifiedCut.Cut(network, slice, certified: true);
        }
        catch (Exception fault) when (mayRefuse && CertifiedCut.IsRefusal(fault))
        {
            return;
        }
        Assert.True(plain.RegionsPerLayer.AsSpan().SequenceEqual(other.RegionsPerLayer.AsSpan()), $"{name}: {string.Join(" ", plain.RegionsPerLayer)} regions became {string.Join(" ", other.RegionsPerLayer)}");
        // Which crease a cell is cut along first, and so the order of regions, may depend on the scale of units.
        Assert.True(plain.CodeHashes.ToArray().Order().SequenceEqual(other.CodeHashes.ToArray().Order()), $"{name}: the codes changed");
        Assert.True(plain.VertexCount == other.VertexCount, $"{name}: {plain.VertexCount} vertices became {other.VertexCount}");
        Assert.True(plain.Boundary!.SegmentCount == other.Boundary!.SegmentCount, $"{name}: {plain.Boundary.SegmentCount} segments became {other.Boundary.SegmentCount}");
    });

    private static Func<ulong, Network> Kind(string kind) => kind switch
    {
        "dense" => seed => WholeNumberNetworks.Dense(seed),
        "graphs" => seed => WholeNumberNetworks.Graph(seed),
        "graphs of tenths" => seed => WholeNumberNetworks.Graph(seed, 10),
        "tenths" => seed => WholeNumberNetworks.Tenths(seed, 0.125),
        _ => seed => WholeNumberNetworks.Tenths(seed, 0.1),
    };

    private static void Agree(ulong from, int cases, Func<ulong, Network> make, bool boundary = false) =>
        Agree(from, cases, seed => (make(seed), WholeNumberNetworks.Domain(seed)), boundary);

    private static void Agree(ulong from, int cases, Func<ulong, (Network Network, Slice Slice)> make, bool boundary = false) => Search(from, cases, seed =>
    {
        (Network network, Slice slice) = make(seed);
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
