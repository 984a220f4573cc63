namespace Crease.Measures;

/// <summary>A mean with its standard error.</summary>
/// <param name="Count">Number of values n.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardError">Standard deviation (with n - 1) over √n; 0 for one value.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
public readonly record struct SampleMean(int Count, double Mean, double StandardError, double Min, double Max)
{
    /// <summary>The mean of numbers; all zero for none.</summary>
    /// <param name="values">Finite numbers.</param>
    public static SampleMean Of(ReadOnlySpan<double> values)
    {
        Summary summary = Summary.Of(values);
        // Summary has the population's deviation, √(S / n); the error of the mean is √(S / (n - 1) / n).
        double error = values.Length > 1 ? summary.Std / Math.Sqrt(values.Length - 1) : 0;
        return new SampleMean(values.Length, summary.Mean, error, summary.Min, summary.Max);
    }
}
