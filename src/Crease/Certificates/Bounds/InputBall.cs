using System.Numerics.Tensors;

namespace Crease.Certificates;

/// <summary>All points within a distance of a point, in L2 or L1. In L∞ a ball is a box.</summary>
/// <remarks>The least value of s · x on the ball is s · c - ε |s|*, with the dual norm of s. Everything here is rounded to the side that proofs need.</remarks>
internal sealed class InputBall(DistanceNorm norm, double[] center, double radius)
{
    // What is pulled in ends so far inside that its distance is proved to be at most the radius.
    private const double Inside = 1 - 1e-12;

    // Squares of larger or smaller numbers may overflow or vanish.
    private const double Smallest = 1e-140, Largest = 1e140;

    /// <summary>More than the roundings of one sum of <see cref="Least"/>, in units of terms of its length.</summary>
    public const int Roundings = 12;

    /// <summary>The least value of a linear function, and the sum of magnitudes that its rounding error is measured by.</summary>
    /// <param name="slopes">Shape [inputs].</param>
    public (double Sum, double Total) Least(ReadOnlySpan<double> slopes)
    {
        double reach = radius * Dual(slopes), sum = 0, total = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            double part = slopes[i] * center[i];
            sum += part;
            total += Math.Abs(part);
        }
        return (sum - reach, total + reach);
    }

    /// <summary>The point of the ball at which a linear function is least.</summary>
    /// <param name="slopes">Shape [inputs].</param>
    /// <param name="point">Overwritten.</param>
    public void Corner(ReadOnlySpan<double> slopes, Span<double> point)
    {
        center.CopyTo(point);
        double dual = Dual(slopes);
        if (!(dual > 0))
            return;
        if (norm == DistanceNorm.L1)
        {
            int steepest = TensorPrimitives.IndexOfMaxMagnitude(slopes);
            point[steepest] -= Inside * radius * Math.Sign(slopes[steepest]);
            return;
        }
        for (int i = 0; i < point.Length; i++)
            point[i] -= Inside * radius * (slopes[i] / dual);
    }

    /// <summary>Whether a point is proved to lie in the ball.</summary>
    public bool Contains(ReadOnlySpan<double> point) => norm.LengthAbove(point, center) <= radius;

    /// <summary>Whether no point of a box is in the ball.</summary>
    public bool IsOutside(double[] lower, double[] upper)
    {
        var gaps = new double[lower.Length];
        for (int i = 0; i < gaps.Length; i++)
        {
            double gap = Math.Max(lower[i] - center[i], center[i] - upper[i]);
            gaps[i] = gap > 0 ? Math.BitDecrement(gap) : 0;
        }
        return norm.Of(gaps) * (1 - (gaps.Length + 4) * 2 * RoundingError.Unit) > radius;
    }

    /// <summary>Moves a point towards the center until it is inside.</summary>
    public void PullIn(Span<double> point)
    {
        double length = norm.LengthAbove(point, center);
        if (length <= radius)
            return;
        double share = radius / length * Inside;
        for (int i = 0; i < point.Length; i++)
            point[i] = center[i] + share * (point[i] - center[i]);
    }

    private double Dual(ReadOnlySpan<double> slopes)
    {
        if (slopes.IsEmpty)
            return 0;
        double most = Math.Abs(TensorPrimitives.MaxMagnitude(slopes));
        if (most is 0 or double.PositiveInfinity || norm == DistanceNorm.L1)
            return most;
        if (most is > Smallest and < Largest)
            return norm.Dual(slopes);
        var scaled = new double[slopes.Length];
        TensorPrimitives.Divide(slopes, most, scaled);
        return most * norm.Dual(scaled);
    }
}
