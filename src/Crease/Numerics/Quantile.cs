namespace Crease.Numerics;

/// <summary>The number that a share of numbers lies below.</summary>
public static class Quantile
{
    /// <summary>The number at a share of the way from the first to the last; between two neighbors it interpolates.</summary>
    /// <param name="sorted">At least one number, ascending; infinite ones may come last.</param>
    /// <param name="share">In [0, 1]; 0.5 is the median.</param>
    /// <returns>Infinite where the share lies between a number and an infinite one.</returns>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int low = (int)at, high = Math.Min(low + 1, sorted.Length - 1);
        return at == low ? sorted[low] : double.IsFinite(sorted[high]) ? sorted[low] + (at - low) * (sorted[high] - sorted[low]) : sorted[high];
    }
}
