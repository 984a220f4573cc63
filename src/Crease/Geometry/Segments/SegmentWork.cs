using System.Runtime.ExceptionServices;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Cuts a segment into parts of similar size, finishes them on several threads and puts the results together in order.</summary>
/// <remarks>The same parts are made for any number of threads: the result does not depend on it.</remarks>
internal sealed class SegmentWork(SegmentPlan plan, Slice slice, CutOptions options, int maxRegions, RunContext run)
{
    // Enough parts for an even load, few enough that what each of them computes afresh does not count. Beside a fresh product of a chain of
    // dense layers even one breakpoint counts, beside one of convolutions hundreds do not.
    private const int Most = 32;
    private const int ChangesPerPart = 512;
    private const int ChangesPerPartOfChains = 4;

    private readonly SegmentLimits _limits = new(maxRegions, slice.Domain[1] - slice.Domain[0], run);
    private readonly Lock _gate = new();
    private int _next = -1;
    private ExceptionDispatchInfo? _failure;

    public long ExactDecisions { get; private set; }

    public double Flops { get; private set; }

    /// <summary>All regions in order, at most so many, and whether these are all.</summary>
    public (SegmentBuffer Regions, Status Status) Run()
    {
        var sweep = new SegmentSweep(plan, slice, options, _limits);
        SegmentPoint[] ends = Ends(sweep);
        var buffers = new SegmentBuffer?[ends.Length - 1];
        long bytes = Math.Max(1, plan.WorkerBytes);
        var others = new Thread[Math.Clamp(Math.Min(run.Threads, run.MemoryBudget / 2 / bytes), 1, buffers.Length) - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() => Work(null, ends, buffers)) { IsBackground = true };
            others[i].Start();
        }
        Work(sweep, ends, buffers);
        foreach (Thread other in others)
            other.Join();
        _failure?.Throw();
        return Gather(buffers);
    }

    // Ends of parts, the same for any number of threads: some of the points at which the first stage changes, so that no region is in two parts.
    private SegmentPoint[] Ends(SegmentSweep sweep)
    {
        SegmentPoint from = End(slice.Domain[0]), to = End(slice.Domain[1]);
        List<SegmentPoint> changes = sweep.FirstChanges(from, to);
        int parts = Math.Clamp(changes.Count / (plan.Folded.Chain is null ? ChangesPerPart : ChangesPerPartOfChains), 1, Most);
        return [from, .. Enumerable.Range(1, parts - 1).Select(part => changes[(int)((long)changes.Count * part / parts)]), to];

        static SegmentPoint End(double at) => new() { At = at, Exact = new Ratio(at, 1) };
    }

    private void Work(SegmentSweep? sweep, SegmentPoint[] ends, SegmentBuffer?[] buffers)
    {
        try
        {
            sweep ??= new SegmentSweep(plan, slice, options, _limits);
            for (int mine; (mine = Interlocked.Increment(ref _next)) < buffers.Length && _failure is null && !IsBeyond(buffers, mine);)
                Volatile.Write(ref buffers[mine], sweep.Run(ends[mine], ends[mine + 1]));
            lock (_gate)
                (ExactDecisions, Flops) = (ExactDecisions + sweep.ExactDecisions, Flops + sweep.Flops);
        }
        catch (Exception failure)
        {
            lock (_gate)
                _failure ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    // Whether finished parts to the left have used up the budget, so that this one would be dropped.
    private bool IsBeyond(SegmentBuffer?[] buffers, int part)
    {
        long regions = 0;
        for (int p = 0; p < part && regions < maxRegions && Volatile.Read(ref buffers[p]) is SegmentBuffer buffer; p++)
            regions += buffer.Regions;
        return regions >= maxRegions;
    }

    private (SegmentBuffer, Status) Gather(SegmentBuffer?[] buffers)
    {
        SegmentBuffer all = buffers[0] ?? new SegmentBuffer(slice.Domain[0], plan.Folded.Outputs);
        bool complete = all.IsComplete;
        for (int p = 1; p < buffers.Length && complete && all.Regions <= maxRegions; p++)
        {
            complete = buffers[p] is { IsComplete: true };
            if (buffers[p] is SegmentBuffer part)
                all.Append(part, plan.Folded);
        }
        complete &= all.Regions <= maxRegions;
        all.Truncate(maxRegions);
        return (all, complete ? Status.Complete : run.Cancellation.IsCancellationRequested && all.Regions < maxRegions ? Status.Interrupted : Status.BudgetExhausted);
    }
}
