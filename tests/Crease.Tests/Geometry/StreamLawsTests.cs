using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>A stream passes on the regions of the cut, in order, whole or as a prefix, and keeps none.</summary>
public sealed class StreamLawsTests
{
    private static readonly Network Net = SmallNetworks.Golden(1, 2, 8, 8, 3);
    private static readonly Slice Square = Slice.Box(-2, 2, -2, 2);

    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Streamed_regions_are_those_of_the_cut_in_order(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        int next = 0;
        PartitionTotals totals = new PlanarPartitioner(partition.Network).Stream(partition.Slice, region =>
        {
            Assert.Equal(next, region.Index);
            Assert.Equal(partition.CodeHashes[next], region.CodeHash);
            Assert.Equal(partition.Classes[next], region.Class);
            Assert.Equal(partition.SlopeNorms[next], region.SlopeNorm, 1e-12 * (1 + region.SlopeNorm));
            Assert.Equal(partition.Areas[next], region.Area, 1e-12 * partition.DomainArea);
            double[] polygon = partition.Polygon(next);
            Assert.Equal(polygon.Length, 2 * region.X.Length);
            for (int i = 0; i < region.X.Length; i++)
            {
                Assert.Equal(polygon[2 * i], region.X[i], 1e-9);
                Assert.Equal(polygon[2 * i + 1], region.Y[i], 1e-9);
            }
            next++;
        });
        Assert.Equal((Status.Complete, Exactness.Exact), (totals.Status, totals.Exactness));
        Assert.Equal((partition.RegionCount, partition.RegionCount), (totals.Regions, next));
        Assert.Equal(partition.DomainArea, totals.DomainArea);
        Assert.Equal(totals.DomainArea, totals.Area, 1e-12 * totals.DomainArea);
        Assert.Equal(partition.Citations, totals.Citations);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_number_of_threads_streams_the_same_bytes(int threads)
    {
        var partitioner = new PlanarPartitioner(SmallNetworks.Random(7, PiecewiseLinear.Relu, 2, 96, 96, 3));
        double[] one = Numbers(1), many = Numbers(threads);
        Assert.True(one.Length > 50_000);
        Assert.Equal(one, many);

        double[] Numbers(int count)
        {
            var numbers = new List<double>();
            partitioner.Stream(Slice.Box(-4, 4, -4, 4), region =>
            {
                numbers.AddRange([region.Index, region.Area, region.Class, region.SlopeNorm, region.CodeHash >> 11]);
                numbers.AddRange(region.X);
                numbers.AddRange(region.Y);
            }, new RunContext { Threads = count });
            return [.. numbers];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_a_visitor_throws_ends_the_stream(int threads)
    {
        var partitioner = new PlanarPartitioner(SmallNetworks.Random(7, PiecewiseLinear.Relu, 2, 96, 96, 3));
        int taken = 0;
        var run = new RunContext { Threads = threads };
        Assert.Throws<TimeoutException>(() => partitioner.Stream(Slice.Box(-4, 4, -4, 4), _ => { if (++taken == 3000) throw new TimeoutException(); }, run));
        Assert.Equal(3000, taken);
        Assert.Equal(Status.Complete, partitioner.Stream(Slice.Box(-4, 4, -4, 4), _ => { }, run).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void A_stream_with_a_budget_of_regions_is_a_prefix(int most)
    {
        (List<ulong> hashes, PartitionTotals totals) = Streamed(new CutOptions { MaxRegions = most });
        Assert.Equal((Status.BudgetExhausted, most), (totals.Status, (int)totals.Regions));
        AssertPrefix(hashes, totals);
    }

    [Fact]
    public void A_budget_of_exactly_all_regions_is_complete()
    {
        Partition whole = new PlanarPartitioner(Net).Cut(Square);
        (_, PartitionTotals totals) = Streamed(new CutOptions { MaxRegions = whole.RegionCount });
        Assert.Equal((Status.Complete, whole.RegionCount), (totals.Status, (int)totals.Regions));
    }

    [Fact]
    public void A_stream_with_a_time_limit_is_a_prefix()
    {
        (List<ulong> hashes, PartitionTotals totals) = Streamed(new CutOptions { TimeLimit = TimeSpan.FromMilliseconds(25) }, new RunContext { Clock = new SteppingClock() });
        Assert.Equal(Status.BudgetExhausted, totals.Status);
        Assert.InRange(hashes.Count, 1, 25);
        AssertPrefix(hashes, totals);
        Assert.Equal(0.025, totals.Cost.Seconds, 0.005);
    }

    [Fact]
    public void An_interrupted_stream_is_a_prefix()
    {
        using var stop = new CancellationTokenSource();
        var hashes = new List<ulong>();
        PartitionTotals totals = new PlanarPartitioner(Net).Stream(Square, region =>
        {
            hashes.Add(region.CodeHash);
            if (hashes.Count == 17)
                stop.Cancel();
        }, new RunContext { Cancellation = stop.Token });
        Assert.Equal((Status.Interrupted, 17), (totals.Status, (int)totals.Regions));
        AssertPrefix(hashes, totals);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cut_with_a_time_limit_keeps_regions_of_the_whole(int threads)
    {
        Network network = SmallNetworks.Random(3, PiecewiseLinear.Relu, 2, 24, 24, 1);
        var partitioner = new PlanarPartitioner(network);
        Partition whole = partitioner.Cut(Square);
        Partition part = partitioner.Cut(Square, new RunContext { Clock = new SteppingClock(), Threads = threads }, new CutOptions { TimeLimit = TimeSpan.FromMilliseconds(100), Boundary = true });
        Assert.Equal(Status.BudgetExhausted, part.Status);
        Assert.InRange(part.RegionCount, 1, 100);
        var areas = new Dictionary<ulong, double>();
        for (int r = 0; r < whole.RegionCount; r++)
            areas.Add(whole.CodeHashes[r], whole.Areas[r]);
        for (int r = 0; r < part.RegionCount; r++)
            Assert.Equal(areas[part.CodeHashes[r]], part.Areas[r], 1e-12);
        Assert.Equal(Status.Complete, partitioner.Cut(Square, options: new CutOptions { TimeLimit = TimeSpan.FromHours(1) }).Status);
    }

    [Fact]
    public void Progress_rises_to_the_whole_area_and_all_regions()
    {
        Partition whole = new PlanarPartitioner(Net).Cut(Square);
        var reports = new List<Progress>();
        Streamed(CutOptions.Default, new RunContext { Progress = new Listed(reports) });
        Assert.True(reports.Count >= whole.RegionCount / 64);
        for (int i = 1; i < reports.Count; i++)
            Assert.True(reports[i].Share >= reports[i - 1].Share && reports[i].Found >= reports[i - 1].Found);
        Assert.Equal(1, reports[^1].Share, 1e-12);
        Assert.Equal(whole.RegionCount, reports[^1].Found);
    }

    [Fact]
    public void A_failure_of_the_visitor_ends_the_stream_and_is_passed_on()
    {
        int seen = 0;
        var fault = Assert.Throws<IOException>(() => new PlanarPartitioner(Net).Stream(Square, _ =>
        {
            if (++seen == 5)
                throw new IOException("disk full");
        }));
        Assert.Equal(("disk full", 5), (fault.Message, seen));
    }

    [Fact]
    public void Options_that_a_stream_cannot_meet_are_refused()
    {
        var partitioner = new PlanarPartitioner(Net);
        Assert.Contains("'Boundary'", Refusal(new CutOptions { Boundary = true }), StringComparison.Ordinal);
        Assert.Contains("'Boundary'", Refusal(new CutOptions { Classes = (0, 1) }), StringComparison.Ordinal);
        Assert.Contains("'MaxRegions' is 0", Refusal(new CutOptions { MaxRegions = 0 }), StringComparison.Ordinal);
        Assert.Contains("'TimeLimit' is 0 s", Refusal(new CutOptions { TimeLimit = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Contains("'TimeLimit' is -1 s", Assert.Throws<ArgumentException>(() => partitioner.Cut(Square, options: new CutOptions { TimeLimit = TimeSpan.FromSeconds(-1) })).Message, StringComparison.Ordinal);

        string Refusal(CutOptions options) => Assert.Throws<ArgumentException>(() => partitioner.Stream(Square, _ => { }, options: options)).Message;
    }

    private static (List<ulong> Hashes, PartitionTotals Totals) Streamed(CutOptions options, RunContext? run = null)
    {
        var hashes = new List<ulong>();
        PartitionTotals totals = new PlanarPartitioner(Net).Stream(Square, region => hashes.Add(region.CodeHash), run, options);
        return (hashes, totals);
    }

    private static void AssertPrefix(List<ulong> hashes, PartitionTotals totals)
    {
        Partition whole = new PlanarPartitioner(Net).Cut(Square);
        Assert.Equal(hashes.Count, totals.Regions);
        Assert.True(whole.CodeHashes[..hashes.Count].SequenceEqual([.. hashes]));
        Assert.Equal(whole.Areas[..hashes.Count].ToArray().Sum(), totals.Area, 1e-12);
        Assert.True(totals.Area < totals.DomainArea);
    }

    private sealed class Listed(List<Progress> reports) : IProgress<Progress>
    {
        public void Report(Progress value) => reports.Add(value);
    }
}
