using System.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>A point (X / W, Y / W) of the slice with whole X, Y, W without a common divisor and W positive: equal points have equal members.</summary>
public readonly record struct RationalPoint(BigInteger X, BigInteger Y, BigInteger W)
{
    public static RationalPoint Of(Rational x, Rational y) =>
        Reduced(x.Numerator * y.Denominator, y.Numerator * x.Denominator, x.Denominator * y.Denominator);

    /// <summary>A function's value here times <see cref="W"/>.</summary>
    public BigInteger Value((BigInteger A, BigInteger B, BigInteger C) line) => line.A * X + line.B * Y + line.C * W;

    /// <summary>The point between two others where a function is zero, given its values (as <see cref="Value"/>) of opposite sign there.</summary>
    public static RationalPoint Between(RationalPoint p, BigInteger atP, RationalPoint q, BigInteger atQ) =>
        Reduced(atQ * p.X - atP * q.X, atQ * p.Y - atP * q.Y, atQ * p.W - atP * q.W);

    public (double X, double Y) ToDoubles() => (Rational.Of(X, W).ToDouble(), Rational.Of(Y, W).ToDouble());

    /// <summary>Area of a counter-clockwise polygon.</summary>
    public static Rational Area(IReadOnlyList<RationalPoint> polygon)
    {
        Rational twice = default;
        Rational x0 = Rational.Of(polygon[0].X, polygon[0].W), y0 = Rational.Of(polygon[0].Y, polygon[0].W);
        for (int i = 1; i + 1 < polygon.Count; i++)
        {
            RationalPoint p = polygon[i], q = polygon[i + 1];
            Rational px = Rational.Of(p.X, p.W) - x0, py = Rational.Of(p.Y, p.W) - y0, qx = Rational.Of(q.X, q.W) - x0, qy = Rational.Of(q.Y, q.W) - y0;
            twice += px * qy - py * qx;
        }
        return 0.5 * twice;
    }

    private static RationalPoint Reduced(BigInteger x, BigInteger y, BigInteger w)
    {
        BigInteger shared = BigInteger.GreatestCommonDivisor(w, BigInteger.GreatestCommonDivisor(x, y));
        if (w.Sign < 0)
            shared = -shared;
        return new RationalPoint(x / shared, y / shared, w / shared);
    }
}
