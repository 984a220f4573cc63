using System.Collections.Immutable;
using Crease.Geometry;

namespace Crease.Measures;

/// <summary>How often a segment of input space crosses creases, in total and per layer.</summary>
/// <remarks>
/// Notation: N ↔ <see cref="Events"/>, N / ‖x' - x‖₂ ↔ <see cref="Density"/>. Units that fold at one point of the segment are one event with a set of units: the segment meets <see cref="Events"/> + 1 regions. Creases
/// through an end of the segment are not crossed. Source: regions along a line as in <c>hanin2019complexity</c>. Exactness: that of <see cref="SegmentPartition"/>.
/// </remarks>
/// <param name="Length">Euclidean length, above 0.</param>
/// <param name="Events">Points at which at least one unit changes its piece.</param>
/// <param name="UnitChanges">Changes of pieces, one for each unit at each point; at least <paramref name="Events"/>.</param>
/// <param name="ClassChanges">Points at which the class changes.</param>
/// <param name="PerLayer">Points at which at least one unit of each layer changes its piece. Shape [layers]; a point may count for several layers.</param>
public sealed record SegmentCrossings(double Length, int Events, int UnitChanges, int ClassChanges, ImmutableArray<int> PerLayer)
{
    /// <summary>Crossings per unit of length.</summary>
    public double Density => Events / Length;

    /// <summary>Crossings of one layer's creases per unit of length.</summary>
    /// <param name="layer">0-based piecewise layer.</param>
    public double DensityOf(int layer) => PerLayer[layer] / Length;

    /// <summary>Counts along a segment, or along its first part.</summary>
    /// <param name="segment">Complete, with its boundary.</param>
    /// <param name="length">Length of the part, above 0 and at most that of the segment; null for the whole.</param>
    /// <exception cref="ArgumentException">The segment was not cut to its end, has no boundary, or <paramref name="length"/> is out of range.</exception>
    public static SegmentCrossings Of(SegmentPartition segment, double? length = null)
    {
        if (segment.Status != Numerics.Status.Complete || segment.Boundary is not { } boundary)
            throw new ArgumentException($"'segment' is {segment.Status} {(segment.Boundary is null ? "without" : "with")} boundary; expected a complete one with its boundary.", nameof(segment));
        double whole = segment.Length, reach = length ?? whole;
        if (!(reach > 0 && reach <= whole))
            throw new ArgumentException(FormattableString.Invariant($"'length' is {reach}; expected above 0 and at most {whole}."), nameof(length));
        double end = segment.Slice.Domain[0] + reach;
        int events = 0, units = 0;
        var layers = new int[segment.Layers.Length];
        var last = new int[layers.Length];
        Array.Fill(last, -1);
        for (int b = 0; b < segment.BreakpointCount && segment.Breakpoints[b] < end; b++)
        {
            events++;
            foreach (int crease in segment.CreasesOf(b))
            {
                int layer = segment.CreaseAt(crease).Layer;
                layers[layer] += last[layer] == b ? 0 : 1;
                last[layer] = b;
                units++;
            }
        }
        int classes = 0;
        while (classes < boundary.Count && boundary.Positions[classes] < end)
            classes++;
        return new SegmentCrossings(reach, events, units, classes, [.. layers]);
    }
}
