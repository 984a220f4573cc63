using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <content>Regions one by one.</content>
public sealed partial class PlanarPartitioner
{
    /// <summary>Passes all regions of a slice on, one by one, and keeps none: memory does not depend on their number.</summary>
    /// <remarks>Cost: one thread; memory for the depth of the recursion only. Regions come in the order of <see cref="Cut"/>: what a stopped stream has passed on are the first of them.</remarks>
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
        var limits = new CutLimits(options.MaxRegions == int.MaxValue ? long.MaxValue : options.MaxRegions, options.TimeLimit, run);
        (slice, double shiftX, double shiftY) = Near(slice, options.Certified);
        CenterValues? center = Center(slice);
        Cell root = Root(slice, center is not null);
        Rounding rounding = Rounding.Of(_folded, slice, options.Certified, center is not null);
        CellCutter cutter = _pool.RentCutter().Begin(slice, options, limits, rounding, center);
        double domain = Polygons.Area(slice.Domain);
        var tally = new AreaTally(domain, run);
        double[] x = new double[16], y = new double[16];
        cutter.Streamed = cell =>
        {
            double area = Math.Max(cell.Area(), 0);
            if (x.Length < cell.Corners)
                (x, y) = (new double[2 * cell.Corners], new double[2 * cell.Corners]);
            for (int i = 0; i < cell.Corners; i++)
                (x[i], y[i]) = (cell.Polygon[i].X + shiftX, cell.Polygon[i].Y + shiftY);
            visitor(new RegionView
            {
                Index = tally.Regions,
                X = x.AsSpan(0, cell.Corners),
                Y = y.AsSpan(0, cell.Corners),
                Area = area,
                Class = cutter.ClassOf(cell),
                SlopeNorm = cutter.SlopeNormOf(cell),
                CodeHash = cell.Hash,
            });
            tally.Add(area);
        };
        AddSides(slice, root, cutter.Lines);
        RegionBuffer unused = _pool.RentBuffer(0);
        cutter.Run(root, 0, cutter.Lines, unused);
        _pool.Return(unused);
        Status status = !cutter.Stopped ? Status.Complete : run.Cancellation.IsCancellationRequested ? Status.Interrupted : Status.BudgetExhausted;
        if (status == Status.Complete)
            Verify(tally.Area, domain, slice);
        tally.Report();
        var cost = new Cost(run.Clock.GetElapsedTime(start).TotalSeconds, cutter.Flops, GC.GetTotalMemory(false));
        _pool.Return(cutter);
        return new PartitionTotals(tally.Regions, tally.Area, domain, status, cost) { Exactness = rounding.IsProved ? Exactness.Certified : Exactness.Exact };
    }
}
