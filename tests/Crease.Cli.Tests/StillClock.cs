namespace Crease.Cli.Tests;

/// <summary>A clock that stands still unless told.</summary>
internal sealed class StillClock : TimeProvider
{
    public double Seconds { get; set; }

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => (long)(1e6 * Seconds);
}
