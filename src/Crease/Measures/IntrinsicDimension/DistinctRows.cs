using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Which rows repeat no earlier one.</summary>
internal static class DistinctRows
{
    /// <summary>The first of each set of equal rows, in order.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="among">Which of them are looked at.</param>
    public static int[] Of(IReadOnlyList<double[]> rows, int[] among)
    {
        var seen = new HashSet<int>(among.Length, new RowComparer(rows));
        return [.. among.Where(seen.Add)];
    }

    /// <summary>The error that names the first row that repeats another.</summary>
    public static ArgumentException Refusal(IReadOnlyList<double[]> rows, int[] among, int[] kept)
    {
        var comparer = new RowComparer(rows);
        int second = among.Except(kept).First(), first = kept.First(i => comparer.Equals(i, second));
        return new ArgumentException($"Row {second} repeats row {first}, one of {among.Length - kept.Length} such rows; expected different rows, or remove duplicates.");
    }

    private sealed class RowComparer(IReadOnlyList<double[]> rows) : IEqualityComparer<int>
    {
        // Numbers, not bits: 0 and -0 are equal.
        public bool Equals(int a, int b) => rows[a].AsSpan().SequenceEqual(rows[b]);

        public int GetHashCode(int row)
        {
            ulong hash = 0;
            foreach (double value in rows[row])
                hash = RandomSource.Scrambled(hash ^ BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value));
            return (int)(hash ^ (hash >> 32));
        }
    }
}
