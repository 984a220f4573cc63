using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Different points drawn at random.</summary>
internal static class RandomPoints
{
    /// <summary>So many of the points 0 to count - 1, ascending; all where there are no more.</summary>
    public static int[] Of(int count, int size, ulong seed)
    {
        int[] order = Shuffled(count, seed), drawn = order[..Math.Min(size, count)];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>0 to count - 1 in random order.</summary>
    public static int[] Shuffled(int count, ulong seed)
    {
        var random = new RandomSource(seed);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.Index(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }
}
