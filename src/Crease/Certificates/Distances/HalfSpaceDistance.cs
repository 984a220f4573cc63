namespace Crease.Certificates;

/// <summary>Distance from a point to the part of a box on which an affine function is at most 0: a proved lower bound and a point near the minimum.</summary>
/// <remarks>
/// For offsets δ in [a, b] with w · δ + r ≤ 0 and any μ > 0 weak duality gives, for L2, |δ|² ≥ (r + Σ min (w_i δ_i + μ δ_i²)) / μ and, for L1,
/// |δ|₁ ≥ (r + Σ min (w_i δ_i + μ |δ_i|)) / μ, each minimum over [a_i, b_i]. In L∞ a ball within the box is a box, on which the minimum of w · δ + r is known.
/// Rounding errors are bounded by the magnitudes of the terms.
/// </remarks>
internal static class HalfSpaceDistance
{
    private const int Searches = 100;

    /// <summary>The bound, and offsets near the minimum.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="slopes">w. Shape [inputs].</param>
    /// <param name="rest">r, rounded down.</param>
    /// <param name="low">a: lower limits of the offsets, rounded down.</param>
    /// <param name="high">b: upper limits, rounded up.</param>
    /// <param name="nearest">Offsets near the minimum; overwritten.</param>
    /// <returns>A number that no offset of the set is shorter than; ∞ where the set is proved empty.</returns>
    public static double Of(DistanceNorm norm, double[] slopes, double rest, double[] low, double[] high, double[] nearest)
    {
        if (Least(slopes, rest, low, high, double.PositiveInfinity) > 0)
            return double.PositiveInfinity;
        return norm == DistanceNorm.Linf ? Largest(slopes, rest, low, high, nearest) : Dual(norm == DistanceNorm.L2, slopes, rest, low, high, nearest);
    }

    // The proved minimum of w δ + r on the box cut by [-t, t].
    private static double Least(double[] slopes, double rest, double[] low, double[] high, double radius)
    {
        double sum = rest, total = Math.Abs(rest);
        for (int i = 0; i < slopes.Length; i++)
        {
            double from = Math.Max(low[i], -radius), to = Math.Min(high[i], radius);
            if (from > to)
                return double.PositiveInfinity;
            double part = slopes[i] * (slopes[i] < 0 ? to : from);
            sum += part;
            total += Math.Abs(part);
        }
        return RoundingError.Down(sum, RoundingError.Slack * RoundingError.Gamma(slopes.Length + 3) * total + RoundingError.Tiny);
    }

    private static double Largest(double[] slopes, double rest, double[] low, double[] high, double[] nearest)
    {
        double proved = 0, other = Enumerable.Range(0, slopes.Length).Max(i => Math.Max(Math.Abs(low[i]), Math.Abs(high[i])));
        for (int i = 0; i < Searches && other > proved; i++)
        {
            double middle = proved / 2 + other / 2;
            if (middle <= proved || middle >= other)
                break;
            if (Least(slopes, rest, low, high, middle) > 0)
                proved = middle;
            else
                other = middle;
        }
        for (int i = 0; i < slopes.Length; i++)
        {
            double from = Math.Max(low[i], -other), to = Math.Min(high[i], other);
            nearest[i] = slopes[i] == 0 ? Math.Clamp(0, from, to) : slopes[i] < 0 ? to : from;
        }
        return proved;
    }

    private static double Dual(bool isSquared, double[] slopes, double rest, double[] low, double[] high, double[] nearest)
    {
        double scale = slopes.Max(Math.Abs), reach = Enumerable.Range(0, slopes.Length).Max(i => Math.Max(Math.Abs(low[i]), Math.Abs(high[i])));
        double best = 0, bestMultiplier = scale / Math.Max(reach, 1e-300);
        // The derivative of D is -(w · δ + r) / μ²: its maximum is where the offsets just reach the half-space.
        double reaching = Math.Log(bestMultiplier) - 46, falling = Math.Log(bestMultiplier) + 46;
        if (!double.IsFinite(reaching) || !double.IsFinite(falling))
            return 0;
        for (int i = 0; i < Searches; i++)
        {
            double middle = (reaching + falling) / 2;
            if (Excess(Math.Exp(middle)) <= 0)
                reaching = middle;
            else
                falling = middle;
        }
        bestMultiplier = Math.Exp(reaching);
        best = Math.Max(best, Math.Max(Value(bestMultiplier), Value(Math.Exp(falling))));
        if (isSquared)
        {
            for (int i = 0; i < slopes.Length; i++)
                nearest[i] = Offset(slopes[i], bestMultiplier, low[i], high[i], true);
        }
        else
            Fill(slopes, rest, low, high, nearest);
        return isSquared ? Math.BitDecrement(Math.Sqrt(best)) : best;

        double Excess(double multiplier)
        {
            double sum = rest;
            for (int i = 0; i < slopes.Length; i++)
                sum += slopes[i] * Offset(slopes[i], multiplier, low[i], high[i], isSquared);
            return sum;
        }

        double Value(double multiplier)
        {
            double sum = rest, total = Math.Abs(rest);
            for (int i = 0; i < slopes.Length; i++)
            {
                double offset = Offset(slopes[i], multiplier, low[i], high[i], isSquared);
                double linear = slopes[i] * offset, length = multiplier * (isSquared ? offset * offset : Math.Abs(offset));
                sum += linear + length;
                total += Math.Abs(linear) + length;
            }
            double proved = RoundingError.Down(sum, RoundingError.Slack * RoundingError.Gamma(2 * slopes.Length + 12) * total + RoundingError.Tiny);
            double value = Math.BitDecrement(proved / multiplier);
            return double.IsNaN(value) ? 0 : value;
        }
    }

    // The shortest offsets in L1: elements are moved to their limits, steepest first.
    private static void Fill(double[] slopes, double rest, double[] low, double[] high, double[] nearest)
    {
        for (int i = 0; i < slopes.Length; i++)
        {
            nearest[i] = Math.Clamp(0, low[i], high[i]);
            rest += slopes[i] * nearest[i];
        }
        foreach (int i in Enumerable.Range(0, slopes.Length).OrderByDescending(i => Math.Abs(slopes[i])))
        {
            if (!(rest > 0) || slopes[i] == 0)
                return;
            double room = slopes[i] < 0 ? high[i] - nearest[i] : low[i] - nearest[i], step = -rest / slopes[i];
            double move = Math.Abs(step) < Math.Abs(room) ? step : room;
            nearest[i] += move;
            rest += slopes[i] * move;
        }
    }

    // Where w δ + μ δ² or w δ + μ |δ| is least on [a, b].
    private static double Offset(double slope, double multiplier, double low, double high, bool isSquared)
    {
        if (isSquared)
            return Math.Clamp(-slope / (2 * multiplier), low, high);
        return Math.Abs(slope) <= multiplier ? Math.Clamp(0, low, high) : slope < 0 ? high : low;
    }
}
