using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Writes values of a template as JSON, the way the models' own library does.</summary>
internal sealed class TemplateJson
{
    // Lists that hold themselves many times over would take for ever.
    private const int MostEntries = 10_000, Deepest = 100, WidestIndent = 32;

    private readonly StringBuilder _text = new();
    private readonly TemplateRun _run;
    private readonly int? _indent;
    private readonly bool _isAscii, _isSorted;
    private readonly string _between, _behindKey;
    private int _entries;

    private TemplateJson(TemplateRun run, TemplateArguments arguments)
    {
        _run = run;
        _isAscii = TemplateValue.IsTrue(arguments.Next("ensure_ascii", false));
        _indent = arguments.Next("indent", null) is object indent ? (int)Math.Clamp(TemplateNumber.Whole(indent), 0, WidestIndent) : null;
        (_between, _behindKey) = arguments.Next("separators", null) is object pair ? Separators(pair) : (_indent is null ? ", " : ",", ": ");
        _isSorted = TemplateValue.IsTrue(arguments.Next("sort_keys", false));
    }

    /// <summary>Writes a value.</summary>
    /// <param name="run">The rendering.</param>
    /// <param name="value">The value.</param>
    /// <param name="arguments">Of the filter: ensure_ascii, indent, separators, sort_keys.</param>
    /// <exception cref="InvalidDataException">The value is too large or too deep, or holds what is not defined.</exception>
    public static string Text(TemplateRun run, object? value, TemplateArguments arguments)
    {
        var json = new TemplateJson(run, arguments);
        json.Write(value, 0);
        return json._text.ToString();
    }

    private static (string, string) Separators(object pair) => pair is List<object?> { Count: 2 } two
        ? (TemplateValue.Expected<string>(two[0]), TemplateValue.Expected<string>(two[1]))
        : throw new InvalidDataException("separators that are no pair of texts are not supported");

    private void Write(object? value, int depth)
    {
        if (++_entries > MostEntries)
            throw new InvalidDataException($"looking through more than {MostEntries} entries at once is not supported");
        if (depth > Deepest)
            throw new InvalidDataException($"nests deeper than {Deepest} lists and tables");
        switch (value)
        {
            case List<object?> list:
                Each('[', list, depth, item => Write(item, depth + 1), ']');
                break;
            case Dictionary<string, object?> table:
                IEnumerable<KeyValuePair<string, object?>> pairs = _isSorted ? table.OrderBy(pair => pair.Key, StringComparer.Ordinal) : table;
                Each('{', [.. pairs], depth, pair => { Append(Quoted(pair.Key)); Append(_behindKey); Write(pair.Value, depth + 1); }, '}');
                break;
            default:
                Append(Simple(value));
                break;
        }
    }

    private void Each<T>(char open, List<T> items, int depth, Action<T> write, char close)
    {
        _text.Append(open);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Append(_between);
            Break(depth + 1);
            write(items[i]);
        }
        if (items.Count > 0)
            Break(depth);
        _text.Append(close);
    }

    private void Break(int depth)
    {
        if (_indent is int width)
            _text.Append('\n').Append(' ', width * depth);
    }

    private void Append(string text)
    {
        _run.Look(text.Length);
        _text.Append(text);
        TemplateValue.CheckLength(_text.Length);
    }

    private string Simple(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => TemplateNumber.Text(number),
        string text => Quoted(text),
        _ when ReferenceEquals(value, TemplateValue.Undefined) => throw new InvalidDataException("writing what is not defined as JSON is not supported"),
        _ => throw new InvalidDataException("writing what can be called as JSON is not supported"),
    };

    private string Quoted(string text)
    {
        TemplateValue.CheckLength(text.Length);
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                _ when c < ' ' || (_isAscii && c > '~') => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
