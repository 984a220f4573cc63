using System.CommandLine;
using System.CommandLine.Parsing;

namespace Crease.Cli;

/// <summary>What is wrong with the words of a call: one line that ends in a hint.</summary>
internal static class WordFaults
{
    // Further apart, two words are no misspelling of each other.
    private const int MostTypos = 2;

    public static string OneLine(ParseResult words)
    {
        Command command = words.CommandResult.Command;
        string call = command is RootCommand ? "crease" : Path(words.CommandResult);
        return $"{Fault(words, command, call).ReplaceLineEndings(" ")} (see '{call} --help')";
    }

    private static string Fault(ParseResult words, Command command, string call)
    {
        string[] verbs = [.. command.Subcommands.Select(verb => verb.Name)];
        if (words.UnmatchedTokens.Count > 0)
        {
            string word = words.UnmatchedTokens[0];
            return verbs.Length > 0 && !word.StartsWith('-')
                ? $"'{word}' is not a verb; accepted are {string.Join(", ", verbs)}{Meant(word, verbs)}"
                : $"'{word}' is not a word that '{call}' knows{Meant(word, [.. command.Options.Select(option => option.Name)])}";
        }
        if (verbs.Length > 0)
            return $"'{call}' needs a verb; accepted are {string.Join(", ", verbs)}";
        ParseError error = words.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens: [var token] } option when Expected(option.Option.ValueType) is string expected => $"{option.Option.Name} is '{token.Value}'; expected {expected}",
            OptionResult { Tokens: [], Implicit: false } option => $"{option.Option.Name} needs {option.Option.HelpName ?? "a value"}",
            OptionResult { Tokens.Count: > 1 } option => $"{option.Option.Name} is given {option.Tokens.Count} times; expected once",
            _ => Missing(words, command, call) ?? error.Message.TrimEnd('.'),
        };
    }

    private static string? Missing(ParseResult words, Command command, string call)
    {
        Option? option = command.Options.FirstOrDefault(option => option.Required && words.GetResult(option) is not { Tokens.Count: > 0 });
        Argument? argument = command.Arguments.FirstOrDefault(argument => words.GetResult(argument) is not { Tokens.Count: > 0 });
        return argument is not null ? $"'{call}' needs {argument.Name}: {Lower(argument.Description ?? "a value")}"
            : option is not null ? $"'{call}' needs {option.Name} {option.HelpName}"
            : null;
    }

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    private static string? Expected(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "nothing, true or false",
        _ => null,
    };

    private static string Path(CommandResult command)
    {
        string above = command.Parent is CommandResult parent ? Path(parent) : "crease";
        return command.Command is RootCommand ? "crease" : $"{above} {command.Command.Name}";
    }

    private static string Meant(string word, string[] known)
    {
        string? nearest = known.MinBy(other => Typos(word, other));
        return nearest is not null && Typos(word, nearest) <= MostTypos ? $"; did you mean '{nearest}'?" : "";
    }

    // Levenshtein distance, one row at a time.
    private static int Typos(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }
}
