using System.CommandLine;

namespace Crease.Cli;

/// <summary>How often a benchmark counts.</summary>
internal static class RepeatWords
{
    private const int Most = 1000;

    /// <summary>The option <c>--repeats</c>.</summary>
    /// <param name="counted">What is repeated, and what of it is shown.</param>
    /// <param name="usual">How often when nobody says.</param>
    public static Option<int> Option(string counted, int usual) => new("--repeats") { Description = counted, HelpName = "N", DefaultValueFactory = _ => usual };

    /// <summary>What was said.</summary>
    /// <exception cref="WordsException">It is out of range.</exception>
    public static int Of(ParseResult words, Option<int> repeats) =>
        words.GetValue(repeats) is >= 1 and <= Most and int counted ? counted : throw new WordsException($"--repeats is {words.GetValue(repeats)}; expected 1 to {Most}");
}
