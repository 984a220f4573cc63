using System.Runtime.ExceptionServices;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Finishes the parts of a cut on several threads and puts their results together in order.</summary>
internal sealed class CutWork(FoldedNetwork folded, Slice slice, CutOptions options, CutLimits limits, List<CutTree.Node> parts, bool keepMaps, RunContext run)
{
    private readonly RegionBuffer?[] _buffers = new RegionBuffer?[parts.Count];
    private readonly Lock _gate = new();
    private readonly double _area = parts.Sum(part => part.Cell.Area());
    private int _next = -1;
    private long _found;
    private double _done;
    private ExceptionDispatchInfo? _failure;

    public bool KeepsMaps { get; private set; } = keepMaps;

    public long ExactDecisions { get; private set; }

    public double Flops { get; private set; }

    /// <summary>Runs all parts; threads get stacks for deep recursion, the calling one waits.</summary>
    public void Run(int stackBytes)
    {
        int threads = Math.Clamp(run.Threads, 1, parts.Count);
        var workers = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            workers[i] = new Thread(Work, stackBytes) { IsBackground = true };
            workers[i].Start();
        }
        foreach (Thread worker in workers)
            worker.Join();
        _failure?.Throw();
    }

    /// <summary>All parts as one buffer, in order, with at most so many regions.</summary>
    public RegionBuffer Gather(int maxRegions, out Status status)
    {
        status = run.Cancellation.IsCancellationRequested && parts.Any(part => !part.IsComplete) ? Status.Interrupted : Status.Complete;
        long regions = 0, halfEdges = 0, segments = 0;
        int used = 0;
        for (; used < parts.Count && regions < maxRegions; used++)
        {
            RegionBuffer? part = _buffers[used];
            regions += part?.Regions ?? 0;
            halfEdges += part?.HalfEdges ?? 0;
            segments += part?.Segments ?? 0;
        }
        if (status == Status.Complete && (regions > maxRegions || used < parts.Count || parts.Any(part => !part.IsComplete)))
            status = Status.BudgetExhausted;
        var all = new RegionBuffer(checked((int)regions), checked((int)halfEdges), checked((int)segments), KeepsMaps ? 3 * folded.Outputs : 0);
        for (int p = 0; p < parts.Count; p++)
        {
            parts[p].FirstHalfEdge = all.HalfEdges;
            if (p >= used || _buffers[p] is not RegionBuffer part)
            {
                parts[p].IsComplete = false;
                parts[p].Cell.Head.AsSpan().Fill(-1);
                continue;
            }
            all.Append(part, KeepsMaps ? 3 * folded.Outputs : 0);
            _buffers[p] = null;
        }
        return all;
    }

    private void Work()
    {
        try
        {
            var cutter = new CellCutter(folded, slice, options, limits) { KeepMaps = KeepsMaps };
            int mine;
            while (_failure is null && (mine = Interlocked.Increment(ref _next)) < parts.Count)
            {
                CutTree.Node part = parts[mine];
                if (IsEnough(mine))
                {
                    part.IsComplete = false;
                    continue;
                }
                cutter.KeepMaps = KeepsMaps;
                cutter.Restore(part.State);
                _buffers[mine] = cutter.Run(part.Cell, part.NewFrom);
                part.IsComplete = !cutter.Stopped;
                Report(part, _buffers[mine]!);
            }
            lock (_gate)
            {
                ExactDecisions += cutter.ExactDecisions;
                Flops += cutter.Flops;
            }
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    // Whether the parts before this one are finished and already hold as many regions as were asked for.
    private bool IsEnough(int part)
    {
        long regions = 0;
        for (int p = 0; p < part && _buffers[p] is RegionBuffer buffer; p++)
        {
            regions += buffer.Regions;
            if (regions >= options.MaxRegions)
                return true;
        }
        return false;
    }

    private void Report(CutTree.Node part, RegionBuffer buffer)
    {
        lock (_gate)
        {
            _found += buffer.Regions;
            _done += part.Cell.Area();
            long bytes = 8L * 3 * folded.Outputs * _found;
            if (bytes > run.MemoryBudget / 4)
                KeepsMaps = false;
            run.Progress?.Report(new Progress(_done / _area, _found));
        }
    }
}
