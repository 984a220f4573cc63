using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Test rows of a probe in bins, each row once: its score is the mean over the splits that it did not train.</summary>
internal static class SuccessBins
{
    /// <summary>Most bins.</summary>
    public const int Most = 10;

    /// <summary>Rows of the class by their score, in bins of equal width from 0 to 1.</summary>
    /// <param name="outcomes">The splits.</param>
    /// <param name="truth">Whether a row is of the class. Shape [rows].</param>
    public static ImmutableArray<SuccessBin> ByScore(IReadOnlyList<SplitOutcome> outcomes, bool[] truth)
    {
        (int[] rows, double[] scores) = Scores(outcomes, truth.Length);
        var counts = new (int Count, int Correct)[Most];
        for (int i = 0; i < rows.Length; i++)
        {
            int bin = Math.Clamp((int)(scores[i] * Most), 0, Most - 1);
            counts[bin] = (counts[bin].Count + 1, counts[bin].Correct + (truth[rows[i]] ? 1 : 0));
        }
        return [.. counts.Select((bin, i) => new SuccessBin(i / (double)Most, (i + 1) / (double)Most, bin.Count, bin.Correct))];
    }

    /// <summary>Rows told right at a threshold of one half by their length, in bins of about as many rows; rows of one length share a bin.</summary>
    /// <param name="outcomes">The splits.</param>
    /// <param name="truth">Whether a row is of the class. Shape [rows].</param>
    /// <param name="tokens">Number of tokens. Shape [rows].</param>
    public static ImmutableArray<SuccessBin> ByLength(IReadOnlyList<SplitOutcome> outcomes, bool[] truth, int[] tokens)
    {
        (int[] rows, double[] scores) = Scores(outcomes, truth.Length);
        (int Length, bool IsRight)[] told = [.. rows.Select((row, i) => (tokens[row], scores[i] >= 0.5 == truth[row])).OrderBy(item => item.Item1)];
        var bins = new List<SuccessBin>();
        for (int start = 0, end; start < told.Length; start = end)
        {
            // What is left is shared evenly by the bins that are left.
            end = start + Math.Max(1, (told.Length - start) / Math.Max(1, Most - bins.Count));
            while (end < told.Length && told[end].Length == told[end - 1].Length)
                end++;
            bins.Add(new SuccessBin(told[start].Length, told[end - 1].Length, end - start, told[start..end].Count(item => item.IsRight)));
        }
        return [.. bins];
    }

    private static (int[] Rows, double[] Scores) Scores(IReadOnlyList<SplitOutcome> outcomes, int rows)
    {
        var sums = new double[rows];
        var counts = new int[rows];
        foreach (SplitOutcome outcome in outcomes)
        {
            for (int i = 0; i < outcome.Rows.Length; i++)
            {
                sums[outcome.Rows[i]] += outcome.Scores[i];
                counts[outcome.Rows[i]]++;
            }
        }
        int[] tested = [.. Enumerable.Range(0, rows).Where(row => counts[row] > 0)];
        return (tested, Array.ConvertAll(tested, row => sums[row] / counts[row]));
    }
}
