namespace Crease.Numerics;

/// <summary>The zero of a decreasing function of a positive number.</summary>
internal static class DecreasingRoot
{
    /// <summary>The zero between two ends, or null where both ends have the same sign.</summary>
    /// <param name="function">Decreasing, finite.</param>
    /// <param name="low">Lower end, above 0.</param>
    /// <param name="high">Upper end.</param>
    /// <remarks>Bisection of the logarithm until neighboring numbers are left: about 60 evaluations.</remarks>
    public static double? Of(Func<double, double> function, double low, double high)
    {
        if (!(function(low) > 0) || !(function(high) < 0))
            return null;
        for (int step = 0; step < 200; step++)
        {
            double middle = Math.Sqrt(low) * Math.Sqrt(high);
            if (!(middle > low && middle < high))
                break;
            if (function(middle) > 0)
                low = middle;
            else
                high = middle;
        }
        return low + (high - low) / 2;
    }
}
