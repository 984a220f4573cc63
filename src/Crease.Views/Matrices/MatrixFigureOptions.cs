namespace Crease.Views;

/// <summary>How matrices are drawn.</summary>
public sealed record MatrixFigureOptions
{
    private const int MostPanels = 20;

    /// <summary>A figure of width 900.</summary>
    public static MatrixFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 900;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1800;

    /// <summary>Title above the picture.</summary>
    public string Title { get; init; } = "";

    /// <summary>Gray line below the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Sentences below the picture, inside every file, broken into lines of its width; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Sentences below the figure on a page.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    internal void Validate(IReadOnlyList<MatrixPanel> panels)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (panels.Count is < 1 or > MostPanels)
            faults.Add($"'panels' has {panels.Count} entries; expected 1 to {MostPanels}.");
        for (int p = 0; p < Math.Min(panels.Count, MostPanels); p++)
            panels[p].Check(faults, p);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
