using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Xunit;

namespace Crease.Tests.Geometry;

/// <summary>A cut that is over begins nothing more: even one region of a deep network may take long.</summary>
public sealed class CanceledCutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cut_that_was_canceled_before_costs_little_and_says_so(int threads)
    {
        var partitioner = new PlanarPartitioner(Examples.Network("digits"));
        DataSet data = DataSource.Load("example:digits");
        Slice slice = Slice.Through(data.Row(0), data.Row(1), data.Row(2), 0.2);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Partition whole = partitioner.Cut(slice, new RunContext { Threads = threads }), canceled = partitioner.Cut(slice, new RunContext { Threads = threads, Cancellation = stop.Token });
        Assert.Equal(Status.Interrupted, canceled.Status);
        Assert.InRange(canceled.RegionCount, 0, 1);
        // Without opening more than the first part; the parts' first regions alone would cost hundreds of times more.
        Assert.True(canceled.Cost.Flops < 1e-3 * whole.Cost.Flops, $"{canceled.Cost.Flops:G3} of {whole.Cost.Flops:G3} FLOP");
    }

    [Fact]
    public void A_time_limit_that_has_passed_leaves_one_part_and_says_so()
    {
        DataSet data = DataSource.Load("example:digits");
        Partition cut = new PlanarPartitioner(Examples.Network("digits")).Cut(Slice.Through(data.Row(0), data.Row(1), data.Row(2), 0.2), new RunContext { Threads = 2 }, new CutOptions { TimeLimit = TimeSpan.FromTicks(1) });
        Assert.Equal(Status.BudgetExhausted, cut.Status);
        Assert.InRange(cut.RegionCount, 0, 1);
    }
}
