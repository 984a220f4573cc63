using System.Runtime.ExceptionServices;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Refines a domain on several threads: first into parts, one by one, then the parts independently; results keep the parts' order.</summary>
internal sealed class VolumeWork<TSink>(VolumeNetwork network, RootReduction root, Func<ExactPlanes> exact, Func<TSink> sinks, int maxRegions, RunContext run)
    where TSink : class, IVolumeSink
{
    private const int Parts = 96;
    private const int StackBytes = 256 << 20;

    private readonly Lock _gate = new();
    private readonly List<Part> _parts = [];
    private ExceptionDispatchInfo? _failure;
    private int _next = -1;
    private long _found;
    private double _done, _total;

    public Status Status { get; private set; }

    public long ExactDecisions { get; private set; }

    public double Flops { get; private set; }

    /// <summary>Refines a cell completely.</summary>
    /// <returns>What each part found, in order; fewer than all when a limit was reached.</returns>
    public List<TSink> Run(VolumeCell domain)
    {
        _total = domain.Shape.Volume();
        _parts.Add(new Part { Cell = domain, Sink = sinks() });
        OnThreads(1, Expand);
        OnThreads(Math.Clamp(run.Threads, 1, _parts.Count), Work);
        return Gather();
    }

    // Exact rows recurse through the nodes of a network, so stacks are deep.
    private void OnThreads(int count, Action work)
    {
        var workers = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            workers[i] = new Thread(() => Guarded(work), StackBytes) { IsBackground = true };
            workers[i].Start();
        }
        foreach (Thread worker in workers)
            worker.Join();
        _failure?.Throw();
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    // Whole rounds, so that the parts do not depend on the number of threads.
    private void Expand()
    {
        ExactPlanes signs = exact();
        var cutter = new VolumeCutter(network, root, signs);
        bool grew = true;
        while (grew && _parts.Count < Parts && !run.Cancellation.IsCancellationRequested)
        {
            grew = false;
            for (int p = 0; p < _parts.Count; p++)
            {
                if (_parts[p].Cell is not VolumeCell cell)
                    continue;
                if (cutter.Step(cell, _parts[p].Sink) is not (VolumeCell first, VolumeCell second))
                {
                    _parts[p].Cell = null;
                    continue;
                }
                _parts[p] = new Part { Cell = first, Sink = _parts[p].Sink };
                _parts.Insert(++p, new Part { Cell = second, Sink = sinks() });
                grew = true;
            }
        }
        (ExactDecisions, Flops) = (signs.Count, cutter.Flops);
    }

    private void Work()
    {
        ExactPlanes signs = exact();
        var cutter = new VolumeCutter(network, root, signs);
        var open = new Stack<VolumeCell>();
        int mine;
        while (_failure is null && (mine = Interlocked.Increment(ref _next)) < _parts.Count)
        {
            Part part = _parts[mine];
            if (IsEnough(mine))
                part.IsCut = true;
            else if (part.Cell is VolumeCell cell)
                Finish(part, cell, cutter, open);
            part.IsDone = true;
        }
        lock (_gate)
        {
            ExactDecisions += signs.Count;
            Flops += cutter.Flops;
        }
    }

    private void Finish(Part part, VolumeCell cell, VolumeCutter cutter, Stack<VolumeCell> open)
    {
        double volume = cell.Shape.Volume();
        open.Clear();
        open.Push(cell);
        part.Cell = null;
        while (open.TryPop(out VolumeCell? at))
        {
            if (part.Sink.Regions > maxRegions || run.Cancellation.IsCancellationRequested)
            {
                part.IsCut = true;
                break;
            }
            if (cutter.Step(at, part.Sink) is (VolumeCell first, VolumeCell second))
            {
                open.Push(second);
                open.Push(first);
            }
        }
        lock (_gate)
        {
            _found += part.Sink.Regions;
            _done += volume;
            run.Progress?.Report(new Progress(Math.Min(1, _done / _total), _found));
        }
    }

    private bool IsEnough(int part)
    {
        long regions = 0;
        for (int p = 0; p < part && _parts[p].IsDone; p++)
        {
            regions += _parts[p].Sink.Regions;
            if (regions > maxRegions)
                return true;
        }
        return false;
    }

    private List<TSink> Gather()
    {
        // A worker stops only after one region too many, so that the status does not depend on who stopped.
        long regions = _parts.Sum(part => (long)part.Sink.Regions);
        Status = regions > maxRegions ? Status.BudgetExhausted : _parts.Exists(part => part.IsCut) ? Status.Interrupted : Status.Complete;
        if (Status != Status.BudgetExhausted)
            return [.. _parts.Select(part => part.Sink)];
        var kept = new List<TSink>();
        for (int p = 0, found = 0; found < maxRegions; p++)
        {
            kept.Add(_parts[p].Sink);
            found += _parts[p].Sink.Regions;
        }
        return kept;
    }

    private sealed class Part
    {
        public VolumeCell? Cell { get; set; }

        public required TSink Sink { get; init; }

        public bool IsCut { get; set; }

        public volatile bool IsDone;
    }
}
