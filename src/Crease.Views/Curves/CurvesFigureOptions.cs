namespace Crease.Views;

/// <summary>How curves are drawn.</summary>
public sealed record CurvesFigureOptions
{
    private const double LeastPerColumn = 150;
    private const int MostMarks = 50;

    /// <summary>Panels below each other over a linear axis in a figure of width 760.</summary>
    public static CurvesFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000], and at least 150 per column.</summary>
    public double Width { get; init; } = 760;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Height of each panel in points, or null for one that suits the width. In [60, 4000].</summary>
    public double? PanelHeight { get; init; }

    /// <summary>Title above the picture, or null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Gray line below the title, or null for none.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Sentences below the picture, inside every file, broken into lines of its width; null for none.</summary>
    public string? Note { get; init; }

    /// <summary>Name of the horizontal axis with its unit.</summary>
    public string XLabel { get; init; } = "x";

    /// <summary>How the horizontal axis runs.</summary>
    public AxisScale XScale { get; init; }

    /// <summary>Whether x counts things, such as layers, so that only whole numbers are labeled.</summary>
    public bool XIsWhole { get; init; }

    /// <summary>Added to every x; 1 on a logarithmic axis of steps, so that step 0 shows (and the label says <c>step + 1</c>). Finite.</summary>
    public double XOffset { get; init; }

    /// <summary>What the horizontal axis shows, offset included, or null for all that is drawn with a little room; curves are cut at its ends.</summary>
    public AxisRange? XRange { get; init; }

    /// <summary>Panels in a row: 1 for panels below each other, more for small multiples. In [1, 12].</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Whether panels in several columns with equal labels and scales show the same part of the vertical axis.</summary>
    public bool SharesY { get; init; } = true;

    /// <summary>Whether every panel has a legend of its own, also where one would do.</summary>
    public bool LegendPerPanel { get; init; }

    /// <summary>What comes before the names in the legend, for example the parameter that they are values of; null for nothing.</summary>
    public string? LegendLabel { get; init; }

    /// <summary>Vertical lines across all panels. At most 50.</summary>
    public IReadOnlyList<CurveMark> Marks { get; init; } = [];

    internal void Validate(IReadOnlyList<CurvePanel> panels)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (PanelHeight is double height && !(height is >= 60 and <= 4000))
            faults.Add(FormattableString.Invariant($"'{nameof(PanelHeight)}' is {height}; expected a number in [60, 4000]."));
        if (Columns is < 1 or > 12)
            faults.Add($"'{nameof(Columns)}' is {Columns}; expected an integer in [1, 12].");
        else if (Columns > 1 && Width < LeastPerColumn * Columns)
            faults.Add(FormattableString.Invariant($"'{nameof(Width)}' is {Width} for {Columns} columns; expected at least {LeastPerColumn} per column."));
        if (!Enum.IsDefined(XScale))
            faults.Add($"'{nameof(XScale)}' is {(int)XScale}; pass a member of {nameof(AxisScale)}.");
        if (!double.IsFinite(XOffset))
            faults.Add(FormattableString.Invariant($"'{nameof(XOffset)}' is {XOffset}; expected a finite number."));
        XRange?.Check(faults, nameof(XRange), XScale);
        if (Marks.Count > MostMarks)
            faults.Add($"'{nameof(Marks)}' has {Marks.Count} entries; expected at most {MostMarks}.");
        for (int i = 0; i < Math.Min(Marks.Count, MostMarks); i++)
        {
            if (!double.IsFinite(Marks[i].X) || Marks[i].Band is AxisRange band && !(double.IsFinite(band.Low) && double.IsFinite(band.High) && band.Low <= band.High))
                faults.Add($"'{nameof(Marks)}' holds {Marks[i]} at index {i}; expected a finite place and a band with finite ends, the lower first.");
        }
        if (panels.Count is < 1 or > 200)
            faults.Add($"'panels' has {panels.Count} entries; expected 1 to 200.");
        for (int p = 0; p < Math.Min(panels.Count, 200); p++)
            panels[p].Check(faults, p);
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
