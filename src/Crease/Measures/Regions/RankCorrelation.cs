namespace Crease.Measures;

/// <summary>Spearman's rank correlation: whether two quantities rise and fall together.</summary>
public static class RankCorrelation
{
    /// <summary>The correlation of the ranks; equal values share the mean of their ranks.</summary>
    /// <param name="first">Shape [samples], at least 2, finite.</param>
    /// <param name="second">Shape [samples], finite.</param>
    /// <returns>In [-1, 1]; 0 where one of the two is constant.</returns>
    /// <exception cref="ArgumentException">Lengths differ, there are fewer than two samples, or a number is not finite.</exception>
    public static double Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length || first.Length < 2)
            throw new ArgumentException($"'first' has {first.Length} entries and 'second' {second.Length}; expected as many, at least 2.", nameof(first));
        double[] a = Ranks(first), b = Ranks(second);
        double mean = (a.Length - 1) / 2.0, ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - mean) * (b[i] - mean);
            aa += (a[i] - mean) * (a[i] - mean);
            bb += (b[i] - mean) * (b[i] - mean);
        }
        return aa == 0 || bb == 0 ? 0 : Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1);
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = double.IsFinite(sorted[i]) ? i : throw new ArgumentException($"'values' holds {sorted[i]} at index {i}; expected finite numbers.", nameof(values));
        Array.Sort(sorted, order);
        var ranks = new double[order.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from;
            while (to < order.Length && sorted[to] == sorted[from])
                to++;
            foreach (int i in order.AsSpan(from, to - from))
                ranks[i] = (from + to - 1) / 2.0;
            from = to;
        }
        return ranks;
    }
}
