using System.Globalization;

namespace Crease.Cli;

/// <summary>Lengths in input units, which people write as fractions of gray levels.</summary>
internal static class FractionWord
{
    /// <summary>A number of at least 0, or a fraction of two such as 8/255.</summary>
    /// <exception cref="WordsException">The text is none.</exception>
    public static double Read(string text, string option)
    {
        string[] parts = text.Split('/');
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        double value = numbers.Length == 1 ? numbers[0] : numbers.Length == 2 ? numbers[0] / numbers[1] : double.NaN;
        return double.IsFinite(value) && value >= 0 ? value : throw new WordsException($"{option} is '{text}'; expected a number of at least 0, or a fraction such as 8/255");
    }

    /// <summary>Several of them, separated by commas.</summary>
    /// <exception cref="WordsException">One is none.</exception>
    public static double[] ReadAll(string text, string option) => Array.ConvertAll(text.Split(','), part => Read(part, option));
}
