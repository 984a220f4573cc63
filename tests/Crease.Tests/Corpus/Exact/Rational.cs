using System.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>An exact fraction in lowest terms.</summary>
public readonly struct Rational : IEquatable<Rational>
{
    private readonly BigInteger _below;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsPowerOfTwo)
        {
            // The usual case, sums and products of doubles: only twos can cancel, and shifting is much faster than dividing.
            int twos = numerator.IsZero ? (int)denominator.GetBitLength() - 1 : (int)BigInteger.Min(BigInteger.TrailingZeroCount(numerator), denominator.GetBitLength() - 1);
            (Numerator, _below) = (numerator >> twos, (denominator >> twos) - 1);
            return;
        }
        BigInteger shared = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
            shared = -shared;
        (Numerator, _below) = (numerator / shared, denominator / shared - 1);
    }

    public BigInteger Numerator { get; }

    /// <summary>Positive; kept less one, so that the default value is 0 / 1.</summary>
    public BigInteger Denominator => _below + 1;

    public int Sign => Numerator.Sign;

    public static Rational Of(BigInteger numerator, BigInteger denominator) => new(numerator, denominator);

    /// <summary>The double as it is, digit by digit of its bits.</summary>
    public static implicit operator Rational(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"'value' is {value}; expected a finite number.", nameof(value));
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger fraction = bits & 0xF_FFFF_FFFF_FFFF;
        fraction += exponent == 0 ? BigInteger.Zero : BigInteger.One << 52;
        int power = Math.Max(exponent, 1) - 1075;
        fraction = bits < 0 ? -fraction : fraction;
        return power < 0 ? new Rational(fraction, BigInteger.One << -power) : new Rational(fraction << power, BigInteger.One);
    }

    public static Rational operator +(Rational left, Rational right) =>
        left.Sign == 0 ? right : right.Sign == 0 ? left
        : new(left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);

    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator);

    public static Rational operator -(Rational left, Rational right) => left + -right;

    public static Rational operator *(Rational left, Rational right) =>
        left.Sign == 0 || right.Sign == 0 ? default : new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    public bool Equals(Rational other) => Numerator == other.Numerator && _below == other._below;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, _below);

    /// <summary>The nearest double but for one unit in the last place; far beyond its range infinite or zero.</summary>
    public double ToDouble()
    {
        long shift = 80 - Numerator.GetBitLength() + Denominator.GetBitLength();
        BigInteger quotient = shift >= 0 ? (Numerator << (int)shift) / Denominator : Numerator / (Denominator << (int)-shift);
        return Math.ScaleB((double)quotient, (int)-shift);
    }

    public override string ToString() => Denominator.IsOne ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
