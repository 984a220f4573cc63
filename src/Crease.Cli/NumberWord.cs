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
}
