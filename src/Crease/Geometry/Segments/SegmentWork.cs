using System.Runtime.ExceptionServices;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Cuts a segment into parts of similar size, finishes them on several threads and puts the results together in order.</summary>
/// <remarks>The same parts are made for any number of threads: the result does not depend on it.</remarks>
internal sealed class SegmentWork(SegmentPlan plan, Slice slice, CutOptions options, int maxRegions, RunContext run)
{
    // Enough parts for an even load, few enough that what each of them computes again does not count.
    private const int Enough = 32;
    private const int Most = 64;

    private readonly SegmentLimits _limits = new(maxRegions, slice.Domain[1] - slice.Domain[0], run);
    private readonly Lock _gate = new();
    private int _next = -1;
    private ExceptionDispatchInfo? _failure;

    public long ExactDecisions { get; private set; }

    public double Flops { get; private set; }

    /// <summary>All regions in order, at most so many, and whether these are all.</summary>
    public (SegmentBuffer Regions, Status Status) Run()
    {
        var cutter = new SegmentCutter(plan, slice, options, _limits);
        List<SegmentPart> parts = Parts(cutter);
        var buffers = new SegmentBuffer?[parts.Count];
        long bytes = Math.Max(1, plan.WorkerBytes);
        var others = new Thread[Math.Clamp(Math.Min(run.Threads, run.MemoryBudget / 2 / bytes), 1, parts.Count) - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() => Work(null, parts, buffers)) { IsBackground = true };
            others[i].Start();
        }
        Work(cutter, parts, buffers);
        foreach (Thread other in others)
            other.Join();
        _failure?.Throw();
        return Gather(buffers);
    }

    // Opens intervals stage by stage until there are enough; the last stage's intervals are grouped.
    private static List<SegmentPart> Parts(SegmentCutter cutter, List<SegmentPart> intervals, int stages)
    {
        while (true)
        {
            int[] counts = [.. intervals.Select(interval => interval.Stage < stages ? cutter.CountOf(interval) : 1)];
            int total = counts.Sum(), size = (total + Most - 1) / Most;
            if (total < Enough && intervals[0].Stage + 1 < stages)
            {
                intervals = [.. intervals.SelectMany(cutter.Open)];
                continue;
            }
            return [.. intervals.SelectMany((interval, i) => Enumerable.Range(0, (counts[i] + size - 1) / size).Select(part => interval with { First = part * size, Count = size }))];
        }
    }

    private List<SegmentPart> Parts(SegmentCutter cutter)
    {
        SegmentPoint from = End(slice.Domain[0]), to = End(slice.Domain[1]);
        return Parts(cutter, [new SegmentPart(0, from, to, new SegmentCode([], [], 0))], plan.Folded.Stages.Length);

        static SegmentPoint End(double at) => new() { At = at, Exact = new Ratio(at, 1) };
    }

    private void Work(SegmentCutter? cutter, List<SegmentPart> parts, SegmentBuffer?[] buffers)
    {
        try
        {
            cutter ??= new SegmentCutter(plan, slice, options, _limits);
            for (int mine; (mine = Interlocked.Increment(ref _next)) < parts.Count && _failure is null && !IsBeyond(buffers, mine);)
                Volatile.Write(ref buffers[mine], cutter.Run(parts[mine]));
            lock (_gate)
                (ExactDecisions, Flops) = (ExactDecisions + cutter.ExactDecisions, Flops + cutter.Flops);
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
        SegmentBuffer all = buffers[0] ?? new SegmentBuffer();
        bool complete = all.IsComplete;
        for (int p = 1; p < buffers.Length && complete && all.Regions <= maxRegions; p++)
        {
            complete = buffers[p] is { IsComplete: true };
            if (buffers[p] is SegmentBuffer part)
                all.Append(part, plan.Folded);
        }
        complete &= all.Regions <= maxRegions;
        all.Truncate(maxRegions, plan.Folded.Outputs);
        return (all, complete ? Status.Complete : run.Cancellation.IsCancellationRequested && all.Regions < maxRegions ? Status.Interrupted : Status.BudgetExhausted);
    }
}
