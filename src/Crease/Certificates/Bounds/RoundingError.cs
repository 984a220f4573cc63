namespace Crease.Certificates;

/// <summary>Bounds on what rounding to float64 takes away, in the standard model of floating-point arithmetic.</summary>
/// <remarks>
/// Notation: u ↔ <see cref="Unit"/>, γ(n) = n u / (1 - n u) ↔ <see cref="Gamma"/>. Source: Higham, <c>higham2002accuracy</c>, section 3.1: a sum of n products,
/// in any order and with or without fused operations, is off by at most γ(n) times the sum of the magnitudes of the products, if nothing underflows.
/// Error terms are sums of non-negative numbers, computed themselves with a relative error below 2^-20; <see cref="Slack"/> covers it. What underflow takes
/// away is below <see cref="Tiny"/> per operation.
/// </remarks>
internal static class RoundingError
{
    /// <summary>Half the distance from 1 to the next number, 2^-53.</summary>
    public const double Unit = 1.0 / (1L << 53);

    /// <summary>The factor by which error terms are blown up.</summary>
    public const double Slack = 1 + 1.0 / 1024;

    /// <summary>More than all underflows of one sum together, for up to 2^28 terms.</summary>
    public const double Tiny = 1e-290;

    /// <summary>γ(n), up to its own rounding.</summary>
    /// <param name="terms">n, in [0, 2^40].</param>
    public static double Gamma(double terms) => terms * Unit / (1 - terms * Unit);

    /// <summary>A number minus a radius, rounded down; -∞ where that is no finite number.</summary>
    public static double Down(double value, double radius)
    {
        double low = Math.BitDecrement(value - radius);
        return double.IsFinite(low) ? low : double.NegativeInfinity;
    }

    /// <summary>A number plus a radius, rounded up; ∞ where that is no finite number.</summary>
    public static double Up(double value, double radius)
    {
        double high = Math.BitIncrement(value + radius);
        return double.IsFinite(high) ? high : double.PositiveInfinity;
    }
}
