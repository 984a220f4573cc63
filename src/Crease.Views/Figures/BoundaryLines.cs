using Crease.Geometry;

namespace Crease.Views;

/// <summary>A decision boundary as lines, a line per segment.</summary>
internal static class BoundaryLines
{
    /// <summary>Places the segments.</summary>
    /// <param name="boundary">The boundary.</param>
    /// <param name="area">Where it is drawn.</param>
    public static Polylines Of(DecisionBoundary boundary, PlotArea area)
    {
        var lines = new Polylines();
        for (int s = 0; s < boundary.SegmentCount; s++)
        {
            ReadOnlySpan<double> ends = boundary.Ends.Slice(4 * s, 4);
            lines.Begin(area.X(ends[0]), area.Y(ends[1]));
            lines.Add(area.X(ends[2]), area.Y(ends[3]));
        }
        return lines;
    }
}
