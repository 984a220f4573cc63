namespace Crease.Studio;

/// <summary>The JSON at the start of a binary partition: numbers about it, and where its arrays lie.</summary>
/// <param name="Regions">Number of regions.</param>
/// <param name="Vertices">Number of vertices.</param>
/// <param name="Status">Whether all regions were found.</param>
/// <param name="Exactness">How they were obtained.</param>
/// <param name="Seconds">What the cut took.</param>
/// <param name="Viewport">What was cut: center and size in slice coordinates.</param>
/// <param name="Origin">What coordinates are relative to, in slice coordinates.</param>
/// <param name="Layers">Names of the piecewise layers.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="RegionsPerLayer">Regions after each layer.</param>
/// <param name="EulerCharacteristic">V - E + F: 1 for a complete partition.</param>
/// <param name="BoundaryLength">Length of the decision boundary, or null.</param>
/// <param name="IsSketch">Whether only the first layer folds, because all of them would have taken too long.</param>
/// <param name="Ranges">Smallest and largest slope, area and depth.</param>
/// <param name="Arrays">By name.</param>
internal sealed record PartitionHead(
    int Regions, int Vertices, Numerics.Status Status, Numerics.Exactness Exactness, double Seconds, Viewport Viewport, double[] Origin, IReadOnlyList<string> Layers, int Classes,
    IReadOnlyList<int> RegionsPerLayer, int EulerCharacteristic, double? BoundaryLength, bool IsSketch, PartitionHead.RangeSet Ranges, IReadOnlyDictionary<string, PartitionHead.ArrayPlace> Arrays)
{
    /// <summary>Ranges over all regions.</summary>
    internal sealed record RangeSet(double[] Slope, double[] Area, double[] Depth);

    /// <summary>Where an array lies.</summary>
    /// <param name="Offset">Bytes from the start of the arrays, a multiple of 8.</param>
    /// <param name="Type">Type of a number: f32, u32, u16 or i16, little-endian.</param>
    /// <param name="Count">Number of numbers.</param>
    internal sealed record ArrayPlace(long Offset, string Type, int Count);
}
