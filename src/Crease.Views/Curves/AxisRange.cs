namespace Crease.Views;

/// <summary>The part of an axis that is shown.</summary>
/// <param name="Low">Lower end; positive on a logarithmic axis.</param>
/// <param name="High">Upper end, above <paramref name="Low"/>.</param>
public readonly record struct AxisRange(double Low, double High)
{
    // Less than this share of the numbers themselves, and neighboring ticks would be the same double.
    internal const double Narrowest = 1e-9;

    // Beyond it the width of a range is no longer finite.
    internal const double Largest = 1e300;

    internal void Check(List<string> faults, string name, AxisScale scale)
    {
        double size = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (!(High - Low > Narrowest * size) || !(size <= Largest))
            faults.Add(FormattableString.Invariant($"'{name}' is {Low} to {High}; expected finite ends up to 1e300, the lower first and apart by more than a billionth of their size."));
        else if (scale == AxisScale.Logarithmic && !(Low >= 1 / Largest))
            faults.Add(FormattableString.Invariant($"'{name}' starts at {Low}; a logarithmic axis starts above 0."));
    }
}
