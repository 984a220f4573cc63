using System.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>An affine function a s + b t + c on the slice, exactly.</summary>
public readonly record struct RationalRow(Rational A, Rational B, Rational C)
{
    public static RationalRow operator +(RationalRow left, RationalRow right) => new(left.A + right.A, left.B + right.B, left.C + right.C);

    public static RationalRow operator -(RationalRow left, RationalRow right) => left + -1.0 * right;

    public static RationalRow operator *(Rational factor, RationalRow row) => new(factor * row.A, factor * row.B, factor * row.C);

    public RationalRow Plus(Rational constant) => this with { C = C + constant };

    /// <summary>Whole numbers in the same proportion, all three times one positive number: the signs are those of the function.</summary>
    public (BigInteger A, BigInteger B, BigInteger C) Whole()
    {
        if (A.Denominator.IsPowerOfTwo && B.Denominator.IsPowerOfTwo && C.Denominator.IsPowerOfTwo)
        {
            BigInteger common = BigInteger.Max(A.Denominator, BigInteger.Max(B.Denominator, C.Denominator));
            return (A.Numerator * (common / A.Denominator), B.Numerator * (common / B.Denominator), C.Numerator * (common / C.Denominator));
        }
        BigInteger a = A.Numerator * B.Denominator * C.Denominator, b = B.Numerator * A.Denominator * C.Denominator, c = C.Numerator * A.Denominator * B.Denominator;
        BigInteger shared = BigInteger.GreatestCommonDivisor(a, BigInteger.GreatestCommonDivisor(b, c));
        return shared.IsZero ? (a, b, c) : (a / shared, b / shared, c / shared);
    }
}
