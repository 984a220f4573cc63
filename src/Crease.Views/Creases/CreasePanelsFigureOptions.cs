namespace Crease.Views;

/// <summary>How panels of creases are drawn.</summary>
public sealed record CreasePanelsFigureOptions
{
    /// <summary>Up to four panels in a row in a figure of width 1000.</summary>
    public static CreasePanelsFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 1000;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1800;

    /// <summary>Panels in a row. In [1, 12].</summary>
    public int Columns { get; init; } = 4;

    /// <summary>Title above the picture, or null for the name of the network.</summary>
    public string? Title { get; init; }

    /// <summary>Gray line below the title, or null for what the colors mean.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Names of the rows of panels, beside them; may be fewer.</summary>
    public IReadOnlyList<string> RowNames { get; init; } = [];

    /// <summary>Small markers in every panel. A point outside the domain is left out; labels are not drawn.</summary>
    public IReadOnlyList<FigurePoint> Points { get; init; } = [];

    internal void Validate(IReadOnlyList<CreasePanel> panels)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (Columns is < 1 or > 12)
            faults.Add($"'{nameof(Columns)}' is {Columns}; expected an integer in [1, 12].");
        if (panels.Count is < 1 or > 60)
            faults.Add($"'panels' has {panels.Count} entries; expected 1 to 60.");
        for (int p = 0; p < Math.Min(panels.Count, 60); p++)
        {
            if (panels[p].Traces.Count == 0)
                faults.Add($"panel {p + 1} has no traces; expected at least one.");
            foreach (CreaseTrace trace in panels[p].Traces)
            {
                if (!Enum.IsDefined(trace.Role))
                    faults.Add($"panel {p + 1} has a trace with role {(int)trace.Role}; pass a member of {nameof(CreaseRole)}.");
                if (trace.Partition.Slice.Dimension != 2)
                    faults.Add($"panel {p + 1} has a trace of a slice with {trace.Partition.Slice.Dimension} directions; expected 2.");
            }
        }
        for (int i = 0; i < Points.Count; i++)
        {
            if (!double.IsFinite(Points[i].S) || !double.IsFinite(Points[i].T) || Points[i].Class < 0)
                faults.Add($"'{nameof(Points)}' holds {Points[i]} at index {i}; expected finite coordinates and a class that is null or at least 0.");
        }
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
