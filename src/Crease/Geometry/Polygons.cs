namespace Crease.Geometry;

/// <summary>Elementary measures of polygons given as flat vertex lists.</summary>
internal static class Polygons
{
    /// <summary>Signed area, positive counter-clockwise, relative to the first vertex so that small polygons keep their digits.</summary>
    public static double Area(ReadOnlySpan<double> polygon)
    {
        double twice = 0, x0 = polygon[0], y0 = polygon[1];
        for (int i = 2; i + 3 < polygon.Length; i += 2)
            twice += (polygon[i] - x0) * (polygon[i + 3] - y0) - (polygon[i + 1] - y0) * (polygon[i + 2] - x0);
        return twice / 2;
    }

    public static double DistanceToSegment(double x, double y, ReadOnlySpan<double> ends)
    {
        double dx = ends[2] - ends[0], dy = ends[3] - ends[1], square = dx * dx + dy * dy;
        double share = square > 0 ? Math.Clamp(((x - ends[0]) * dx + (y - ends[1]) * dy) / square, 0, 1) : 0;
        return double.Hypot(x - ends[0] - share * dx, y - ends[1] - share * dy);
    }
}
