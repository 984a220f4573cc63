namespace Crease.Certificates;

/// <summary>A box of inputs: every element between its two limits, both included.</summary>
public sealed class InputRegion
{
    /// <summary>Makes a box.</summary>
    /// <param name="lower">Lower limits, finite. Shape [inputs].</param>
    /// <param name="upper">Upper limits, finite, none below its lower one. Shape [inputs].</param>
    /// <exception cref="ArgumentException">The lengths differ, a limit is not finite, or an interval is empty.</exception>
    public InputRegion(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (lower.Length == 0 || lower.Length != upper.Length)
            throw new ArgumentException($"'lower' has {lower.Length} entries and 'upper' {upper.Length}; expected one of each per input element.", nameof(upper));
        for (int i = 0; i < lower.Length; i++)
        {
            if (!double.IsFinite(lower[i]) || !double.IsFinite(upper[i]) || lower[i] > upper[i])
                throw new ArgumentException(FormattableString.Invariant($"input element {i} is to lie in [{lower[i]}, {upper[i]}]; expected two finite limits in ascending order"), nameof(lower));
        }
        (LowerLimits, UpperLimits) = (lower.ToArray(), upper.ToArray());
    }

    /// <summary>Lower limits. Shape [inputs].</summary>
    public ReadOnlySpan<double> Lower => LowerLimits;

    /// <summary>Upper limits. Shape [inputs].</summary>
    public ReadOnlySpan<double> Upper => UpperLimits;

    /// <summary>Number of input elements.</summary>
    public int Size => LowerLimits.Length;

    internal double[] LowerLimits { get; }

    internal double[] UpperLimits { get; }

    /// <summary>All points within a distance of a point in L∞, within limits that hold everywhere.</summary>
    /// <remarks>Limits are rounded away from the point, so that no point of the exact ball is left out.</remarks>
    /// <param name="center">Shape [inputs].</param>
    /// <param name="radius">At least 0.</param>
    /// <param name="low">Lower limit of all elements, or -∞.</param>
    /// <param name="high">Upper limit of all elements, or ∞.</param>
    public static InputRegion Around(ReadOnlySpan<double> center, double radius, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        if (!(radius >= 0) || !double.IsFinite(radius))
            throw new ArgumentException(FormattableString.Invariant($"'radius' is {radius}; expected a finite number of at least 0"), nameof(radius));
        double[] lower = new double[center.Length], upper = new double[center.Length];
        for (int i = 0; i < center.Length; i++)
        {
            lower[i] = Math.Max(low, radius == 0 ? center[i] : Math.BitDecrement(center[i] - radius));
            upper[i] = Math.Min(high, radius == 0 ? center[i] : Math.BitIncrement(center[i] + radius));
        }
        return new InputRegion(lower, upper);
    }

    /// <summary>Whether a point lies in the box.</summary>
    /// <param name="point">Shape [inputs].</param>
    public bool Contains(ReadOnlySpan<double> point)
    {
        for (int i = 0; i < Size; i++)
        {
            if (!(point[i] >= LowerLimits[i] && point[i] <= UpperLimits[i]))
                return false;
        }
        return point.Length == Size;
    }
}
