namespace Crease.Geometry;

/// <summary>Where a classifier changes its mind along a segment.</summary>
/// <remarks>
/// For several outputs a crossing is where the two largest tie; for one output it is a zero; for a chosen pair it is where that pair ties.
/// A tie that does not change the class is no crossing. Where outputs tie along a whole region, the one with the smaller index counts.
/// </remarks>
public sealed class SegmentBoundary
{
    private readonly double[] _positions;
    private readonly int[] _classes;

    internal SegmentBoundary(double[] positions, int[] classes) => (_positions, _classes) = (positions, classes);

    /// <summary>Number of crossings.</summary>
    public int Count => _positions.Length;

    /// <summary>Slice coordinate of each crossing, ascending. Shape [crossings].</summary>
    public ReadOnlySpan<double> Positions => _positions;

    /// <summary>The class before and after each crossing; for one output 0 is not positive and 1 is positive. Shape [crossings, 2].</summary>
    public ReadOnlySpan<int> Classes => _classes;
}
