namespace Crease.Views;

/// <summary>How a cut segment is drawn.</summary>
public sealed record SegmentFigureOptions
{
    /// <summary>All outputs up to ten in a figure of width 900.</summary>
    public static SegmentFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 900;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Title above the picture, or null for the name of the network.</summary>
    public string? Title { get; init; }

    /// <summary>Most outputs to draw; of more, those that are the largest somewhere come first, then those that come nearest to it. At least 1.</summary>
    public int MostOutputs { get; init; } = 10;

    /// <summary>Names of the classes for the legend, or null for numbers; missing names fall back to numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (MostOutputs < 1)
            faults.Add($"'{nameof(MostOutputs)}' is {MostOutputs}; expected at least 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
