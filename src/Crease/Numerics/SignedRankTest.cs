namespace Crease.Numerics;

/// <summary>Wilcoxon's signed-rank test of paired numbers: whether differences are as often and as far above zero as below.</summary>
/// <remarks>
/// Notation: W+ ↔ <see cref="Above"/>, W- ↔ <see cref="Below"/>. Differences of zero are left out; equal sizes share the mean of their ranks. Source: <c>wilcoxon1945individual</c>; zeros and ties as in
/// <c>pratt1981concepts</c>, chapter 3. Cost: that of sorting, and n³ / 2 additions for up to <see cref="MostExact"/> pairs. Exactness: exact up to rounding for so many pairs, ties included (all signs of the given ranks
/// are equally likely); else the normal distribution with the variance that ties leave and a continuity correction of one half.
/// </remarks>
/// <param name="Pairs">Number of differences that are not zero.</param>
/// <param name="Zeros">Number of differences of zero.</param>
/// <param name="Above">Sum of the ranks of positive differences.</param>
/// <param name="Below">Sum of the ranks of negative differences.</param>
/// <param name="PValue">Two-sided: how often signs by chance are as uneven; 1 where all differences are zero. In [0, 1].</param>
/// <param name="IsExact">Whether all signs were counted.</param>
public readonly record struct SignedRankTest(int Pairs, int Zeros, double Above, double Below, double PValue, bool IsExact)
{
    /// <summary>Up to so many pairs all signs are counted.</summary>
    public const int MostExact = 60;

    /// <summary>The smaller of both sums, the statistic of published tables.</summary>
    public double Statistic => Math.Min(Above, Below);

    /// <summary>The matched-pairs rank correlation (W+ - W-) / (W+ + W-): 1 where every difference is positive, -1 where every one is negative, 0 where all are zero. In [-1, 1].</summary>
    public double Effect => Pairs == 0 ? 0 : (Above - Below) / (Above + Below);

    /// <summary>Tests differences of pairs.</summary>
    /// <param name="differences">First minus second number of each pair, finite. Shape [pairs].</param>
    /// <exception cref="ArgumentException">A difference is not finite.</exception>
    public static SignedRankTest Of(ReadOnlySpan<double> differences)
    {
        double[] kept = [.. differences.ToArray().Where(difference => difference != 0)];
        int bad = Array.FindIndex(kept, difference => !double.IsFinite(difference));
        if (bad >= 0)
            throw new ArgumentException($"'differences' holds {kept[bad]}; expected finite numbers.", nameof(differences));
        if (kept.Length == 0)
            return new SignedRankTest(0, differences.Length, 0, 0, 1, true);
        int[] twice = Ranks(kept, out double ties);
        long above = 0, total = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            total += twice[i];
            above += kept[i] > 0 ? twice[i] : 0;
        }
        bool isExact = kept.Length <= MostExact;
        double p = isExact ? Counted(twice, (int)Math.Min(above, total - above)) : Normal(kept.Length, Math.Abs(above - total / 2.0) / 2, ties);
        return new SignedRankTest(kept.Length, differences.Length - kept.Length, above / 2.0, (total - above) / 2.0, p, isExact);
    }

    // Twice the ranks of the sizes: means of ranks are whole then. Ties: the sum of t³ - t over groups of t equal sizes.
    private static int[] Ranks(double[] differences, out double ties)
    {
        double[] sizes = Array.ConvertAll(differences, Math.Abs);
        int[] order = [.. Enumerable.Range(0, sizes.Length)], twice = new int[sizes.Length];
        Array.Sort(sizes, order);
        ties = 0;
        for (int first = 0, next; first < sizes.Length; first = next)
        {
            for (next = first + 1; next < sizes.Length && sizes[next] == sizes[first]; next++)
            {
            }
            double count = next - first;
            ties += count * count * count - count;
            for (int i = first; i < next; i++)
                twice[order[i]] = first + 1 + next;
        }
        return twice;
    }

    // Every sign is + or - with probability one half, so that the chance of a sum is a convolution over the ranks; both tails are alike.
    private static double Counted(int[] twice, int least)
    {
        var chances = new double[least + 1];
        chances[0] = 1;
        foreach (int rank in twice)
        {
            for (int sum = least; sum >= 0; sum--)
                chances[sum] = 0.5 * (chances[sum] + (sum >= rank ? chances[sum - rank] : 0));
        }
        return Math.Min(1, 2 * chances.Sum());
    }

    private static double Normal(double pairs, double distance, double ties)
    {
        double deviation = Math.Sqrt(pairs * (pairs + 1) * (2 * pairs + 1) / 24 - ties / 48);
        return SpecialFunctions.ErrorComplement(Math.Max(0, distance - 0.5) / deviation / Math.Sqrt(2));
    }
}
