using System.CommandLine;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options of a command that are given by name and not by the words of a call.</summary>
internal static class NamedWords
{
    private static readonly ParserConfiguration Grammar = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>The options as a grid knows them.</summary>
    public static IReadOnlyList<SweepWord> Of(IEnumerable<Option> options) => [.. options.Select(option => new SweepWord(option.Name[2..], Whole(option.ValueType)))];

    /// <summary>The words of a call that gives these options.</summary>
    /// <exception cref="WordsException">An option cannot have its value.</exception>
    public static ParseResult Parse(Command command, IEnumerable<KeyValuePair<string, string>> named)
    {
        ParseResult words = command.Parse([.. named.Select(item => $"--{item.Key}={item.Value}")], Grammar);
        return words.Errors.Count == 0 ? words : throw new WordsException(WordFaults.OneLine(words).Split(" (see '")[0]);
    }

    private static bool Whole(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is TypeCode.Int32 or TypeCode.Int64;
}
