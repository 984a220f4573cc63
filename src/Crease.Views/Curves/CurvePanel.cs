namespace Crease.Views;

/// <summary>Curves over one vertical axis.</summary>
/// <param name="Label">Name of the vertical axis with its unit.</param>
/// <param name="Curves">What is drawn; measured curves in front, later ones in front of earlier ones.</param>
public sealed record CurvePanel(string Label, IReadOnlyList<Curve> Curves)
{
    /// <summary>Title above the panel, or null.</summary>
    public string? Title { get; init; }

    /// <summary>How the vertical axis runs.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>What the vertical axis shows, or null for all that is drawn with a little room; curves are cut at its ends.</summary>
    public AxisRange? Range { get; init; }

    internal void Check(List<string> faults, int panel)
    {
        if (!Enum.IsDefined(Scale))
            faults.Add($"panel {panel + 1} has scale {(int)Scale}; pass a member of {nameof(AxisScale)}.");
        Range?.Check(faults, $"{nameof(Range)} of panel {panel + 1}", Scale);
        for (int c = 0; c < Curves.Count; c++)
            Curves[c].Check(faults, $"curve {c + 1} of panel {panel + 1}");
    }
}
