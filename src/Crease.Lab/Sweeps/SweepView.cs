using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>How a sweep is drawn: what over which axes.</summary>
public sealed record SweepView
{
    /// <summary>Measures, a row of panels each; none for test accuracy, or the first that there is of the losses and accuracies.</summary>
    public ImmutableArray<string> Measures { get; init; } = [];

    /// <summary>The horizontal axis, or null for that of most values.</summary>
    public string? X { get; init; }

    /// <summary>The axis of colors, or the vertical one of a heat map; null for the next.</summary>
    public string? Y { get; init; }

    /// <summary>The axis of small multiples, or null for the next.</summary>
    public string? Panels { get; init; }

    /// <summary>Whether two axes span a heat map.</summary>
    public bool IsHeatMap { get; init; }

    /// <summary>Axes that are held at one value.</summary>
    public ImmutableSortedDictionary<string, string> At { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Title above the picture, or null for the name of the grid.</summary>
    public string? Title { get; init; }

    /// <summary>Width of the figure in points, or null for the usual one.</summary>
    public int? Width { get; init; }
}
