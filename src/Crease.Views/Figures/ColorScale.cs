namespace Crease.Views;

/// <summary>How positive numbers become positions on a color bar.</summary>
/// <param name="Low">Value at the bottom and below.</param>
/// <param name="High">Value at the top and above.</param>
/// <param name="Log">Whether positions are logarithmic; then both ends are positive.</param>
/// <param name="Clipped">Whether values beyond the ends exist.</param>
internal sealed record ColorScale(double Low, double High, bool Log, bool Clipped)
{
    private const double Decades = 1.5;

    /// <summary>Whether the ends were chosen and not taken from the values.</summary>
    public bool IsFixed { get; private init; }

    /// <summary>From the 1% to the 99% quantile; logarithmic when that spans more than one and a half decades.</summary>
    public static ColorScale Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        int firstPositive = 0;
        while (firstPositive < sorted.Length && !(sorted[firstPositive] > 0))
            firstPositive++;
        if (firstPositive == sorted.Length)
            return new ColorScale(0, 0, false, false);
        (double low, double high) = Robust(sorted);
        (double lowPositive, double highPositive) = Robust(sorted.AsSpan(firstPositive));
        return Math.Log10(highPositive / lowPositive) > Decades
            ? new ColorScale(lowPositive, highPositive, true, sorted[0] < lowPositive || sorted[^1] > highPositive)
            : new ColorScale(low, high, false, sorted[0] < low || sorted[^1] > high);
    }

    /// <summary>Ends that were chosen; logarithmic as in <see cref="Of"/>.</summary>
    public static ColorScale Fixed(double low, double high) => new(low, high, low > 0 && Math.Log10(high) - Math.Log10(low) > Decades, false) { IsFixed = true };

    /// <summary>Share of the way from bottom to top, in [0, 1]; a half where all values are equal.</summary>
    public double Position(double value)
    {
        if (Low == High)
            return 0.5;
        if (value <= Low)
            return 0;
        double share = Log ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return Math.Min(share, 1);
    }

    /// <summary>What a reader must know about the bar, or null.</summary>
    public string? Note => (Log, Clipped) switch
    {
        _ when IsFixed => Log ? "log scale, fixed range" : "fixed range",
        (true, true) => "log scale, 1%–99% of regions",
        (true, false) => "log scale",
        (false, true) => "1%–99% of regions",
        _ => null,
    };

    /// <summary>Values to write beside the bar, lowest first.</summary>
    public IReadOnlyList<Tick> Ticks() => Low == High ? [new Tick(Low, Views.Ticks.Short(Low))]
        : Log ? Views.Ticks.Logarithmic(Low, High) : Views.Ticks.Linear(Low, High, 5);

    private static (double Low, double High) Robust(ReadOnlySpan<double> sorted)
    {
        int last = sorted.Length - 1;
        return (sorted[(int)(0.01 * last)], sorted[(int)Math.Ceiling(0.99 * last)]);
    }
}
