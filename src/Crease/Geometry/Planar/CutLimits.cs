namespace Crease.Geometry;

/// <summary>When to stop before everything is found, and how far all workers are together.</summary>
internal sealed class CutLimits(int maxRegions, CancellationToken cancellation)
{
    private int _ticks;

    /// <summary>Whether one worker, which has found so many regions, must stop.</summary>
    public bool IsReached(int regions) => regions >= maxRegions || ((++_ticks & 63) == 0 && cancellation.IsCancellationRequested);
}
