namespace Crease.Tests.Corpus;

/// <summary>A clock on which time passes each time it is read.</summary>
/// <param name="step">Milliseconds that pass.</param>
public sealed class SteppingClock(int step = 1) : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => Interlocked.Add(ref _milliseconds, step);
}
