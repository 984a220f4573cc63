using System.Numerics;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>A point of a segment: an end of the domain, or where a function of the slice is zero. Known exactly on demand.</summary>
internal sealed class SegmentPoint
{
    /// <summary>The nearest double that was found, never outside the interval it was found on.</summary>
    public required double At { get; set; }

    /// <summary>Bound on the distance of <see cref="At"/> from the true point.</summary>
    public double Error { get; set; }

    /// <summary>The function that is zero here; its code is that of the interval on which the point was found.</summary>
    public Line Line { get; init; }

    /// <summary>The true point, once it was needed. Two workers may find it at once; they find the same.</summary>
    public Ratio? Exact { get; set; }
}

/// <summary>An exact rational number over a positive denominator.</summary>
internal sealed record Ratio(Dyadic Numerator, Dyadic Denominator)
{
    // More than 53 bits and one to round by; what is below only tells whether there is something.
    private const int QuotientBits = 64;

    public static Ratio Of(Dyadic numerator, Dyadic denominator) =>
        denominator.Sign < 0 ? new Ratio(-numerator, -denominator) : new Ratio(numerator, denominator);

    public int CompareTo(Ratio other) => (Numerator * other.Denominator - other.Numerator * Denominator).Sign;

    /// <summary>The nearest double.</summary>
    public double Nearest()
    {
        if (Numerator.Sign == 0)
            return 0;
        BigInteger n = BigInteger.Abs(Numerator.Mantissa), d = Denominator.Mantissa;
        int shift = (int)(QuotientBits + 1 + d.GetBitLength() - n.GetBitLength());
        BigInteger quotient = BigInteger.DivRem(shift > 0 ? n << shift : n, shift < 0 ? d << -shift : d, out BigInteger rest);
        int excess = (int)quotient.GetBitLength() - QuotientBits;
        BigInteger top = quotient >> excess;
        bool sticky = !rest.IsZero || top << excess != quotient;
        double value = (double)((ulong)top | (sticky ? 1UL : 0));
        return Numerator.Sign * Math.ScaleB(value, Numerator.Exponent - Denominator.Exponent - shift + excess);
    }
}
