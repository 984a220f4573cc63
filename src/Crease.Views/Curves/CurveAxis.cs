using System.Globalization;

namespace Crease.Views;

/// <summary>The shown part of an axis, and where numbers lie on it.</summary>
/// <param name="Scale">How it runs.</param>
/// <param name="Low">Lower end; positive on a logarithmic axis.</param>
/// <param name="High">Upper end.</param>
internal sealed record CurveAxis(AxisScale Scale, double Low, double High)
{
    /// <summary>Whether only whole numbers are labeled.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Share of the way from the lower end to the upper one; NaN for a number that has no place on the axis.</summary>
    public double Share(double value)
    {
        if (!IsPlace(Scale, value))
            return double.NaN;
        return Scale == AxisScale.Logarithmic ? (Math.Log(value) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low)) : (value - Low) / (High - Low);
    }

    /// <summary>Whether a number lies on the shown part.</summary>
    public bool Holds(double value) => Share(value) is >= 0 and <= 1;

    /// <summary>Whether a number has a place on such an axis.</summary>
    public static bool IsPlace(AxisScale scale, double value) =>
        Math.Abs(value) <= AxisRange.Largest && (scale == AxisScale.Linear || value >= 1 / AxisRange.Largest);

    /// <summary>An axis that shows all numbers with a little room.</summary>
    /// <param name="scale">How it runs.</param>
    /// <param name="range">What it shows if not everything.</param>
    /// <param name="values">Numbers to show; those without a place do not count.</param>
    /// <param name="room">Share of the range to add at each end.</param>
    public static CurveAxis Of(AxisScale scale, AxisRange? range, IEnumerable<double> values, double room)
    {
        if (range is AxisRange(double first, double last))
            return new CurveAxis(scale, first, last);
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values.Where(value => IsPlace(scale, value)))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            (low, high) = scale == AxisScale.Logarithmic ? (1, 10) : (0, 1);
        if (scale == AxisScale.Logarithmic)
        {
            double factor = high > low * (1 + 2 * AxisRange.Narrowest) ? Math.Exp(room * (Math.Log(high) - Math.Log(low))) : 2;
            return new CurveAxis(scale, Math.Max(low / factor, 1 / AxisRange.Largest), Math.Min(high * factor, AxisRange.Largest));
        }
        double size = Math.Max(Math.Abs(low), Math.Abs(high)), width = high - low;
        double added = width > 2 * AxisRange.Narrowest * size ? room * width : size > 0 ? 0.5 * size : 1;
        return new CurveAxis(scale, low - added, high + added);
    }

    /// <summary>Ticks with labels and the smaller ones between them, both from low to high.</summary>
    /// <param name="wanted">About how many labels there is room for.</param>
    public (IReadOnlyList<Tick> Major, IReadOnlyList<double> Minor) Ticks(int wanted)
    {
        if (Scale == AxisScale.Linear)
            return (Inside(Views.Ticks.Linear(Low, High, IsWhole ? (int)Math.Clamp(High - Low, 1, wanted) : wanted)), []);
        int first = (int)Math.Ceiling(Math.Log10(Low) - 1e-9), last = (int)Math.Floor(Math.Log10(High) + 1e-9);
        IReadOnlyList<Tick> decades = Decades(first, last, Math.Max(1, (int)Math.Ceiling((last - first + 1.0) / Math.Max(2, wanted))));
        if (decades.Count >= 3 || decades.Count == 2 && wanted < 4)
            return (decades, Between(decades, first, last));
        IReadOnlyList<Tick> fine = Inside(Views.Ticks.Logarithmic(Low, High));
        if (fine.Count >= 2 && fine.Count <= 2 * wanted)
            return (fine, Between(fine, first, last));
        return (decades.Count >= 2 ? decades : Inside(Views.Ticks.Linear(Low, High, Math.Min(wanted, 4))), []);
    }

    private IReadOnlyList<Tick> Decades(int first, int last, int stride)
    {
        // All plain or all powers: a mixture of both is hard to read.
        bool isPlain = first >= -3 && last <= 4;
        int start = (int)Math.Ceiling((double)first / stride) * stride;
        var ticks = new List<Tick>();
        for (int e = start; e <= last; e += stride)
        {
            double power = Math.Pow(10, e);
            ticks.Add(new Tick(power, isPlain ? power.ToString("0.###", CultureInfo.InvariantCulture) : "10" + Views.Ticks.Superscript(e)));
        }
        return Inside(ticks);
    }

    // Multiples of each power, or the powers themselves where those are thinned.
    private IReadOnlyList<double> Between(IReadOnlyList<Tick> major, int first, int last)
    {
        bool isThinned = major.Count > 1 && major[1].Value > 11 * major[0].Value;
        var minor = new List<double>();
        for (int e = first - 1; e <= last; e++)
        {
            for (int factor = 1; factor <= (isThinned ? 1 : 9); factor++)
            {
                double value = factor * Math.Pow(10, e);
                if (Share(value) is >= 0 and <= 1 && !major.Any(tick => Math.Abs(tick.Value / value - 1) < 1e-9))
                    minor.Add(value);
            }
        }
        return minor;
    }

    // Rounding may put a tick at an end a little beyond it.
    private List<Tick> Inside(IReadOnlyList<Tick> ticks) => [.. ticks.Where(tick => Share(tick.Value) is >= -1e-9 and <= 1 + 1e-9)
        .Select(tick => tick with { Value = Math.Clamp(tick.Value, Low, High) })];
}
