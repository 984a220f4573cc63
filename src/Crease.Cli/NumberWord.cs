using System.Globalization;

namespace Crease.Cli;

/// <summary>Whole numbers that have a range.</summary>
internal static class NumberWord
{
    /// <summary>The number.</summary>
    /// <param name="value">What was said.</param>
    /// <param name="least">Smallest number that is accepted.</param>
    /// <param name="most">Largest one; <see cref="int.MaxValue"/> for no limit.</param>
    /// <param name="option">Where it was said.</param>
    /// <exception cref="WordsException">The number is out of range.</exception>
    public static int Between(int value, int least, int most, string option) => value >= least && value <= most
        ? value
        : throw new WordsException(most == int.MaxValue ? $"{option} is {value}; expected at least {least}" : $"{option} is {value}; expected {least} to {most}");

    /// <summary>Several of them, at most 64.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="separator">Between the numbers.</param>
    /// <param name="least">Smallest number that is accepted.</param>
    /// <param name="most">Largest one.</param>
    /// <param name="option">Where it was said.</param>
    /// <param name="fewest">Numbers at least.</param>
    /// <exception cref="WordsException">A number is none or out of range, or there are too few or too many.</exception>
    public static int[] ReadAll(string text, char separator, int least, int most, string option, int fewest)
    {
        string[] parts = text.Split(separator);
        var numbers = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < least || numbers[i] > most)
                throw new WordsException($"{option} holds '{parts[i]}'; expected whole numbers from {least} to {most} separated by '{separator}'");
        }
        return numbers.Length >= fewest && numbers.Length <= 64 ? numbers : throw new WordsException($"{option} has {numbers.Length} numbers; expected {fewest} to 64");
    }
}
