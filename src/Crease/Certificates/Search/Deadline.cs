using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>When to stop: a time limit on the clock of the run, or its cancellation.</summary>
internal sealed class Deadline(double seconds, RunContext run)
{
    private readonly long _start = run.Clock.GetTimestamp();

    public double Elapsed => run.Clock.GetElapsedTime(_start).TotalSeconds;

    public bool IsOver
    {
        get
        {
            run.Cancellation.ThrowIfCancellationRequested();
            return Elapsed >= seconds;
        }
    }
}
