namespace Crease.Networks;

/// <summary>Refuses slices that geometry cannot be done on, with a reason.</summary>
internal static class SliceChecks
{
    private const double Orthonormality = 1e-6;

    public static void Vectors(ReadOnlySpan<double> origin, ReadOnlySpan<double> directions)
    {
        int inputs = origin.Length;
        if (inputs == 0 || directions.Length % inputs != 0 || directions.Length / inputs is < 1 or > 3)
            throw new ArgumentException($"'directions' has {directions.Length} entries and 'origin' {inputs}; expected directions of shape [k, inputs] with k from 1 to 3.", nameof(directions));
        Finite(origin, nameof(origin));
        Finite(directions, nameof(directions));
        int k = directions.Length / inputs;
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int d = 0; d < inputs; d++)
                    product += directions[i * inputs + d] * directions[j * inputs + d];
                if (!(Math.Abs(product - (i == j ? 1 : 0)) <= Orthonormality))
                    throw new ArgumentException($"'directions' are not orthonormal: direction {j} · direction {i} is {product:G6}; expected {(i == j ? 1 : 0)} within {Orthonormality:G1}.", nameof(directions));
            }
        }
    }

    public static double[] Domain(ReadOnlySpan<double> domain, int dimension)
    {
        Finite(domain, nameof(domain));
        if (domain.Length % dimension != 0)
            throw new ArgumentException($"'domain' has {domain.Length} entries; expected shape [vertices, {dimension}].", nameof(domain));
        return dimension switch
        {
            1 => Interval(domain),
            2 => Polygon(domain),
            _ => domain.Length / 3 >= 4 ? domain.ToArray() : throw new ArgumentException($"'domain' has {domain.Length / 3} vertices; a three-dimensional domain has at least 4.", nameof(domain)),
        };
    }

    private static double[] Interval(ReadOnlySpan<double> domain) =>
        domain.Length == 2 && domain[0] != domain[1]
            ? [Math.Min(domain[0], domain[1]), Math.Max(domain[0], domain[1])]
            : throw new ArgumentException($"'domain' is [{string.Join(", ", domain.ToArray())}]; a one-dimensional domain is two different ends.", nameof(domain));

    // Drops repeated and collinear vertices, turns the polygon counter-clockwise, and refuses one that is not convex.
    private static double[] Polygon(ReadOnlySpan<double> domain)
    {
        var points = new List<(double X, double Y)>();
        for (int i = 0; i < domain.Length; i += 2)
        {
            if (points.Count == 0 || points[^1] != (domain[i], domain[i + 1]))
                points.Add((domain[i], domain[i + 1]));
        }
        if (points.Count > 1 && points[0] == points[^1])
            points.RemoveAt(points.Count - 1);
        double area = 0, extent = 0;
        for (int i = 1; i + 1 < points.Count; i++)
            area += Turn(points[0], points[i], points[i + 1]) / 2;
        foreach ((double x, double y) in points)
            extent = Math.Max(extent, Math.Max(Math.Abs(x - points[0].X), Math.Abs(y - points[0].Y)));
        if (points.Count < 3 || !(Math.Abs(area) > 1e-15 * extent * extent))
            throw new ArgumentException($"'domain' is degenerate: {points.Count} different vertices enclose an area of {Math.Abs(area):G3}; expected a convex polygon of positive area.", nameof(domain));
        if (area < 0)
            points.Reverse();
        double flat = 1e-14 * extent * extent;
        for (int i = 0; i < points.Count && points.Count > 3;)
        {
            double turn = Turn(points[(i + points.Count - 1) % points.Count], points[i], points[(i + 1) % points.Count]);
            if (Math.Abs(turn) <= flat)
                points.RemoveAt(i);
            else
                i++;
        }
        double winding = 0;
        for (int i = 0; i < points.Count; i++)
        {
            (double X, double Y) p = points[i], q = points[(i + 1) % points.Count], r = points[(i + 2) % points.Count];
            if (Turn(p, q, r) <= 0)
                throw new ArgumentException($"'domain' is not convex at its vertex ({q.X:G6}, {q.Y:G6}); expected a convex polygon.", nameof(domain));
            winding += Math.Atan2(Turn(p, q, r), (q.X - p.X) * (r.X - q.X) + (q.Y - p.Y) * (r.Y - q.Y));
        }
        if (winding > 3 * Math.PI)
            throw new ArgumentException("'domain' winds around more than once; expected a convex polygon.", nameof(domain));
        return [.. points.SelectMany(p => new[] { p.X, p.Y })];
    }

    private static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);

    private static void Finite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"'{name}' holds {values[i]} at index {i}; expected finite numbers.", name);
        }
    }
}
