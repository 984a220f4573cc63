using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Finishes the parts of a cut on several threads.</summary>
internal sealed class CutWork(FoldedNetwork folded, CutTerms terms, List<CutTree.Node> parts, CutPool pool, RunContext run)
{
    private readonly PartMesh?[] _meshes = new PartMesh?[parts.Count];
    private readonly Lock _gate = new();
    private readonly double _area = parts.Sum(part => part.Cell.Area());
    private volatile bool _keepMaps = folded.Outputs <= 64 && run.MemoryBudget >= 1 << 20;
    private volatile bool _failed;
    private int _next = -1;
    private long _found;
    private double _done;

    public bool KeepsMaps => _keepMaps;

    public int MapLength => 3 * folded.Outputs;

    public long ExactDecisions { get; private set; }

    public double Flops { get; private set; }

    /// <summary>Runs all parts.</summary>
    public void Run() => Workers.Run(Math.Clamp(run.Threads, 1, parts.Count), _ => Work());

    /// <summary>The meshes of the parts that count, in order, with at most so many regions.</summary>
    public List<PartMesh> Gather(int maxRegions, out Status status)
    {
        bool complete = parts.TrueForAll(part => part.IsComplete);
        status = complete ? Status.Complete : run.Cancellation.IsCancellationRequested ? Status.Interrupted : Status.BudgetExhausted;
        var meshes = new List<PartMesh>();
        long regions = 0;
        for (int p = 0; p < parts.Count; p++)
        {
            if (_meshes[p] is not PartMesh mesh || regions >= maxRegions)
            {
                parts[p].IsComplete = false;
                parts[p].Mesh = null;
                if (_meshes[p] is { Buffer.Regions: > 0 } && status == Status.Complete)
                    status = Status.BudgetExhausted;
                continue;
            }
            if (regions + mesh.Buffer.Regions > maxRegions)
            {
                mesh.Buffer.Truncate((int)(maxRegions - regions));
                parts[p].IsComplete = false;
                parts[p].Cell.ClearChains();
                mesh = new PartMesh(mesh.Buffer, parts[p].Cell);
                if (status == Status.Complete)
                    status = Status.BudgetExhausted;
            }
            regions += mesh.Buffer.Regions;
            parts[p].Mesh = mesh;
            meshes.Add(mesh);
        }
        return meshes;
    }

    private void Work()
    {
        try
        {
            CellCutter cutter = pool.RentCutter().Begin(terms);
            int mine;
            while (!_failed && (mine = Interlocked.Increment(ref _next)) < parts.Count)
            {
                CutTree.Node part = parts[mine];
                // What is over is not begun: even the first region of a part may take long.
                if (IsEnough(mine) || mine > 0 && terms.Limits.IsReached(0))
                {
                    part.IsComplete = false;
                    continue;
                }
                RegionBuffer buffer = pool.RentBuffer(_keepMaps ? MapLength : 0);
                cutter.Restore(part.State);
                cutter.Run(part.Cell, part.NewFrom, part.Lines, buffer);
                part.IsComplete = !cutter.Stopped;
                _meshes[mine] = new PartMesh(buffer, part.Cell);
                Report(part, buffer);
            }
            lock (_gate)
            {
                ExactDecisions += cutter.ExactDecisions;
                Flops += cutter.Flops;
            }
            pool.Return(cutter);
        }
        catch
        {
            _failed = true;
            throw;
        }
    }

    // Whether the parts before this one are finished and already hold as many regions as were asked for.
    private bool IsEnough(int part)
    {
        long regions = 0;
        for (int p = 0; p < part && _meshes[p] is PartMesh mesh; p++)
        {
            regions += mesh.Buffer.Regions;
            if (regions >= terms.Options.MaxRegions)
                return true;
        }
        return false;
    }

    private void Report(CutTree.Node part, RegionBuffer buffer)
    {
        lock (_gate)
        {
            _found += buffer.Regions;
            _done += part.Area;
            if (8L * MapLength * _found > run.MemoryBudget / 4)
                _keepMaps = false;
            run.Progress?.Report(new Progress(_done / _area, _found));
        }
    }
}
