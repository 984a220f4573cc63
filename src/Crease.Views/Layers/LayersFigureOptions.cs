using Crease.Geometry;

namespace Crease.Views;

/// <summary>How a partition is drawn layer by layer.</summary>
public sealed record LayersFigureOptions
{
    private const int MostColumns = 8;

    /// <summary>A figure of width 1000 with three panels in a row and no unit marked.</summary>
    public static LayersFigureOptions Default { get; } = new();

    /// <summary>Width of the whole figure in CSS pixels (SVG) or points (PDF). In [300, 10000].</summary>
    public double Width { get; init; } = 1000;

    /// <summary>Width of a PNG in pixels; everything scales with it. In [16, 16384].</summary>
    public int PngWidth { get; init; } = 2000;

    /// <summary>Title above the picture, or null for the network's name.</summary>
    public string? Title { get; init; }

    /// <summary>Panels in a row. In [1, 8].</summary>
    public int Columns { get; init; } = 3;

    /// <summary>The unit whose crease is marked, as 0-based layer and unit, or null.</summary>
    public (int Layer, int Unit)? Marked { get; init; }

    internal void Validate(Partition partition)
    {
        var faults = new List<string>();
        FigureSize.Check(faults, Width, PngWidth);
        if (Columns is < 1 or > MostColumns)
            faults.Add($"'{nameof(Columns)}' is {Columns}; expected an integer in [1, {MostColumns}].");
        if (partition.Layers.Length == 0)
            faults.Add("the network has no piecewise layer; expected at least one.");
        if (Marked is var (layer, unit) && ((uint)layer >= (uint)partition.Layers.Length || (uint)unit >= (uint)partition.Layers[layer].Shape.Size))
            faults.Add($"'{nameof(Marked)}' is layer {layer}, unit {unit}; the network has no such unit.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
