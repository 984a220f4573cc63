namespace Crease.Tests.Corpus;

/// <summary>A clock on which a millisecond passes each time it is read.</summary>
public sealed class SteppingClock : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => Interlocked.Increment(ref _milliseconds);
}
