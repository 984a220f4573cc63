using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <content>Regions one by one.</content>
public sealed partial class PlanarPartitioner
{
    /// <summary>Passes all regions of a slice on, one by one, and keeps none: memory does not depend on their number.</summary>
    /// <remarks>Cost: all threads of the run, of which the calling one passes the regions on; memory for the depth of the recursion and for at most about 200,000 regions that wait for those before them. Regions come in the order of <see cref="Cut"/>: what a stopped stream has passed on are the first of them.</remarks>
    /// <param name="slice">A two-dimensional slice of the network's input space.</param>
    /// <param name="visitor">Takes each region; an exception of it ends the stream and is passed on.</param>
    /// <param name="run">Cancellation, clock, progress; null for the defaults.</param>
    /// <param name="options">Limits; null for none.</param>
    /// <returns>How much was passed on, and whether that is all.</returns>
    /// <exception cref="ArgumentException">The slice does not fit the network, an option is out of range, or a boundary is asked for, which a stream does not find.</exception>
    public PartitionTotals Stream(Slice slice, RegionVisitor visitor, RunContext? run = null, CutOptions? options = null)
    {
        run ??= RunContext.Default;
        options ??= new CutOptions { MaxRegions = int.MaxValue };
        Check(slice, options);
        if (options.Boundary || options.Classes is not null)
            throw new ArgumentException("'Boundary' is asked for; a stream finds regions only. Use 'Cut', or leave it out.", nameof(options));
        long start = run.Clock.GetTimestamp();
        long most = options.MaxRegions == int.MaxValue ? long.MaxValue : options.MaxRegions;
        var limits = new CutLimits(most, options.TimeLimit, run);
        (CutTerms terms, (double X, double Y) shift, CutTree tree) = Plant(slice, options, limits, run);
        double domain = Polygons.Area(terms.Slice.Domain);
        var tally = new AreaTally(domain, run);
        var work = new StreamWork(terms, tree.Parts, _pool);
        bool complete = work.Run(run.Threads, buffer => Pass(buffer, visitor, tally, () => tally.Regions == most || run.Cancellation.IsCancellationRequested, shift));
        Status status = complete ? Status.Complete : run.Cancellation.IsCancellationRequested ? Status.Interrupted : Status.BudgetExhausted;
        if (status == Status.Complete)
            Verify(tally.Area, domain, terms.Slice);
        tally.Report();
        var cost = new Cost(run.Clock.GetElapsedTime(start).TotalSeconds, work.Flops + tree.Cutters.Sum(worker => worker.Flops), GC.GetTotalMemory(false));
        tree.Cutters.ForEach(_pool.Return);
        return new PartitionTotals(tally.Regions, tally.Area, domain, status, cost) { Exactness = terms.Rounding.IsProved ? Exactness.Certified : Exactness.Exact };
    }

    private static bool Pass(RegionBuffer buffer, RegionVisitor visitor, AreaTally tally, Func<bool> isEnough, (double X, double Y) shift)
    {
        (double[] x, double[] y) = (buffer.X, buffer.Y);
        for (int h = 0; h < buffer.HalfEdges && shift != (0, 0); h++)
            (x[h], y[h]) = (x[h] + shift.X, y[h] + shift.Y);
        for (int r = 0; r < buffer.Regions; r++)
        {
            if (isEnough())
                return false;
            int first = buffer.First[r], corners = (r + 1 == buffer.Regions ? buffer.HalfEdges : buffer.First[r + 1]) - first;
            visitor(new RegionView
            {
                Index = tally.Regions,
                X = x.AsSpan(first, corners),
                Y = y.AsSpan(first, corners),
                Area = buffer.Area[r],
                Class = buffer.Class[r],
                SlopeNorm = buffer.SlopeNorm[r],
                CodeHash = buffer.Hash[r],
            });
            tally.Add(buffer.Area[r]);
        }
        return true;
    }
}
