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
        var running = new RunningSummary();
        foreach (double value in values)
            running.Add(value);
        return running.Summary;
    }
}
