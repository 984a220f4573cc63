using Crease.Numerics;

namespace Crease.Models;

/// <summary>Draws rows without replacement.</summary>
internal static class RandomRows
{
    /// <summary>Some of the numbers 0 to <paramref name="count"/> - 1, ascending (the first steps of Fisher and Yates' shuffle).</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="wanted">How many to draw; all where there are fewer.</param>
    /// <param name="random">Source of the draw.</param>
    public static int[] Of(int count, int wanted, RandomSource random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        wanted = Math.Min(wanted, count);
        for (int i = 0; i < wanted; i++)
        {
            int other = i + random.Index(count - i);
            (order[i], order[other]) = (order[other], order[i]);
        }
        int[] drawn = order[..wanted];
        Array.Sort(drawn);
        return drawn;
    }
}
