namespace Crease.Lab;

/// <summary>Methods of texts and tables that templates may call; there are no others.</summary>
internal static class TemplateMethods
{
    private const int LongestSplit = 1 << 20;

    /// <summary>value.name(arguments).</summary>
    /// <exception cref="InvalidDataException">There is no such method, or its arguments are not as expected.</exception>
    public static object? Call(TemplateRun run, string name, object? value, TemplateArguments arguments)
    {
        run.Look(TemplateValue.Size(value));
        object? result = value switch
        {
            string text => OfText(run, name, text, arguments),
            Dictionary<string, object?> table => OfTable(run, name, table, arguments),
            _ => throw Unknown(name, value),
        };
        arguments.End();
        return result;
    }

    /// <summary>All pairs of a table.</summary>
    public static List<object?> Items(object? value) => value is Dictionary<string, object?> table
        ? [.. table.Select(pair => (object?)(List<object?>)[pair.Key, pair.Value])]
        : TemplateValue.IsDefined(value) ? throw new InvalidDataException($"items of {TemplateValue.Kind(value)} are not supported") : [];

    /// <summary>A text with another in place of a third.</summary>
    // A text that grows by each replacement is counted by its caller, but must not grow without bound before.
    public static string Replaced(TemplateRun run, string text, TemplateArguments arguments)
    {
        string sought = Text(arguments, "old"), by = Text(arguments, "new");
        run.Look(TemplateValue.Search(text, sought));
        return sought.Length == 0 || (long)text.Length * Math.Max(1, by.Length) > TemplateRun.MostCharacters
            ? throw new InvalidDataException("replacing nothing, or by texts so long, is not supported")
            : text.Replace(sought, by, StringComparison.Ordinal);
    }

    /// <summary>A text without blanks, or without the characters that are named, at both ends.</summary>
    public static string Trimmed(string text, TemplateArguments arguments) => Marks(arguments) is { } marks ? text.Trim(marks) : text.Trim();

    private static object? OfText(TemplateRun run, string name, string text, TemplateArguments arguments) => name switch
    {
        "strip" => Trimmed(text, arguments),
        "lstrip" => Marks(arguments) is { } marks ? text.TrimStart(marks) : text.TrimStart(),
        "rstrip" => Marks(arguments) is { } marks ? text.TrimEnd(marks) : text.TrimEnd(),
        "startswith" => Any(arguments, part => text.StartsWith(part, StringComparison.Ordinal)),
        "endswith" => Any(arguments, part => text.EndsWith(part, StringComparison.Ordinal)),
        "removeprefix" => Text(arguments, "prefix") is var part && text.StartsWith(part, StringComparison.Ordinal) ? text[part.Length..] : text,
        "removesuffix" => Text(arguments, "suffix") is var part && text.EndsWith(part, StringComparison.Ordinal) ? text[..^part.Length] : text,
        "upper" => text.ToUpperInvariant(),
        "lower" => text.ToLowerInvariant(),
        "capitalize" => TemplateFilters.Capitalized(text),
        "title" => TemplateFilters.Titled(text),
        "isdigit" => text.Length > 0 && text.All(char.IsDigit),
        "find" => Found(run, text, Text(arguments, "sub"), isLast: false),
        "rfind" => Found(run, text, Text(arguments, "sub"), isLast: true),
        "count" => (long)text.AsSpan().Count(Sought(run, text, arguments)),
        "replace" => Replaced(run, text, arguments),
        "join" => TemplateFilters.Joined(run, TemplateValue.Items(run, arguments.Needed("iterable")), text),
        "split" => Split(run, text, arguments),
        "splitlines" when text.Length <= LongestSplit => Lines(text),
        _ => throw Unknown(name, text),
    };

    private static object? OfTable(TemplateRun run, string name, Dictionary<string, object?> table, TemplateArguments arguments)
    {
        switch (name)
        {
            case "items":
                return Items(table);
            case "keys":
                return table.Keys.Cast<object?>().ToList();
            case "values":
                return table.Values.ToList();
            case "get":
                object? found = TemplateValue.Member(run, table, Text(arguments, "key")), absent = arguments.Next("default", null);
                return TemplateValue.IsDefined(found) ? found : absent;
            // An entry of a table that can be called, such as a macro that a namespace keeps.
            default:
                return table.GetValueOrDefault(name) is TemplateMacro macro ? macro.Call(run, arguments) : throw Unknown(name, table);
        }
    }

    private static char[]? Marks(TemplateArguments arguments) => arguments.Next("chars", null) is object marks ? TemplateValue.Expected<string>(marks).ToCharArray() : null;

    private static bool Any(TemplateArguments arguments, Predicate<string> holds)
    {
        object? part = arguments.Needed("prefix");
        return part is List<object?> several ? several.Exists(each => holds(TemplateValue.Expected<string>(each))) : holds(TemplateValue.Expected<string>(part));
    }

    private static string Sought(TemplateRun run, string text, TemplateArguments arguments)
    {
        string sought = Text(arguments, "sub");
        run.Look(TemplateValue.Search(text, sought));
        return sought.Length > 0 ? sought : throw new InvalidDataException("counting nothing is not supported");
    }

    private static long Found(TemplateRun run, string text, string sought, bool isLast)
    {
        run.Look(TemplateValue.Search(text, sought));
        int at = isLast ? text.LastIndexOf(sought, StringComparison.Ordinal) : text.IndexOf(sought, StringComparison.Ordinal);
        return at <= 0 ? at : text[..at].EnumerateRunes().Count();
    }

    private static List<object?> Split(TemplateRun run, string text, TemplateArguments arguments)
    {
        object? mark = arguments.Next("sep", null);
        int most = arguments.Next("maxsplit", null) is object asked ? (int)Math.Clamp(TemplateNumber.Whole(asked), -1, LongestSplit) : -1;
        if (text.Length > LongestSplit)
            throw new InvalidDataException($"splitting a text of more than {LongestSplit} characters is not supported");
        if (mark is null)
            return most < 0 ? [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)] : throw new InvalidDataException("splitting at so many blanks is not supported");
        string by = TemplateValue.Expected<string>(mark);
        run.Look(TemplateValue.Search(text, by));
        return by.Length > 0 ? [.. text.Split(by, most < 0 ? int.MaxValue : most + 1)] : throw new InvalidDataException("splitting at nothing is not supported");
    }

    private static List<object?> Lines(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return [.. lines.Take(lines[^1].Length == 0 ? lines.Length - 1 : lines.Length)];
    }

    private static string Text(TemplateArguments arguments, string name) => TemplateValue.Expected<string>(arguments.Needed(name));

    private static InvalidDataException Unknown(string name, object? value) => new($"'{Vocabulary.Shown(name)}' of {TemplateValue.Kind(value)} is not supported");
}
