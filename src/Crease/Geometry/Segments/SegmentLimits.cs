using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>When to stop before everything is found, and how far all workers are together.</summary>
/// <param name="maxRegions">Largest number of regions of one part.</param>
/// <param name="length">Length of the whole segment.</param>
/// <param name="run">Cancellation and progress.</param>
internal sealed class SegmentLimits(int maxRegions, double length, RunContext run)
{
    private readonly Lock _gate = new();
    private double _done;
    private long _found;

    public bool IsReached(int regions) => regions >= maxRegions || run.Cancellation.IsCancellationRequested;

    public void Report(double covered)
    {
        if (run.Progress is not IProgress<Progress> progress)
            return;
        lock (_gate)
        {
            _done += covered;
            progress.Report(new Progress(Math.Min(1, _done / length), ++_found));
        }
    }
}
