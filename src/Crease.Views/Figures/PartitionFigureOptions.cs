namespace Crease.Views;

/// <summary>How a partition is drawn.</summary>
public sealed record PartitionFigureOptions
{
    /// <summary>Slope norms, creases and boundary in a framed figure of width 900.</summary>
    public static PartitionFigureOptions Default { get; } = new();

    /// <summary>What the color of a region tells.</summary>
    public RegionColor Color { get; init; } = RegionColor.SlopeNorm;

    /// <summary>The ends of the colors of <see cref="RegionColor.SlopeNorm"/> and <see cref="RegionColor.Area"/>, so that colors can be compared between figures; values beyond them take the color at the end. Null for what the partition has. Logarithmic where it spans more than 1.5 decades above 0.</summary>
    public AxisRange? ColorRange { get; init; }

    /// <summary>Numbers to color by instead of <see cref="Color"/>, or null. Not drawn on the interactive page.</summary>
    public RegionValues? Values { get; init; }

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 900;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 1600;

    /// <summary>Title above the picture, or null for the name of the network.</summary>
    public string? Title { get; init; }

    /// <summary>Whether the decision boundary is drawn, where the partition has one.</summary>
    public bool Boundary { get; init; } = true;

    /// <summary>Whether creases are drawn, each in the style of its layer.</summary>
    public bool Creases { get; init; } = true;

    /// <summary>Whether title, axes and legend are drawn; without them the picture fills the figure.</summary>
    public bool Frame { get; init; } = true;

    /// <summary>Markers on top. A point outside the domain is left out.</summary>
    public IReadOnlyList<FigurePoint> Points { get; init; } = [];

    /// <summary>Names of the classes for legends, or null for numbers. Shape [classes]; missing names fall back to numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal void Validate()
    {
        var faults = new List<string>();
        if (!Enum.IsDefined(Color))
            faults.Add($"'{nameof(Color)}' is {(int)Color}; pass a member of {nameof(RegionColor)}.");
        int bad = Values?.Values.ToList().FindIndex(value => !(value >= 0 && double.IsFinite(value))) ?? -1;
        if (bad >= 0)
            faults.Add(FormattableString.Invariant($"'{nameof(Values)}' holds {Values!.Values[bad]} at index {bad}; expected finite numbers of at least 0."));
        ColorRange?.Check(faults, nameof(ColorRange), AxisScale.Linear);
        FigureSize.Check(faults, Width, PngWidth);
        for (int i = 0; i < Points.Count; i++)
        {
            if (!double.IsFinite(Points[i].S) || !double.IsFinite(Points[i].T) || Points[i].Class < 0)
                faults.Add($"'{nameof(Points)}' holds {Points[i]} at index {i}; expected finite coordinates and a class that is null or at least 0.");
        }
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
