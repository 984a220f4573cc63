namespace Crease.Views;

/// <summary>Numbers over numbers, joined in their order.</summary>
/// <param name="Name">What the legend calls it, or empty for a curve that the legend leaves out.</param>
/// <param name="Xs">Shape [points], in units of the shared axis, before <see cref="CurvesFigureOptions.XOffset"/> is added.</param>
/// <param name="Ys">Shape [points]. A point that is not finite, or not positive on a logarithmic axis, is a gap in the line.</param>
public sealed record Curve(string Name, IReadOnlyList<double> Xs, IReadOnlyList<double> Ys)
{
    /// <summary>Half of the height of a band around the curve, or null. Shape [points]; no band where a number is negative or not finite.</summary>
    public IReadOnlyList<double>? HalfWidths { get; init; }

    /// <summary>How far the band goes below the curve where that differs from <see cref="HalfWidths"/>, or null. Shape [points]; at least 0 where there is a band.</summary>
    public IReadOnlyList<double>? HalfWidthsBelow { get; init; }

    /// <summary>What the curve is there for.</summary>
    public CurveRole Role { get; init; }

    /// <summary>Whether the line is dashed: the second of two kinds of curves that share their colors.</summary>
    public bool IsDashed { get; init; }

    /// <summary>0-based number of its color; partners to compare have the same. At least 0; colors that color-blind readers can tell apart up to 6.</summary>
    public int ColorIndex { get; init; }

    /// <summary>Place on a scale from dark (0) to light (1) for curves of an ordered parameter, instead of <see cref="ColorIndex"/>. In [0, 1], or null.</summary>
    public double? Shade { get; init; }

    /// <summary>The shade of one of several curves of an ordered parameter, the first darkest.</summary>
    /// <param name="index">0-based place in the order.</param>
    /// <param name="count">How many there are. At least 1.</param>
    public static double ShadeOf(int index, int count) => count > 1 ? Math.Clamp(index / (count - 1.0), 0, 1) : 0;

    internal double Below(int point) => (HalfWidthsBelow ?? HalfWidths)![point];

    internal void Check(List<string> faults, string name)
    {
        if (Ys.Count != Xs.Count || HalfWidths is not null && HalfWidths.Count != Xs.Count)
            faults.Add($"{name} has {Xs.Count} xs, {Ys.Count} ys{(HalfWidths is null ? "" : $" and {HalfWidths.Count} half-widths")}; expected as many of each.");
        if (HalfWidthsBelow is not null && (HalfWidths is null || HalfWidthsBelow.Count != Xs.Count))
            faults.Add($"{name} has {HalfWidthsBelow.Count} half-widths below it and {(HalfWidths is null ? "none" : $"{HalfWidths.Count}")} above; expected {Xs.Count} of both.");
        if (!Enum.IsDefined(Role))
            faults.Add($"{name} has role {(int)Role}; pass a member of {nameof(CurveRole)}.");
        if (ColorIndex < 0)
            faults.Add($"{name} has color index {ColorIndex}; expected at least 0.");
        if (Shade is double shade && !(shade is >= 0 and <= 1))
            faults.Add(FormattableString.Invariant($"{name} has shade {shade}; expected a number in [0, 1]."));
    }
}
