namespace Crease.Views;

/// <summary>How a data set is drawn.</summary>
public sealed record DataFigureOptions
{
    /// <summary>A figure of width 900 with twelve images a row.</summary>
    public static DataFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 900;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Title above the picture, or null for the name of the set.</summary>
    public string? Title { get; init; }

    /// <summary>Images in a row of a contact sheet. In [1, 100].</summary>
    public int Columns { get; init; } = 12;

    /// <summary>Most points of a scatter; of more, every so many-th is drawn. At least 1.</summary>
    public int MostPoints { get; init; } = 3000;

    internal void Validate()
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (Columns is < 1 or > 100)
            faults.Add($"'{nameof(Columns)}' is {Columns}; expected an integer in [1, 100].");
        if (MostPoints < 1)
            faults.Add($"'{nameof(MostPoints)}' is {MostPoints}; expected at least 1.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
