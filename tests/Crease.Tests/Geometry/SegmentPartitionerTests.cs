using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>What a segment partitioner accepts, and what it does when it is stopped or called from many threads.</summary>
public sealed class SegmentPartitionerTests
{
    private static readonly Network Deep = SmallNetworks.Golden(1, 2, 16, 16, 16, 3);
    private static readonly Slice Long = Slice.Segment([-4, -3], [4, 3.5]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_budget_keeps_what_was_found(int most)
    {
        var partitioner = new SegmentPartitioner(Deep);
        SegmentPartition whole = partitioner.Cut(Long, options: new CutOptions { Boundary = true });
        SegmentPartition part = partitioner.Cut(Long, options: new CutOptions { Boundary = true, MaxRegions = most });
        Assert.True(whole.RegionCount > 20);
        Assert.Equal((Status.BudgetExhausted, most), (part.Status, part.RegionCount));
        Assert.True(whole.Ends[..(most + 1)].SequenceEqual(part.Ends));
        Assert.True(whole.Slopes[..(3 * most)].SequenceEqual(part.Slopes));
        Assert.True(whole.FirstCreases[..most].SequenceEqual(part.FirstCreases));
        Assert.True(whole.Creases[..part.FirstCreases[^1]].SequenceEqual(part.Creases));
        Assert.Equal(whole.Boundary!.Positions.ToArray().TakeWhile(at => at < part.Ends[^1]), part.Boundary!.Positions.ToArray());
        Assert.Equal(Status.Complete, partitioner.Cut(Long, options: new CutOptions { MaxRegions = whole.RegionCount }).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    public void An_interruption_keeps_what_was_found(int after)
    {
        using var stop = new CancellationTokenSource();
        var run = new RunContext { Threads = 1, Cancellation = stop.Token, Progress = new Counter(found => Cancel(stop, found >= after)) };
        Cancel(stop, after == 0);
        SegmentPartition whole = new SegmentPartitioner(Deep).Cut(Long), part = new SegmentPartitioner(Deep).Cut(Long, run);
        Assert.Equal((Status.Interrupted, after), (part.Status, part.RegionCount));
        Assert.True(whole.Ends[..(after + 1)].SequenceEqual(part.Ends));
        Assert.True(whole.CodeHashes[..after].SequenceEqual(part.CodeHashes));
    }

    [Fact]
    public void Many_threads_may_cut_at_once()
    {
        var partitioner = new SegmentPartitioner(Deep);
        double[][] expected = [.. Enumerable.Range(0, 16).Select(i => partitioner.Cut(Segment(i)).Ends.ToArray())];
        Parallel.For(0, 64, i => Assert.Equal(expected[i % 16], partitioner.Cut(Segment(i % 16)).Ends.ToArray()));

        static Slice Segment(int i) => Slice.Segment([-4, i - 8], [4, 8 - i]);
    }

    [Fact]
    public void Progress_ends_at_the_whole_segment()
    {
        var last = default(Progress);
        SegmentPartition segment = new SegmentPartitioner(Deep).Cut(Long, new RunContext { Threads = 3, Progress = new Counter(_ => { }, progress => last = progress) });
        Assert.Equal(segment.RegionCount, last.Found);
        Assert.Equal(1, last.Share, 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        var partitioner = new SegmentPartitioner(Deep);
        Assert.Contains("a segment has 1", Assert.Throws<ArgumentException>(() => partitioner.Cut(Slice.Box(-1, 1, -1, 1))).Message);
        Assert.Contains("the network takes 2", Assert.Throws<ArgumentException>(() => partitioner.Cut(Slice.Segment([0, 0, 0], [1, 0, 0]))).Message);
        Assert.Contains("'MaxRegions' is 0", Assert.Throws<ArgumentException>(() => partitioner.Cut(Long, options: new CutOptions { MaxRegions = 0 })).Message);
        Assert.Contains("'Classes' is (0, 3)", Assert.Throws<ArgumentException>(() => partitioner.Cut(Long, options: new CutOptions { Classes = (0, 3) })).Message);
        Assert.Contains("'Layers' is 4", Assert.Throws<ArgumentException>(() => new SegmentPartitioner(Deep, 4)).Message);
        var smooth = new NetworkBuilder("smooth");
        int at = smooth.Add("gate", SmoothFunction.Silu(new Shape(2)), smooth.Input("x", new Shape(2)));
        Assert.Contains("'gate'", Assert.Throws<NotSupportedException>(() => new SegmentPartitioner(smooth.Build(at))).Message);
    }

    [Fact]
    public void A_final_softmax_is_set_aside_and_said_so()
    {
        Network network = GraphNetworks.Residual(3);
        var partitioner = new SegmentPartitioner(network);
        Assert.Contains("softmax", Assert.Single(partitioner.Notes));
        var random = new RandomSource(8);
        SegmentPartition segment = partitioner.Cut(Slice.Segment(GraphNetworks.Normals(random, 72, 1), GraphNetworks.Normals(random, 72, 1)), options: new CutOptions { Boundary = true });
        Assert.True(segment.RegionCount > 20);
        for (int r = 0; r < segment.RegionCount; r++)
        {
            double t = 0.5 * (segment.Ends[r] + segment.Ends[r + 1]);
            double[] y = network.Evaluate(segment.Slice.Decode(t));
            Assert.Equal(Array.IndexOf(y, y.Max()), segment.Classes[r]);
        }
    }

    [Fact]
    public void Segments_run_from_one_point_to_the_other()
    {
        var random = new RandomSource(2);
        double[] a = GraphNetworks.Normals(random, 50, 1), b = GraphNetworks.Normals(random, 50, 1);
        Slice slice = Slice.Segment(a, b);
        Assert.Equal((1, 50), (slice.Dimension, slice.Inputs));
        Assert.Equal(a, slice.Decode(0));
        double[] end = slice.Decode(slice.Domain[1]);
        for (int i = 0; i < 50; i++)
            Assert.Equal(b[i], end[i], 1e-14);
        Assert.Equal(Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()), slice.Domain[1], 1e-13);
        Assert.Equal(5e-320, Slice.Segment([0, 0], [3e-320, 4e-320]).Domain[1], 1e-322);
        Assert.Contains("coincide", Assert.Throws<ArgumentException>(() => Slice.Segment(a, a)).Message);
        Assert.Contains("2 entries", Assert.Throws<ArgumentException>(() => Slice.Segment([0, 0, 0], [1, 1])).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Slice.Segment([0, double.NaN], [1, 1])).Message);
        Assert.Contains("farther apart", Assert.Throws<ArgumentException>(() => Slice.Segment([1e308, 0], [-1e308, 0])).Message);
    }

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
            stop.Cancel();
    }

    private sealed class Counter(Action<long> found, Action<Progress>? all = null) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            found(value.Found);
            all?.Invoke(value);
        }
    }
}
