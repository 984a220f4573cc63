namespace Crease.Measures;

/// <summary>Mean, standard deviation, smallest and largest of a set of numbers.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="Std">Population standard deviation.</param>
/// <param name="Min">Smallest.</param>
/// <param name="Max">Largest.</param>
public readonly record struct Summary(double Mean, double Std, double Min, double Max)
{
    /// <summary>The summary of numbers; all zero for none.</summary>
    /// <param name="values">Finite numbers.</param>
    public static Summary Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return default;
        double mean = 0, square = 0, min = values[0], max = values[0];
        for (int i = 0; i < values.Length; i++)
        {
            double step = values[i] - mean;
            mean += step / (i + 1);
            square += step * (values[i] - mean);
            (min, max) = (Math.Min(min, values[i]), Math.Max(max, values[i]));
        }
        return new Summary(mean, Math.Sqrt(square / values.Length), min, max);
    }
}
