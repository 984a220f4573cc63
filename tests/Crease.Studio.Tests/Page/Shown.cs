using System.Globalization;
using System.Text;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Numbers as the page writes them: with a real minus sign, narrow spaces between thousands, and powers of ten.</summary>
internal static class Shown
{
    private const string Powers = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>The number of a text such as <c>−1.25 × 10⁻⁷</c>, <c>12 345</c> or <c>64 regions</c>.</summary>
    public static double Number(string text)
    {
        string plain = text.Replace("\u202f", "", StringComparison.Ordinal).Replace('−', '-').Trim();
        int power = plain.IndexOf("10", StringComparison.Ordinal);
        if (power >= 0 && power + 2 < plain.Length && (plain[power + 2] == '⁻' || Powers.Contains(plain[power + 2])))
            plain = (power == 0 ? "1" : plain[..power].Replace("×", "", StringComparison.Ordinal).Trim()) + "e" + Exponent(plain[(power + 2)..]);
        return double.Parse(plain.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Asserts that a text shows a value, rounded to so many significant digits.</summary>
    public static void Is(double expected, string text, int digits) =>
        Assert.True(Math.Abs(Number(text) - expected) <= 0.501 * Math.Pow(10, 1 - digits) * Math.Abs(expected), $"The page shows '{text}'; expected {expected:R}.");

    private static string Exponent(string raised)
    {
        var digits = new StringBuilder();
        foreach (char c in raised)
            digits.Append(c == '⁻' ? "-" : Powers.Contains(c) ? Powers.IndexOf(c).ToString(CultureInfo.InvariantCulture) : " ");
        return digits.ToString().Split(' ')[0];
    }
}
