namespace Crease.Views;

/// <summary>How distributions are drawn.</summary>
public sealed record DistributionFigureOptions
{
    private const int MostPanels = 60, MostGroups = 12;
    private const double LeastPerColumn = 300;

    /// <summary>Two panels in a row, in a figure of width 940.</summary>
    public static DistributionFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000], and at least 300 per column.</summary>
    public double Width { get; init; } = 940;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Panels in a row. In [1, 6].</summary>
    public int Columns { get; init; } = 2;

    /// <summary>Title above the picture.</summary>
    public string Title { get; init; } = "";

    /// <summary>Gray line below the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Sentences below the picture, inside every file, broken into lines of its width; null for none.</summary>
    public string? Note { get; init; }

    internal void Validate(IReadOnlyList<DistributionPanel> panels)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (Columns is < 1 or > 6)
            faults.Add($"'{nameof(Columns)}' is {Columns}; expected 1 to 6.");
        else if (Columns > 1 && Width < LeastPerColumn * Columns)
            faults.Add(FormattableString.Invariant($"'{nameof(Width)}' is {Width} for {Columns} columns; expected at least {LeastPerColumn} per column."));
        if (panels.Count is < 1 or > MostPanels)
            faults.Add($"'panels' has {panels.Count} entries; expected 1 to {MostPanels}.");
        for (int p = 0; p < Math.Min(panels.Count, MostPanels); p++)
        {
            if (panels[p].Groups.Count is < 1 or > MostGroups)
                faults.Add($"panel {p + 1} has {panels[p].Groups.Count} groups; expected 1 to {MostGroups}.");
            if (!Enum.IsDefined(panels[p].Scale))
                faults.Add($"panel {p + 1} has the scale {(int)panels[p].Scale}; pass a member of {nameof(AxisScale)}.");
            if (panels[p].Groups.Any(group => group.ColorIndex < 0))
                faults.Add($"panel {p + 1} has a group with a color below 0; expected at least 0.");
        }
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
