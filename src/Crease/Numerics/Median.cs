namespace Crease.Numerics;

/// <summary>The middle of numbers.</summary>
public static class Median
{
    /// <summary>The middle number in order, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one number.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
