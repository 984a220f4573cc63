using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Statistics that see one region at a time, and the network they are measured on.</summary>
public sealed class StreamedStatisticsTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void They_are_those_of_the_whole_partition(string name)
    {
        Partition partition = PartitionCorpus.Cut(name);
        RegionStatistics whole = RegionStatistics.Of(partition);
        var streamed = new StreamedStatistics();
        new PlanarPartitioner(partition.Network).Stream(partition.Slice, streamed.Add);
        Assert.Equal(whole.Regions, streamed.Regions);
        foreach ((Summary expected, Summary found) in new[] { (whole.Area, streamed.Area), (whole.Vertices, streamed.Vertices), (whole.SlopeNorm, streamed.SlopeNorm) })
        {
            double tolerance = 1e-11 * (1 + expected.Max);
            Assert.Equal(expected.Mean, found.Mean, tolerance);
            Assert.Equal(expected.Std, found.Std, tolerance);
            Assert.Equal(expected.Min, found.Min, tolerance);
            Assert.Equal(expected.Max, found.Max, tolerance);
        }
    }

    [Fact]
    public void A_running_summary_agrees_with_two_passes()
    {
        var random = new RandomSource(4);
        // A large mean with a small spread: sums of squares would lose every digit.
        double[] values = [.. Enumerable.Range(0, 10_000).Select(_ => 1e8 + random.Normal())];
        var running = new RunningSummary();
        Assert.Equal(default, running.Summary);
        foreach (double value in values)
            running.Add(value);
        double mean = values.Sum(value => value - 1e8) / values.Length + 1e8;
        Assert.Equal(values.Length, running.Count);
        Assert.Equal(mean, running.Summary.Mean, 1e-6);
        Assert.Equal(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length), running.Summary.Std, 1e-6);
        Assert.Equal((values.Min(), values.Max()), (running.Summary.Min, running.Summary.Max));
    }

    [Fact]
    public void Benchmark_network_is_that_of_its_seed_and_streams_different_regions()
    {
        Network network = StreamBenchmark.Network(5);
        double[] point = [0.3, -0.2];
        Assert.Equal(network.Evaluate(point), StreamBenchmark.Network(5).Evaluate(point));
        Assert.NotEqual(network.Evaluate(point), StreamBenchmark.Network(6).Evaluate(point));
        var codes = new HashSet<ulong>();
        PartitionTotals totals = new PlanarPartitioner(network).Stream(StreamBenchmark.Slice(), region => codes.Add(region.CodeHash), options: new CutOptions { MaxRegions = 2000 });
        Assert.Equal((Status.BudgetExhausted, 2000, 2000), (totals.Status, (int)totals.Regions, codes.Count));
    }
}
