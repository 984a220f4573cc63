namespace Crease.Measures;

/// <summary>The rules of <see cref="EigenvalueRule"/>.</summary>
internal static class EigenvalueRules
{
    private const double SignificantShare = 0.05, HeldShare = 0.95, FanNoise = 0.95, FanGap = 10, FanHeld = 0.8;

    /// <summary>The dimension that a rule gives.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="values">Variances, largest first, at least one above 0.</param>
    public static double Of(EigenvalueRule rule, double[] values) => rule switch
    {
        EigenvalueRule.FukunagaOlsen => values.Count(value => value > SignificantShare * values[0]),
        EigenvalueRule.Ratio => Held(values, HeldShare),
        EigenvalueRule.Participation => values.Sum() * values.Sum() / values.Sum(value => value * value),
        EigenvalueRule.Kaiser => values.Count(value => value > values.Average()),
        EigenvalueRule.LargestGap => LargestGap(values),
        EigenvalueRule.Fan => Fan(values),
        EigenvalueRule.BrokenStick => BrokenStick(values),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, $"'rule' is {(int)rule}; pass a member of {nameof(EigenvalueRule)}."),
    };

    /// <summary>What the rule is, with its numbers.</summary>
    public static string Text(EigenvalueRule rule) => rule switch
    {
        EigenvalueRule.FukunagaOlsen => "variances above 5 % of the largest",
        EigenvalueRule.Ratio => "variances that hold 95 % of the sum",
        EigenvalueRule.Participation => "participation ratio",
        EigenvalueRule.Kaiser => "variances above their mean",
        EigenvalueRule.LargestGap => "before the largest gap",
        EigenvalueRule.Fan => "Fan: gap 10, held 0.8, noise beyond 0.95",
        _ => "broken stick",
    };

    private static int Held(double[] values, double share)
    {
        double sum = values.Sum(), held = 0;
        int count = 0;
        while (count < values.Length && held < share * sum * (1 - 1e-14))
            held += values[count++];
        return count;
    }

    // A variance of 0 after one above is an infinite gap: the rank.
    private static int LargestGap(double[] values)
    {
        int best = 0;
        double largest = double.NegativeInfinity;
        for (int i = 0; i + 1 < values.Length && values[i] > 0; i++)
        {
            double gap = values[i] / values[i + 1];
            if (gap > largest)
                (best, largest) = (i, gap);
        }
        return best + 1;
    }

    private static int Fan(double[] values)
    {
        double sum = values.Sum(), held = 0, noise = 0;
        int first = 0;
        for (; first < values.Length - 1 && (held += values[first]) <= FanNoise * sum; first++)
        {
        }
        for (int i = first; i < values.Length; i++)
            noise += values[i] / (values.Length - first);
        double[] above = Array.ConvertAll(values, value => value - noise);
        (double whole, double sofar) = (above.Sum(), 0);
        for (int i = 0; i < values.Length; i++)
        {
            sofar += above[i];
            if (sofar / whole > FanHeld || (i + 1 < values.Length && above[i] / above[i + 1] > FanGap))
                return i + 1;
        }
        return values.Length;
    }

    private static int BrokenStick(double[] values)
    {
        double sum = values.Sum();
        for (int i = 0; i < values.Length; i++)
        {
            double length = 0;
            for (int j = i; j < values.Length; j++)
                length += 1.0 / (j + 1) / values.Length;
            if (length > values[i] / sum)
                return i;
        }
        return values.Length;
    }
}
