namespace Crease.Lab;

/// <summary>The standard error of a mean over networks: sqrt(Σ (x - mean)² / (n - 1) / n).</summary>
internal static class StandardError
{
    /// <summary>The error of the mean of some values; NaN of fewer than two.</summary>
    public static double Of(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }
}
