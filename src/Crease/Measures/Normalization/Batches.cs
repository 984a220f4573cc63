using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Batches of data as one array.</summary>
internal static class Batches
{
    /// <summary>Rows one after another. Shape [count, inputs].</summary>
    public static double[] Joined(IReadOnlyList<double[]> rows)
    {
        Check(rows);
        int size = rows.Count == 0 ? 0 : rows[0].Length;
        var joined = new double[(long)rows.Count * size];
        for (int row = 0; row < rows.Count; row++)
            rows[row].CopyTo(joined, row * size);
        return joined;
    }

    /// <summary>Refuses rows of different lengths and numbers that are not finite.</summary>
    /// <exception cref="ArgumentException">The first such row or number; the message names it.</exception>
    public static void Check(IReadOnlyList<double[]> rows)
    {
        int size = rows.Count == 0 ? 0 : rows[0].Length;
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row].Length != size)
                throw new ArgumentException($"'inputs' has {rows[row].Length} numbers in row {row}; row 0 has {size}.", nameof(rows));
            int bad = Array.FindIndex(rows[row], value => !double.IsFinite(value));
            if (bad >= 0)
                throw new ArgumentException(FormattableString.Invariant($"'inputs' holds {rows[row][bad]} in row {row} at index {bad}; expected finite numbers."), nameof(rows));
        }
    }

    /// <summary>How many of some rows all values of a network can be kept for: as many as take 512 MiB, at least 2.</summary>
    public static int Room(Network network, int count) => (int)Math.Clamp((1L << 26) / network.Nodes.Sum(node => (long)node.Shape.Size), Math.Min(2, count), count);

    /// <summary>Rows drawn with replacement; a function of the seed, the size and the number of the batch.</summary>
    public static double[] Drawn(IReadOnlyList<double[]> rows, int size, ulong seed, int batch)
    {
        var random = new RandomSource(RandomSource.Scrambled(seed) ^ RandomSource.Scrambled(((ulong)size << 32) + (ulong)batch + 1));
        return Joined([.. Enumerable.Range(0, size).Select(_ => rows[random.Index(rows.Count)])]);
    }
}
