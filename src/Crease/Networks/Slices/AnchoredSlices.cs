using Crease.Numerics;

namespace Crease.Networks;

/// <summary>Segments and planes through data points; planes by Gram-Schmidt with one re-orthogonalization.</summary>
internal static class AnchoredSlices
{
    private const double Collinearity = 1e-9;

    public static Slice Segment(double[] a, double[] b)
    {
        Check(0, a, b);
        var direction = new double[a.Length];
        double largest = 0;
        for (int i = 0; i < direction.Length; i++)
            largest = Math.Max(largest, Math.Abs(direction[i] = b[i] - a[i]));
        if (largest == 0)
            throw new ArgumentException("The two ends of the segment coincide. Pass different points.");
        // Scaled first, so that squares neither vanish nor overflow.
        for (int i = 0; i < direction.Length; i++)
            direction[i] /= largest;
        double length = largest * Normalize(direction);
        return double.IsFinite(length)
            ? Slice.Of(a, direction, [0, length])
            : throw new ArgumentException("The two ends of the segment are farther apart than a double can tell. Pass points with smaller entries.");
    }

    public static Slice Three(double[] a, double[] b, double[] c, double margin)
    {
        Check(margin, a, b, c);
        double[] u = Difference(b, a, "anchors 0 and 1 coincide");
        double[] v = Difference(c, a, "anchors 0 and 2 coincide");
        Normalize(u);
        double length = Normalize(v);
        if (!(Orthogonalize(v, u) > Collinearity))
        {
            double along = Dot(Difference(b, a, ""), u);
            throw new ArgumentException($"The three anchors are collinear: anchor 2 lies on the line through anchors 0 and 1 (distances {along:G4} and {length:G4} from anchor 0). Pass three anchors that span a plane.");
        }
        var origin = new double[a.Length];
        for (int i = 0; i < origin.Length; i++)
            origin[i] = (a[i] + b[i] + c[i]) / 3;
        return Bounded(origin, u, v, margin, a, b, c);
    }

    public static Slice Two(double[] a, double[] b, RandomSource random, double margin)
    {
        Check(margin, a, b);
        double[] u = Difference(b, a, "anchors 0 and 1 coincide");
        Normalize(u);
        double[] v = RandomDirection(random, u);
        var origin = new double[a.Length];
        for (int i = 0; i < origin.Length; i++)
            origin[i] = (a[i] + b[i]) / 2;
        return Bounded(origin, u, v, margin, a, b);
    }

    public static Slice One(double[] a, RandomSource random, double radius)
    {
        Check(0, a);
        if (!(radius > 0) || !double.IsFinite(radius))
            throw new ArgumentException($"'radius' is {radius}; expected a positive number.", nameof(radius));
        double[] u = RandomDirection(random, null);
        return Slice.Of(a, [.. u, .. RandomDirection(random, u)], Domains.Box(-radius, radius, -radius, radius));

        double[] RandomDirection(RandomSource source, double[]? other) => AnchoredSlices.RandomDirection(source, other ?? new double[a.Length]);
    }

    private static Slice Bounded(double[] origin, double[] u, double[] v, double margin, params ReadOnlySpan<double[]> anchors)
    {
        double left = double.PositiveInfinity, right = double.NegativeInfinity, bottom = left, top = right;
        foreach (double[] anchor in anchors)
        {
            double s = 0, t = 0;
            for (int i = 0; i < origin.Length; i++)
            {
                s += (anchor[i] - origin[i]) * u[i];
                t += (anchor[i] - origin[i]) * v[i];
            }
            (left, right, bottom, top) = (Math.Min(left, s), Math.Max(right, s), Math.Min(bottom, t), Math.Max(top, t));
        }
        double side = Math.Max(right - left, top - bottom), room = margin * side;
        // Two anchors leave the second axis flat: make the domain square.
        if (top - bottom < 1e-9 * side)
            (bottom, top) = (-side / 2, side / 2);
        return Slice.Of(origin, [.. u, .. v], Domains.Box(left - room, right + room, bottom - room, top + room));
    }

    private static double[] RandomDirection(RandomSource random, double[] other)
    {
        if (other.Length < 2)
            throw new ArgumentException($"A plane needs at least 2 inputs; found {other.Length}.");
        var v = new double[other.Length];
        do
        {
            for (int i = 0; i < v.Length; i++)
                v[i] = random.Normal();
            Normalize(v);
        }
        while (!(Orthogonalize(v, other) > 1e-3));
        return v;
    }

    // Removes the part of v along the unit (or zero) vector u, twice for full precision; returns the length that was left.
    private static double Orthogonalize(double[] v, double[] u)
    {
        double length = 1;
        for (int pass = 0; pass < 2; pass++)
        {
            double along = Dot(v, u);
            for (int i = 0; i < v.Length; i++)
                v[i] -= along * u[i];
            length *= Normalize(v);
        }
        return length;
    }

    private static double Normalize(double[] v)
    {
        double length = Math.Sqrt(Dot(v, v));
        for (int i = 0; i < v.Length && length > 0; i++)
            v[i] /= length;
        return length;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double[] Difference(double[] a, double[] b, string failure)
    {
        var difference = new double[a.Length];
        bool zero = true;
        for (int i = 0; i < a.Length; i++)
            zero &= (difference[i] = a[i] - b[i]) == 0;
        return zero ? throw new ArgumentException($"The anchors do not span a plane: {failure}. Pass different points.") : difference;
    }

    private static void Check(double margin, params ReadOnlySpan<double[]> anchors)
    {
        if (!(margin >= 0) || !double.IsFinite(margin))
            throw new ArgumentException($"'margin' is {margin}; expected at least 0.", nameof(margin));
        for (int a = 0; a < anchors.Length; a++)
        {
            if (anchors[a].Length != anchors[0].Length)
                throw new ArgumentException($"Anchor {a} has {anchors[a].Length} entries; anchor 0 has {anchors[0].Length}.");
            int bad = Array.FindIndex(anchors[a], x => !double.IsFinite(x));
            if (bad >= 0)
                throw new ArgumentException($"Anchor {a} holds {anchors[a][bad]} at index {bad}; expected finite numbers.");
        }
    }
}
