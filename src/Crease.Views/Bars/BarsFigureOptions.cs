namespace Crease.Views;

/// <summary>How bars are drawn.</summary>
public sealed record BarsFigureOptions
{
    private const int MostBars = 200, MostSeries = 4;

    /// <summary>A figure of width 760 over a linear axis from 0.</summary>
    public static BarsFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 760;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Title above the picture.</summary>
    public string Title { get; init; } = "";

    /// <summary>Gray line below the title.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>Sentences below the picture, inside every file, broken into lines of its width; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Name of the axis with its unit.</summary>
    public string Label { get; init; } = "value";

    /// <summary>Names of the series, at least one and at most 4; a single empty one needs no legend.</summary>
    public IReadOnlyList<string> Series { get; init; } = [""];

    /// <summary>How the axis runs; a linear one begins at 0.</summary>
    public AxisScale Scale { get; init; }

    internal void Validate(IReadOnlyList<Bar> bars)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (bars.Count is < 1 or > MostBars)
            faults.Add($"'bars' has {bars.Count} entries; expected 1 to {MostBars}.");
        if (Series.Count is < 1 or > MostSeries)
            faults.Add($"'{nameof(Series)}' has {Series.Count} entries; expected 1 to {MostSeries}.");
        if (!Enum.IsDefined(Scale))
            faults.Add($"'{nameof(Scale)}' is {(int)Scale}; pass a member of {nameof(AxisScale)}.");
        for (int i = 0; i < Math.Min(bars.Count, MostBars); i++)
        {
            if (bars[i].Values.Count != Series.Count)
                faults.Add($"bar {i + 1} has {bars[i].Values.Count} values for {Series.Count} series; expected as many.");
            if (bars[i].Values.Any(value => value < 0 || value > AxisRange.Largest))
                faults.Add($"bar {i + 1} has a value below 0 or beyond {AxisRange.Largest}.");
        }
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
