using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>When all workers stop before everything is found.</summary>
/// <param name="maxRegions">Largest number of regions of one worker.</param>
/// <param name="timeLimit">Longest time from now on, or null.</param>
/// <param name="run">Cancellation and clock.</param>
internal sealed class CutLimits(long maxRegions, TimeSpan? timeLimit, RunContext run)
{
    private readonly long _start = run.Clock.GetTimestamp();
    private volatile bool _isStopped;

    /// <summary>Makes all workers stop.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Whether one worker, which has found so many regions, must stop.</summary>
    public bool IsReached(long regions) => regions >= maxRegions || _isStopped || run.Cancellation.IsCancellationRequested || IsLate();

    // Asked once per region: reading the clock is cheap beside finding one, and slow networks stop in time too.
    private bool IsLate() => timeLimit is TimeSpan limit && run.Clock.GetElapsedTime(_start) >= limit;
}
