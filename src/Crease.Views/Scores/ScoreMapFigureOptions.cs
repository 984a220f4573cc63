namespace Crease.Views;

/// <summary>How tables of numbers are drawn as colored cells.</summary>
public sealed record ScoreMapFigureOptions
{
    /// <summary>A figure of width 760 whose colors span all numbers.</summary>
    public static ScoreMapFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 760;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Title above the picture, or null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Gray line below the title, or null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>What the numbers are, with their unit.</summary>
    public string ValueLabel { get; init; } = "value";

    /// <summary>Gray remark below it, or null for none.</summary>
    public string? ValueNote { get; init; }

    /// <summary>Numbers at the ends of the color bar, or null for the least and the largest one; others take the color of an end.</summary>
    public AxisRange? Range { get; init; }

    internal void Validate(IReadOnlyList<ScoreMapPanel> panels)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (Range is AxisRange range && !(double.IsFinite(range.Low) && double.IsFinite(range.High) && range.Low < range.High))
            faults.Add(FormattableString.Invariant($"'{nameof(Range)}' is {range.Low} to {range.High}; expected finite ends, the lower first."));
        if (panels.Count is < 1 or > 20)
            faults.Add($"'panels' has {panels.Count} entries; expected 1 to 20.");
        for (int p = 0; p < Math.Min(panels.Count, 20); p++)
            panels[p].Check(faults, p);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
