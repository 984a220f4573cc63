namespace Crease.Views;

/// <summary>How a map of local complexity is drawn.</summary>
public sealed record ComplexityMapFigureOptions
{
    /// <summary>A figure of width 760 with colors from the 1 % to the 99 % quantile of the pixels.</summary>
    public static ComplexityMapFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 760;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Title above the picture, or null for the name of the network.</summary>
    public string? Title { get; init; }

    /// <summary>Markers in slice coordinates.</summary>
    public IReadOnlyList<FigurePoint> Points { get; init; } = [];

    internal void Validate()
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
