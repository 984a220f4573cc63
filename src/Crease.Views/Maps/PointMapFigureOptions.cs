namespace Crease.Views;

/// <summary>How a map of points is drawn.</summary>
public sealed record PointMapFigureOptions
{
    /// <summary>A figure of width 820.</summary>
    public static PointMapFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 820;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1640;

    /// <summary>Title above the picture.</summary>
    public string Title { get; init; } = "";

    /// <summary>Gray line below the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Name of the horizontal axis with its unit.</summary>
    public string XLabel { get; init; } = "x";

    /// <summary>Name of the vertical axis with its unit.</summary>
    public string YLabel { get; init; } = "y";

    /// <summary>What the labels are, above the legend.</summary>
    public string LegendLabel { get; init; } = "label";

    /// <summary>Points that are drawn at most, evenly picked. At least 1.</summary>
    public int MostPoints { get; init; } = 20_000;

    /// <summary>Sentences below the figure on a page.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    internal void Validate(PointMap map)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (MostPoints < 1)
            faults.Add($"'{nameof(MostPoints)}' is {MostPoints}; expected at least 1.");
        map.Check(faults);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
