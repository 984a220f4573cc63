namespace Crease.Certificates;

/// <summary>How far the inputs are at which a constraint may hold, by the affine function that back-substitution puts below it.</summary>
internal static class ConstraintDistance
{
    /// <summary>A number that no such input of the box is nearer than; ∞ where there is none.</summary>
    /// <param name="rows">The back-substitution in use.</param>
    /// <param name="constraint">The constraint.</param>
    /// <param name="ranges">Limits and lines on the box, without a ball.</param>
    /// <param name="norm">The norm.</param>
    /// <param name="low">Lower limits of the box as offsets from the point that distances are measured from, rounded down.</param>
    /// <param name="high">Upper limits, rounded up.</param>
    /// <param name="nearest">Offsets near the minimum; overwritten where the distance is finite.</param>
    public static double Of(Backsubstitution rows, OutputConstraint constraint, Ranges ranges, DistanceNorm norm, double[] low, double[] high, double[] nearest)
    {
        var bound = new double[1];
        constraint.Row.CopyTo(rows.RowsAt(rows.Graph.Output).AsSpan());
        rows.Lower(rows.Graph.Output, 1, [constraint.ConstantBelow], [ranges], bound);
        if (bound[0] > 0)
            return double.PositiveInfinity;
        int inputs = low.Length;
        double[] slopes = rows.Reached(rows.Graph.Input) ? rows.RowsAt(rows.Graph.Input)[..inputs] : new double[inputs];
        // The bound is the value at a corner of the box, less all errors: from there back to the center.
        return double.IsFinite(bound[0]) ? HalfSpaceDistance.Of(norm, slopes, Rest(bound[0], slopes, low, high), low, high, nearest) : 0;
    }

    /// <summary>Limits of a box as offsets from a point, rounded outward.</summary>
    public static (double[] Low, double[] High) Offsets(double[] lower, double[] upper, double[] point)
    {
        double[] low = new double[point.Length], high = new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            (low[i], high[i]) = (lower[i] == point[i] ? 0 : Math.BitDecrement(lower[i] - point[i]), upper[i] == point[i] ? 0 : Math.BitIncrement(upper[i] - point[i]));
        }
        return (low, high);
    }

    private static double Rest(double bound, double[] slopes, double[] low, double[] high)
    {
        double sum = bound, total = Math.Abs(bound);
        for (int i = 0; i < slopes.Length; i++)
        {
            double part = slopes[i] * (slopes[i] < 0 ? high[i] : low[i]);
            sum -= part;
            total += Math.Abs(part);
        }
        return RoundingError.Down(sum, RoundingError.Slack * RoundingError.Gamma(slopes.Length + 8) * total + RoundingError.Tiny);
    }
}
