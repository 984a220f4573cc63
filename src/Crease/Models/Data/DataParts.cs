using Crease.Numerics;

namespace Crease.Models;

/// <summary>What to train on and what to test with.</summary>
/// <param name="Train">The training part, or all rows of a source without parts.</param>
/// <param name="Test">The test part, or null where the source has none.</param>
public sealed record DataParts(DataSet Train, DataSet? Test)
{
    /// <summary>Splits a set at random; both parts keep the order of the rows.</summary>
    /// <remarks>
    /// The test part has round(fraction * rows) rows, at least one and not all. With labels and <paramref name="isStratified"/>, each class gives
    /// its share of them, rounded down or up (largest remainders first, then smaller labels).
    /// </remarks>
    /// <param name="data">At least two rows.</param>
    /// <param name="testFraction">Share of the rows to test with, in (0, 1).</param>
    /// <param name="seed">Seed of the split; results depend on nothing else.</param>
    /// <param name="isStratified">Whether each class is split in the same proportion; sets without labels are split as one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testFraction"/> is not in (0, 1).</exception>
    /// <exception cref="ModelException">There is one row only.</exception>
    public static DataParts Split(DataSet data, double testFraction, ulong seed, bool isStratified = true)
    {
        if (!(testFraction is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, $"'testFraction' is {testFraction}; expected a number in (0, 1).");
        int count = data.Count;
        if (count < 2)
            throw new ModelException(data.Name, "has one row; a split into two parts needs two");
        int[][] strata = isStratified && data.Labels is not null ? [.. DataSet.Strata(data.Labels)] : [[.. Enumerable.Range(0, count)]];
        int[] wanted = Quotas(strata, testFraction, Math.Clamp((int)Math.Round(testFraction * count), 1, count - 1));
        var random = new RandomSource(seed);
        var isTest = new bool[count];
        for (int s = 0; s < strata.Length; s++)
        {
            foreach (int at in RandomRows.Of(strata[s].Length, wanted[s], random))
                isTest[strata[s][at]] = true;
        }
        return new DataParts(
            data.Rows([.. Enumerable.Range(0, count).Where(row => !isTest[row])]),
            data.Rows([.. Enumerable.Range(0, count).Where(row => isTest[row])]));
    }

    private static int[] Quotas(int[][] strata, double fraction, int total)
    {
        double[] shares = Array.ConvertAll(strata, rows => fraction * rows.Length);
        int[] quotas = Array.ConvertAll(shares, share => (int)share);
        // Each remainder is below 1, so that there are at least as many of them as rows left to give.
        int left = total - quotas.Sum();
        foreach (int s in Enumerable.Range(0, strata.Length).OrderByDescending(s => shares[s] - quotas[s]).Take(left))
            quotas[s]++;
        return quotas;
    }
}
