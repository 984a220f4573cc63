using System.Globalization;

namespace Crease.Lab;

/// <summary>Filters, tests, methods and functions that templates may call; there are no others.</summary>
internal static class TemplateFunctions
{
    private const long LongestRange = 10_000;
    private const int LongestSplit = 1 << 20;

    /// <summary>value | name(arguments).</summary>
    public static object? Filter(string name, object? value, List<object?> arguments) => name switch
    {
        "trim" => Text(value).Trim(),
        "length" or "count" => TemplateValue.Length(value),
        "upper" => Text(value).ToUpperInvariant(),
        "lower" => Text(value).ToLowerInvariant(),
        "string" => TemplateValue.Text(value),
        "safe" => value,
        "tojson" when arguments.Count == 0 => TemplateValue.Json(value),
        "first" => TemplateValue.Member(TemplateValue.Items(value), 0L),
        "last" => TemplateValue.Member(TemplateValue.Items(value), -1L),
        "list" => (List<object?>)[.. TemplateValue.Items(value)],
        "items" => Items(value),
        "default" => ReferenceEquals(value, TemplateValue.Undefined) || arguments.Count > 1 && TemplateValue.IsTrue(arguments[1]) && !TemplateValue.IsTrue(value) ? arguments.ElementAtOrDefault(0) ?? "" : value,
        "join" => TemplateValue.Joined([.. Between(TemplateValue.Items(value), arguments.Count > 0 ? Text(arguments[0]) : "")]),
        "replace" when arguments.Count == 2 => Replaced(Text(value), Text(arguments[0]), Text(arguments[1])),
        "int" => value is string text ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0L : TemplateValue.Whole(value),
        _ => throw new InvalidDataException($"the filter '{Vocabulary.Shown(name)}' is not supported"),
    };

    /// <summary>value is name.</summary>
    public static bool Test(string name, object? value) => name switch
    {
        "defined" => !ReferenceEquals(value, TemplateValue.Undefined),
        "undefined" => ReferenceEquals(value, TemplateValue.Undefined),
        "none" => value is null,
        "string" => value is string,
        "mapping" => value is Dictionary<string, object?>,
        "iterable" or "sequence" => value is string or List<object?> or Dictionary<string, object?>,
        "number" or "integer" => value is long,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "odd" => TemplateValue.Whole(value) % 2 != 0,
        "even" => TemplateValue.Whole(value) % 2 == 0,
        _ => throw new InvalidDataException($"the test '{Vocabulary.Shown(name)}' is not supported"),
    };

    /// <summary>value.name(arguments).</summary>
    public static object? Method(string name, object? value, List<object?> arguments) => (value, name) switch
    {
        (string text, "strip") => arguments.Count == 0 ? text.Trim() : text.Trim(Text(arguments[0]).ToCharArray()),
        (string text, "lstrip") => arguments.Count == 0 ? text.TrimStart() : text.TrimStart(Text(arguments[0]).ToCharArray()),
        (string text, "rstrip") => arguments.Count == 0 ? text.TrimEnd() : text.TrimEnd(Text(arguments[0]).ToCharArray()),
        (string text, "startswith") when arguments.Count == 1 => text.StartsWith(Text(arguments[0]), StringComparison.Ordinal),
        (string text, "endswith") when arguments.Count == 1 => text.EndsWith(Text(arguments[0]), StringComparison.Ordinal),
        (string text, "upper") => text.ToUpperInvariant(),
        (string text, "lower") => text.ToLowerInvariant(),
        (string text, "replace") when arguments.Count == 2 => Replaced(text, Text(arguments[0]), Text(arguments[1])),
        (string text, "split") when arguments.Count == 1 && Text(arguments[0]).Length > 0 && text.Length <= LongestSplit => text.Split(Text(arguments[0])).Cast<object?>().ToList(),
        (Dictionary<string, object?> table, "items") => Items(table),
        (Dictionary<string, object?> table, "keys") => table.Keys.Cast<object?>().ToList(),
        (Dictionary<string, object?> table, "values") => table.Values.ToList(),
        (Dictionary<string, object?> table, "get") when arguments.Count is 1 or 2 => table.TryGetValue(Text(arguments[0]), out object? found) ? found : arguments.ElementAtOrDefault(1),
        _ => throw new InvalidDataException($"'{Vocabulary.Shown(name)}' of {TemplateValue.Kind(value)} is not supported"),
    };

    /// <summary>name(arguments).</summary>
    public static object? Call(string name, List<object?> arguments, Dictionary<string, object?> named) => name switch
    {
        "raise_exception" => throw new InvalidDataException($"refuses the prompt: {(arguments.Count > 0 ? Vocabulary.Shown(TemplateValue.Text(arguments[0])) : "no reason")}"),
        "namespace" or "dict" when arguments.Count == 0 => named,
        "range" when arguments.Count is 1 or 2 => Range(arguments.Count == 2 ? TemplateValue.Whole(arguments[0]) : 0, TemplateValue.Whole(arguments[^1])),
        _ => throw new InvalidDataException($"the function '{Vocabulary.Shown(name)}' is not supported"),
    };

    private static IEnumerable<string> Between(List<object?> items, string separator) => items.SelectMany((item, i) => i == 0 ? new[] { TemplateValue.Text(item) } : [separator, TemplateValue.Text(item)]);

    private static List<object?> Range(long from, long to) => to - from <= LongestRange && from >= -LongestRange && to <= LongestRange
        ? [.. Enumerable.Range(0, (int)Math.Max(0, to - from)).Select(i => (object?)(from + i))]
        : throw new InvalidDataException($"a range of more than {LongestRange} numbers is not supported");

    // A text that grows by each replacement is counted by its caller, but must not grow without bound before.
    private static string Replaced(string text, string sought, string by) => sought.Length == 0 || (long)text.Length * Math.Max(1, by.Length) > TemplateRun.MostCharacters
        ? throw new InvalidDataException("replacing nothing, or by texts so long, is not supported")
        : text.Replace(sought, by, StringComparison.Ordinal);

    private static List<object?> Items(object? value) => value is Dictionary<string, object?> table
        ? [.. table.Select(pair => (object?)(List<object?>)[pair.Key, pair.Value])]
        : throw new InvalidDataException($"items of {TemplateValue.Kind(value)} are not supported");

    private static string Text(object? value) => value is string text ? text : throw new InvalidDataException($"{TemplateValue.Kind(value)} stands where a text is expected");
}
