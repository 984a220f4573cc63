using System.Buffers;
using System.Globalization;
using System.Numerics;
using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>A decimal number of a text, between the two doubles that enclose it.</summary>
/// <param name="Below">The largest double not above the number.</param>
/// <param name="Above">The smallest double not below the number.</param>
internal readonly record struct DecimalNumber(double Below, double Above)
{
    private const int MostDigits = 1000, MostExponent = 400;

    private static readonly SearchValues<char> Accepted = SearchValues.Create("0123456789+-.eE");

    /// <summary>Whether the number is a double itself.</summary>
    public bool IsExact => Below == Above;

    /// <summary>The nearest double, or one of two equally near.</summary>
    public double Nearest { get; private init; }

    public DecimalNumber Negated => new(-Above, -Below) { Nearest = -Nearest };

    /// <summary>Reads a number like <c>-0.5</c> or <c>1e-3</c>; null where the text is none, or is too long or too large.</summary>
    public static DecimalNumber? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MostDigits || text.ContainsAnyExcept(Accepted) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double nearest) || !double.IsFinite(nearest))
            return null;
        int mark = text.IndexOfAny('e', 'E');
        ReadOnlySpan<char> digits = mark < 0 ? text : text[..mark];
        int exponent = 0;
        if (mark >= 0 && (!int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > MostExponent))
            return null;
        int point = digits.IndexOf('.');
        if (point >= 0)
            exponent -= digits.Length - point - 1;
        BigInteger mantissa = BigInteger.Parse(digits.ToString().Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        // mantissa · 10^exponent against m · 2^e, without a division.
        Dyadic value = nearest;
        BigInteger left = mantissa * BigInteger.Pow(10, Math.Max(exponent, 0)) * BigInteger.Pow(2, Math.Max(-value.Exponent, 0));
        BigInteger right = value.Mantissa * BigInteger.Pow(10, Math.Max(-exponent, 0)) * BigInteger.Pow(2, Math.Max(value.Exponent, 0));
        int order = left.CompareTo(right);
        return new DecimalNumber(order < 0 ? Math.BitDecrement(nearest) : nearest, order > 0 ? Math.BitIncrement(nearest) : nearest) { Nearest = nearest };
    }
}
