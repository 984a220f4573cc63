using System.Globalization;

namespace Crease.Lab;

/// <summary>Numbers of a template: whole ones of 64 bits, and floating ones.</summary>
internal static class TemplateNumber
{
    // Of the magnitudes from 10^-4 to below 10^16 numbers are written without an exponent.
    private const int LowestPlain = -4, HighestPlain = 16;

    /// <summary>Whether a value is a number, which truth values are not.</summary>
    public static bool Is(object? value) => value is long or double;

    /// <exception cref="InvalidDataException">The value is no number.</exception>
    public static double Float(object? value) => value is double number ? number : Whole(value);

    /// <exception cref="InvalidDataException">The value is no whole number.</exception>
    public static long Whole(object? value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => throw new InvalidDataException($"calculating with {TemplateValue.Kind(value)} is not supported"),
    };

    /// <summary>a sign b, with quotients toward the lower number.</summary>
    /// <exception cref="InvalidDataException">A value is no number, or the second is 0.</exception>
    /// <exception cref="OverflowException">The result is too large.</exception>
    public static object Of(string sign, object? a, object? b)
    {
        if (sign is "/" or "//" or "%" && Float(b) == 0)
            throw new InvalidDataException("dividing by 0 is not supported");
        if (sign == "/" || a is double || b is double)
        {
            (double x, double y) = (Float(a), Float(b));
            return Finite(sign switch { "+" => x + y, "-" => x - y, "*" => x * y, "/" => x / y, "//" => Math.Floor(x / y), _ => x - y * Math.Floor(x / y) });
        }
        (long m, long n) = (Whole(a), Whole(b));
        return sign switch { "+" => checked(m + n), "-" => checked(m - n), "*" => checked(m * n), "//" => (m - Rest(m, n)) / n, _ => Rest(m, n) };
    }

    public static object Negative(object? value) => value is double number ? (object)-number : checked(-Whole(value));

    /// <exception cref="OverflowException">The number is infinite or none.</exception>
    public static double Finite(double number) => double.IsFinite(number) ? number : throw new OverflowException();

    /// <summary>A floating number as it is written: the fewest digits that give it back.</summary>
    public static string Text(double number)
    {
        string written = number.ToString("E16", CultureInfo.InvariantCulture), shortest = number.ToString("R", CultureInfo.InvariantCulture);
        int exponent = number == 0 ? 0 : int.Parse(written.AsSpan(written.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = string.Concat(shortest.Split('E')[0].Where(char.IsAsciiDigit)).TrimStart('0').TrimEnd('0');
        if (digits.Length == 0)
            digits = "0";
        string sign = double.IsNegative(number) ? "-" : "";
        if (exponent is < LowestPlain or >= HighestPlain)
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.AsSpan(1)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        digits = digits.PadRight(exponent + 1, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0")}";
    }

    /// <summary>A text as a whole number; 0 where it is none.</summary>
    public static long Read(string text) => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole : Cut(ReadFloat(text, 0));

    /// <summary>A text as a floating number.</summary>
    public static double ReadFloat(string text, double absent) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : absent;

    /// <summary>A floating number without its fraction.</summary>
    /// <exception cref="OverflowException">It has more than 64 bits.</exception>
    public static long Cut(double number) => checked((long)number);

    private static long Rest(long m, long n)
    {
        long rest = n == -1 ? 0 : m % n;
        return rest != 0 && rest < 0 != n < 0 ? rest + n : rest;
    }
}
