using System.Numerics;

namespace Crease.Numerics;

/// <summary>An exact binary fraction m · 2^e: sums and products of finite doubles without rounding.</summary>
/// <remarks>Notation: m ↔ <see cref="Mantissa"/>, e ↔ <see cref="Exponent"/>. Zero has mantissa and exponent 0.</remarks>
internal readonly struct Dyadic
{
    public Dyadic(BigInteger mantissa, int exponent)
    {
        // Trailing zeros are dropped in whole words only: cheap, and it bounds the growth of long sums.
        if (mantissa.IsEven && !mantissa.IsZero && (int)BigInteger.TrailingZeroCount(mantissa) / 64 * 64 is > 0 and int zeros)
        {
            mantissa >>= zeros;
            exponent += zeros;
        }
        (Mantissa, Exponent) = mantissa.IsZero ? (BigInteger.Zero, 0) : (mantissa, exponent);
    }

    public BigInteger Mantissa { get; }

    public int Exponent { get; }

    public int Sign => Mantissa.Sign;

    public static implicit operator Dyadic(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0x7FF)
            throw new ArgumentException($"'value' is {value}; expected a finite number.", nameof(value));
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << 52;
        if (mantissa == 0)
            return default;
        int zeros = BitOperations.TrailingZeroCount(mantissa);
        mantissa >>= zeros;
        return new Dyadic(bits < 0 ? -mantissa : mantissa, exponent - 1075 + zeros);
    }

    public static Dyadic operator +(Dyadic left, Dyadic right)
    {
        if (left.Mantissa.IsZero)
            return right;
        if (right.Mantissa.IsZero)
            return left;
        int exponent = Math.Min(left.Exponent, right.Exponent);
        return new Dyadic((left.Mantissa << (left.Exponent - exponent)) + (right.Mantissa << (right.Exponent - exponent)), exponent);
    }

    public static Dyadic operator -(Dyadic value) => new(-value.Mantissa, value.Exponent);

    public static Dyadic operator -(Dyadic left, Dyadic right) => left + -right;

    public static Dyadic operator *(Dyadic left, Dyadic right) =>
        left.Mantissa.IsZero || right.Mantissa.IsZero ? default : new Dyadic(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    /// <summary>The quotient, rounded once (to nearest, up to double rounding of subnormal numbers); NaN for a zero divisor.</summary>
    public static double Quotient(Dyadic numerator, Dyadic denominator)
    {
        if (denominator.Sign == 0)
            return double.NaN;
        if (numerator.Sign == 0)
            return 0;
        // 60 bits or more of the quotient, and a last one that says whether anything was cut off: exact in a long, rounded by its conversion.
        int shift = (int)(60 + denominator.Mantissa.GetBitLength() - numerator.Mantissa.GetBitLength());
        BigInteger scaled = shift >= 0 ? numerator.Mantissa << shift : numerator.Mantissa, divisor = shift >= 0 ? denominator.Mantissa : denominator.Mantissa << -shift;
        BigInteger quotient = BigInteger.DivRem(scaled, divisor, out BigInteger rest);
        quotient = (quotient << 1) + (rest.IsZero ? 0 : quotient.Sign >= 0 ? 1 : -1);
        long exponent = (long)numerator.Exponent - denominator.Exponent - shift - 1;
        return Math.ScaleB((long)quotient, (int)Math.Clamp(exponent, -5000, 5000));
    }
}
