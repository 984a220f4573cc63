using System.Runtime.InteropServices;

namespace Crease.Measures;

/// <summary>The time one core needs to write a result down at all: the other limit that exact cutting is compared with.</summary>
/// <remarks>A partition of so many bytes cannot be made faster than so many bytes can be written. Exactness: measured.</remarks>
public static class OutputLimit
{
    /// <summary>Bytes per second that one core writes into memory in order: the best of several rounds.</summary>
    /// <param name="clock">Time source.</param>
    public static double Rate(TimeProvider clock)
    {
        var memory = new double[1 << 23];
        double best = double.PositiveInfinity;
        for (int round = 0; round < 7; round++)
        {
            long start = clock.GetTimestamp();
            memory.AsSpan().Fill(round);
            best = Math.Min(best, clock.GetElapsedTime(start).TotalSeconds);
        }
        return MemoryMarshal.AsBytes(memory.AsSpan()).Length / best;
    }
}
