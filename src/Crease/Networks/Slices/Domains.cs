using Crease.Numerics;

namespace Crease.Networks;

/// <summary>Convex domains to cut slices with: polygons are counter-clockwise, shape [vertices, 2]; a box in space has shape [8, 3].</summary>
public static class Domains
{
    /// <summary>An axis-parallel rectangle.</summary>
    /// <param name="left">Smallest first coordinate.</param>
    /// <param name="right">Largest first coordinate.</param>
    /// <param name="bottom">Smallest second coordinate.</param>
    /// <param name="top">Largest second coordinate.</param>
    /// <returns>Shape [4, 2].</returns>
    public static double[] Box(double left, double right, double bottom, double top) =>
        left < right && bottom < top
            ? [left, bottom, right, bottom, right, top, left, top]
            : throw new ArgumentException($"The box is [{left}, {right}] x [{bottom}, {top}]; expected left < right and bottom < top.");

    /// <summary>The corners of an axis-parallel box in three dimensions; the first coordinate varies fastest.</summary>
    /// <param name="left">Smallest first coordinate.</param>
    /// <param name="right">Largest first coordinate.</param>
    /// <param name="bottom">Smallest second coordinate.</param>
    /// <param name="top">Largest second coordinate.</param>
    /// <param name="near">Smallest third coordinate.</param>
    /// <param name="far">Largest third coordinate.</param>
    /// <returns>Shape [8, 3].</returns>
    public static double[] Box(double left, double right, double bottom, double top, double near, double far) =>
        left < right && bottom < top && near < far
            ? [.. Enumerable.Range(0, 8).SelectMany(i => new[] { (i & 1) == 0 ? left : right, (i & 2) == 0 ? bottom : top, (i & 4) == 0 ? near : far })]
            : throw new ArgumentException($"The box is [{left}, {right}] x [{bottom}, {top}] x [{near}, {far}]; expected left < right, bottom < top and near < far.");

    /// <summary>A square on its corner: the built-in domain of SplineCam (<c>humayun2023splinecam</c>).</summary>
    /// <param name="pad">Half the diagonal, positive.</param>
    /// <returns>Shape [4, 2]; area 2 pad².</returns>
    public static double[] Diamond(double pad) => [pad, 0, 0, pad, -pad, 0, 0, -pad];

    /// <summary>A regular polygon that approximates a disk.</summary>
    /// <param name="radius">Distance of the vertices from 0, positive.</param>
    /// <param name="vertices">Number of vertices, at least 3.</param>
    /// <returns>Shape [vertices, 2].</returns>
    public static double[] Regular(double radius, int vertices)
    {
        var polygon = new double[2 * vertices];
        for (int i = 0; i < vertices; i++)
            (polygon[2 * i + 1], polygon[2 * i]) = (radius * Math.Sin(2 * Math.PI * i / vertices), radius * Math.Cos(2 * Math.PI * i / vertices));
        return polygon;
    }

    /// <summary>The convex hull of uniform points in the square [-radius, radius]².</summary>
    /// <param name="random">Source of the points.</param>
    /// <param name="radius">Half the side of the square, positive.</param>
    /// <param name="points">Number of points, at least 3.</param>
    /// <returns>Shape [vertices, 2].</returns>
    public static double[] RandomConvex(RandomSource random, double radius = 1, int points = 30)
    {
        var cloud = new (double X, double Y)[points];
        for (int i = 0; i < points; i++)
            cloud[i] = (random.Uniform(-radius, radius), random.Uniform(-radius, radius));
        Array.Sort(cloud);
        var hull = new List<(double X, double Y)>();
        // Andrew's monotone chain: the lower hull from left to right, then the upper one back.
        foreach (bool upper in new[] { false, true })
        {
            int floor = hull.Count;
            foreach ((double X, double Y) p in upper ? cloud.Reverse() : cloud)
            {
                while (hull.Count >= floor + 2 && Turn(hull[^2], hull[^1], p) <= 0)
                    hull.RemoveAt(hull.Count - 1);
                hull.Add(p);
            }
            hull.RemoveAt(hull.Count - 1);
        }
        return [.. hull.SelectMany(p => new[] { p.X, p.Y })];
    }

    private static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
}
