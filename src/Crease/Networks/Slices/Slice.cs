namespace Crease.Networks;

/// <summary>A bounded flat piece of input space: x = origin + s u + t v with (s, t) in a convex polygon.</summary>
/// <remarks>Directions are used exactly as given; the factories make them orthonormal, so that lengths and areas are those of input space.</remarks>
public sealed partial class Slice
{
    private readonly double[] _origin;
    private readonly double[] _directions;
    private readonly double[] _domain;

    private readonly double[] _low;

    internal Slice(double[] origin, double[] directions, double[] domain, double[]? low = null)
    {
        (_origin, _directions, _domain, _low) = (origin, directions, domain, low ?? []);
        Dimension = directions.Length / origin.Length;
    }

    /// <summary>Number of directions k: 1, 2 or 3.</summary>
    public int Dimension { get; }

    /// <summary>Dimension of the input space.</summary>
    public int Inputs => _origin.Length;

    /// <summary>The input at slice coordinates 0. Shape [inputs].</summary>
    public ReadOnlySpan<double> Origin => _origin;

    /// <summary>What is to be added to <see cref="Origin"/> for the exact origin of a viewport; empty for none. Shape [inputs] or [0].</summary>
    public ReadOnlySpan<double> OriginLow => _low;

    /// <summary>Unit vectors. Shape [k, inputs], row-major.</summary>
    public ReadOnlySpan<double> Directions => _directions;

    /// <summary>Vertices of the domain in slice coordinates, counter-clockwise for k = 2; the two ends for k = 1; the corners of a box for k = 3. Shape [vertices, k].</summary>
    public ReadOnlySpan<double> Domain => _domain;

    /// <summary>A slice from explicit vectors.</summary>
    /// <param name="origin">Shape [inputs], finite.</param>
    /// <param name="directions">Shape [k, inputs], row-major, finite, orthonormal within 1e-6, k from 1 to 3.</param>
    /// <param name="domain">Shape [vertices, k]: for k = 2 a convex polygon of positive area in either orientation, for k = 1 two different ends.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a number is not finite, directions are not orthonormal, or the domain is degenerate.</exception>
    public static Slice Of(double[] origin, double[] directions, double[] domain)
    {
        SliceChecks.Vectors(origin, directions);
        int dimension = directions.Length / origin.Length;
        return new Slice([.. origin], [.. directions], SliceChecks.Domain(domain, dimension));
    }

    /// <summary>The input space itself, for a network with two inputs.</summary>
    /// <param name="left">Smallest x.</param>
    /// <param name="right">Largest x, above <paramref name="left"/>.</param>
    /// <param name="bottom">Smallest y.</param>
    /// <param name="top">Largest y, above <paramref name="bottom"/>.</param>
    public static Slice Box(double left, double right, double bottom, double top) =>
        Of([0, 0], [1, 0, 0, 1], Domains.Box(left, right, bottom, top));

    /// <summary>The input space itself, for a network with three inputs.</summary>
    /// <param name="left">Smallest x.</param>
    /// <param name="right">Largest x, above <paramref name="left"/>.</param>
    /// <param name="bottom">Smallest y.</param>
    /// <param name="top">Largest y, above <paramref name="bottom"/>.</param>
    /// <param name="near">Smallest z.</param>
    /// <param name="far">Largest z, above <paramref name="near"/>.</param>
    public static Slice Box(double left, double right, double bottom, double top, double near, double far) =>
        Of([0, 0, 0], [1, 0, 0, 0, 1, 0, 0, 0, 1], Domains.Box(left, right, bottom, top, near, far));

    /// <summary>The input space itself with a polygon as domain, for a network with two inputs.</summary>
    /// <param name="polygon">Shape [vertices, 2].</param>
    public static Slice Plane(double[] polygon) => Of([0, 0], [1, 0, 0, 1], polygon);

    /// <summary>The segment between two points: one unit direction from the first to the second, with domain [0, distance].</summary>
    /// <param name="a">The point at slice coordinate 0. Shape [inputs].</param>
    /// <param name="b">The point at the other end, up to rounding. Shape [inputs].</param>
    /// <exception cref="ArgumentException">The points coincide, are of different length, or hold a number that is not finite.</exception>
    public static Slice Segment(double[] a, double[] b) => AnchoredSlices.Segment(a, b);

    /// <summary>The plane through three points, cut to their bounding rectangle and a margin.</summary>
    /// <param name="a">First anchor. Shape [inputs]. The first direction points from here to <paramref name="b"/>.</param>
    /// <param name="b">Second anchor. Shape [inputs].</param>
    /// <param name="c">Third anchor. Shape [inputs].</param>
    /// <param name="margin">Room on each side, as a share of the longer side of the anchors' rectangle; at least 0.</param>
    /// <exception cref="ArgumentException">Anchors coincide or are collinear; the message says which.</exception>
    public static Slice Through(double[] a, double[] b, double[] c, double margin = 0.2) => AnchoredSlices.Three(a, b, c, margin);

    /// <summary>A plane through two points and a random direction.</summary>
    /// <param name="a">First anchor. Shape [inputs].</param>
    /// <param name="b">Second anchor. Shape [inputs].</param>
    /// <param name="random">Source of the second direction.</param>
    /// <param name="margin">Room on each side, as a share of the anchors' distance; at least 0.</param>
    public static Slice Through(double[] a, double[] b, Numerics.RandomSource random, double margin = 0.2) => AnchoredSlices.Two(a, b, random, margin);

    /// <summary>A random plane through one point, a square around it.</summary>
    /// <param name="a">The anchor at the center. Shape [inputs].</param>
    /// <param name="random">Source of both directions.</param>
    /// <param name="radius">Half the side of the square, positive, in units of the input.</param>
    public static Slice Around(double[] a, Numerics.RandomSource random, double radius = 1) => AnchoredSlices.One(a, random, radius);

    /// <summary>The slice of one to three anchors: a square around one, the plane through two and a random direction, or the plane through three.</summary>
    /// <param name="anchors">Shape [anchors, inputs], one to three of them.</param>
    /// <param name="random">Draws the directions that the anchors leave open.</param>
    /// <param name="margin">Room around them as a share of their extent, at least 0; for one anchor half the side of the square, above 0. Null for 0.2, or 1 for one anchor.</param>
    /// <exception cref="ArgumentException">There are none or more, they coincide or are collinear, or the margin is out of range.</exception>
    public static Slice Through(IReadOnlyList<double[]> anchors, Numerics.RandomSource random, double? margin = null) => anchors.Count switch
    {
        1 => Around(anchors[0], random, margin ?? 1),
        2 => Through(anchors[0], anchors[1], random, margin ?? 0.2),
        3 => Through(anchors[0], anchors[1], anchors[2], margin ?? 0.2),
        _ => throw new ArgumentException($"'anchors' has {anchors.Count} rows; expected 1, 2 or 3.", nameof(anchors)),
    };

    /// <summary>The same plane with another domain.</summary>
    /// <param name="domain">Shape [vertices, k].</param>
    public Slice WithDomain(double[] domain) => new(_origin, _directions, SliceChecks.Domain(domain, Dimension), _low);

    /// <summary>A small part of a two-dimensional slice, with its center as the new origin, for domains down to 1e-12 of the slice and below.</summary>
    /// <remarks>
    /// Coordinates of the new slice count from the center, so that they keep all their digits. The new origin is kept as the sum of two
    /// doubles per input (see <see cref="OriginLow"/>): the plane does not move.
    /// </remarks>
    /// <param name="center">Slice coordinates of the center. Shape [2], finite.</param>
    /// <param name="width">Extent along the first direction, positive.</param>
    /// <param name="height">Extent along the second direction, positive.</param>
    /// <exception cref="ArgumentException">The slice is not two-dimensional, or a number is out of range.</exception>
    public Slice Viewport(ReadOnlySpan<double> center, double width, double height)
    {
        if (Dimension != 2 || center.Length != 2)
            throw new ArgumentException($"A viewport needs a slice with 2 directions and 2 coordinates; found {Dimension} and {center.Length}.");
        if (!double.IsFinite(center[0]) || !double.IsFinite(center[1]) || !(width > 0) || !(height > 0) || !double.IsFinite(width + height))
            throw new ArgumentException($"The viewport is {width} x {height} around ({center[0]}, {center[1]}); expected positive extents and finite numbers.");
        return At(center[0], center[1], Domains.Box(-width / 2, width / 2, -height / 2, height / 2));
    }

    /// <summary>The same two-dimensional slice in coordinates that count from a point; differences of the domain's coordinates must be exact. Null when the origin must be exact and two doubles cannot hold it.</summary>
    internal Slice? From(double x, double y, bool exactly)
    {
        var domain = new double[_domain.Length];
        for (int i = 0; i < domain.Length; i += 2)
            (domain[i], domain[i + 1]) = (_domain[i] - x, _domain[i + 1] - y);
        Slice from = At(x, y, domain);
        return exactly && !IsSame(from, x, y) ? null : from;
    }

    private bool IsSame(Slice from, double x, double y)
    {
        bool same = true;
        for (int i = 0; i < Inputs && same; i++)
        {
            Numerics.Dyadic origin = _origin[i], low = _low.Length == 0 ? 0 : _low[i], u = _directions[i], v = _directions[Inputs + i];
            same = (origin + low + u * x + v * y - from._origin[i] - from._low[i]).Sign == 0;
        }
        return same;
    }

    private Slice At(double x, double y, double[] domain)
    {
        double[] origin = new double[Inputs], low = new double[Inputs];
        for (int i = 0; i < origin.Length; i++)
        {
            Numerics.DoubleDouble sum = Numerics.DoubleDouble.Sum(_origin[i], _low.Length == 0 ? 0 : _low[i]);
            sum = sum.Plus(new Numerics.DoubleDouble(_directions[i], 0), x).Plus(new Numerics.DoubleDouble(_directions[origin.Length + i], 0), y);
            (origin[i], low[i]) = (sum.High, sum.Low);
        }
        return new Slice(origin, _directions, domain, low);
    }

    /// <summary>The input at slice coordinates.</summary>
    /// <param name="coordinates">Shape [k].</param>
    /// <returns>Shape [inputs].</returns>
    public double[] Decode(params ReadOnlySpan<double> coordinates)
    {
        var x = (double[])_origin.Clone();
        for (int d = 0; d < Dimension; d++)
        {
            for (int i = 0; i < x.Length; i++)
                x[i] += coordinates[d] * _directions[d * x.Length + i];
        }
        return x;
    }

    /// <summary>Slice coordinates of the orthogonal projection of an input.</summary>
    /// <param name="x">Shape [inputs].</param>
    /// <returns>Shape [k].</returns>
    public double[] Encode(ReadOnlySpan<double> x)
    {
        var coordinates = new double[Dimension];
        for (int d = 0; d < Dimension; d++)
        {
            for (int i = 0; i < x.Length; i++)
                coordinates[d] += (x[i] - _origin[i]) * _directions[d * x.Length + i];
        }
        return coordinates;
    }
}
