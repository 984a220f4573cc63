using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Finds the regions of the parts of a cut on several threads, and passes them on in order on the calling one.</summary>
/// <remarks>
/// The caller works too: on the part that is due, whose regions it passes on at once, or ahead while another thread is on that. Parts are
/// taken in order, so that a due part that nobody has taken is the next one; whoever works on the due part never waits for room.
/// </remarks>
internal sealed class StreamWork(CutTerms terms, List<CutTree.Node> parts, CutPool pool)
{
    // Regions that may wait to be passed on, about 300 bytes each.
    private const int MostWaiting = 1 << 16;

    private readonly object _gate = new();
    private readonly Part[] _parts = [.. parts.Select(_ => new Part())];
    private Func<RegionBuffer, bool> _pass = null!;
    private int _next, _due, _waiting;
    private bool _isWanted = true, _hasEnded;

    /// <summary>Floating-point operations of all threads.</summary>
    public double Flops { get; private set; }

    /// <summary>Finds the regions of all parts.</summary>
    /// <param name="threads">Number of threads, the caller among them.</param>
    /// <param name="pass">Takes regions, in order, on the calling thread, until it answers false.</param>
    /// <returns>Whether all were found and passed on.</returns>
    public bool Run(int threads, Func<RegionBuffer, bool> pass)
    {
        _pass = pass;
        Workers.Run(Math.Clamp(threads, 1, parts.Count), worker =>
        {
            try
            {
                CellCutter cutter = pool.RentCutter().Begin(terms);
                if (worker == 0)
                    Lead(cutter);
                else
                    Help(cutter);
                lock (_gate)
                    Flops += cutter.Flops;
                cutter.Flush = null;
                pool.Return(cutter);
            }
            finally
            {
                if (worker == 0)
                    End();
            }
        });
        return _isWanted && _due == parts.Count;
    }

    private void Lead(CellCutter cutter)
    {
        while (PassReady() && _due < parts.Count)
        {
            int mine = Take(waits: false);
            if (mine >= 0)
                Work(cutter, mine, buffer => LeadOn(mine, buffer));
            else
                AwaitDue();
        }
    }

    private void Help(CellCutter cutter)
    {
        for (int mine; (mine = Take(waits: true)) >= 0;)
            Work(cutter, mine, buffer => Store(mine, buffer, waits: true));
    }

    // The next part, unless enough regions wait already or none is left.
    private int Take(bool waits)
    {
        lock (_gate)
        {
            while (waits && !_hasEnded && _next != _due && _waiting >= MostWaiting)
                Monitor.Wait(_gate);
            return _hasEnded || _next == parts.Count || (_next != _due && _waiting >= MostWaiting) ? -1 : _next++;
        }
    }

    private void Work(CellCutter cutter, int part, Func<RegionBuffer, RegionBuffer> flush)
    {
        bool isComplete = false;
        try
        {
            cutter.Flush = flush;
            cutter.Restore(parts[part].State);
            cutter.Run(parts[part].Cell, parts[part].NewFrom, parts[part].Lines, pool.RentBuffer(0));
            pool.Return(cutter.Buffer);
            isComplete = !cutter.Stopped;
        }
        finally
        {
            lock (_gate)
            {
                (_parts[part].IsFinished, _parts[part].IsComplete) = (true, isComplete);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private RegionBuffer LeadOn(int part, RegionBuffer buffer)
    {
        if (part == _due && _parts[part].Found.Count == 0)
        {
            PassOn(buffer);
            return buffer;
        }
        RegionBuffer next = Store(part, buffer, waits: false);
        PassReady();
        return next;
    }

    // Keeps regions for when they are due, and gives room for further ones.
    private RegionBuffer Store(int part, RegionBuffer buffer, bool waits)
    {
        lock (_gate)
        {
            _parts[part].Found.Enqueue(buffer);
            _waiting += buffer.Regions;
            Monitor.PulseAll(_gate);
            while (waits && !_hasEnded && part != _due && _waiting >= MostWaiting)
                Monitor.Wait(_gate);
        }
        return pool.RentBuffer(0);
    }

    // Passes on what is due and found; false when no more is wanted or a part was not finished.
    private bool PassReady()
    {
        while (true)
        {
            RegionBuffer? found;
            lock (_gate)
            {
                while (_due < parts.Count && _parts[_due] is { IsFinished: true, IsComplete: true, Found.Count: 0 })
                {
                    _due++;
                    Monitor.PulseAll(_gate);
                }
                if (_hasEnded)
                    return false;
                if (_due == parts.Count || !_parts[_due].Found.TryDequeue(out found))
                    return _due == parts.Count || !_parts[_due].IsFinished;
                _waiting -= found.Regions;
                Monitor.PulseAll(_gate);
            }
            PassOn(found);
            pool.Return(found);
        }
    }

    private void PassOn(RegionBuffer found)
    {
        if (_isWanted && _pass(found))
            return;
        _isWanted = false;
        End();
    }

    private void AwaitDue()
    {
        lock (_gate)
        {
            while (_parts[_due] is { IsFinished: false, Found.Count: 0 })
                Monitor.Wait(_gate);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.PulseAll(_gate);
        }
        terms.Limits.Stop();
    }

    private sealed class Part
    {
        public Queue<RegionBuffer> Found { get; } = [];

        public bool IsFinished { get; set; }

        public bool IsComplete { get; set; }
    }
}
