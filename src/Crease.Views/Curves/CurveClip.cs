namespace Crease.Views;

/// <summary>Cuts the polygon of a band at the edges of its panel.</summary>
internal static class CurveClip
{
    /// <summary>The band as a closed polygon: along the upper ends, back along the lower ones.</summary>
    /// <returns>x, y, x, y, ...; empty where nothing is inside.</returns>
    public static double[] Polygon(List<(double X, double Upper, double Lower)> stations, CurveArea area)
    {
        List<(double X, double Y)> points = [.. stations.Select(s => (s.X, s.Upper)), .. Enumerable.Reverse(stations).Select(s => (s.X, s.Lower))];
        // Sutherland and Hodgman: one edge after the other. What leaves and comes back runs along the edge, where a fill does not show it.
        points = Half(points, p => p.X - area.Left);
        points = Half(points, p => area.Right - p.X);
        points = Half(points, p => p.Y - area.Top);
        points = Half(points, p => area.Bottom - p.Y);
        var flat = new double[2 * points.Count];
        for (int i = 0; i < points.Count; i++)
            (flat[2 * i], flat[2 * i + 1]) = area.Inside(points[i].X, points[i].Y);
        return flat;
    }

    private static List<(double X, double Y)> Half(List<(double X, double Y)> points, Func<(double X, double Y), double> inside)
    {
        var kept = new List<(double X, double Y)>();
        for (int i = 0; i < points.Count; i++)
        {
            (double X, double Y) from = points[i], to = points[(i + 1) % points.Count];
            double start = inside(from), end = inside(to);
            if (start >= 0)
                kept.Add(from);
            if (start < 0 != end < 0)
            {
                double share = start / (start - end);
                kept.Add((from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
            }
        }
        return kept;
    }
}
