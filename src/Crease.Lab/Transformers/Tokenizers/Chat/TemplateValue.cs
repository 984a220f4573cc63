using System.Globalization;

namespace Crease.Lab;

/// <summary>Values of a template: null, truth values, numbers, texts, lists, tables, what can be called, and what is not defined.</summary>
internal static class TemplateValue
{
    /// <summary>Characters of one text, and entries of one list.</summary>
    private const int LongestText = 1 << 24, LongestList = 1 << 20;

    private const int Deepest = 100;

    // An entry is worth as many characters, by the time it takes.
    private const int LookOfEntry = 32;

    // A sought text is compared at each place; vectors do so for this many characters at once.
    private const int Vector = 16;

    /// <summary>The value of a name that nothing defines.</summary>
    public static readonly object Undefined = new();

    public static bool IsDefined(object? value) => !ReferenceEquals(value, Undefined);

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        List<object?> list => list.Count > 0,
        Dictionary<string, object?> table => table.Count > 0,
        _ => IsDefined(value),
    };

    /// <summary>How a value is written.</summary>
    public static string Text(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => TemplateNumber.Text(number),
        string text => text,
        _ when !IsDefined(value) => "",
        _ => throw new InvalidDataException("writing a list or table as it is is not supported"),
    };

    /// <summary>A value of a kind.</summary>
    /// <exception cref="InvalidDataException">It is of another.</exception>
    public static T Expected<T>(object? value) => value is T right ? right : throw new InvalidDataException($"{Kind(value)} stands where {(typeof(T) == typeof(string) ? "a text" : "a table")} is expected");

    public static bool AreEqual(TemplateRun run, object? a, object? b, int depth = 0)
    {
        run.Look(LookOfEntry);
        if (depth > Deepest)
            throw new InvalidDataException($"nests deeper than {Deepest} lists and tables");
        switch (a, b)
        {
            case (bool or long or double, bool or long or double):
                return a is double || b is double ? TemplateNumber.Float(a) == TemplateNumber.Float(b) : TemplateNumber.Whole(a) == TemplateNumber.Whole(b);
            case (string x, string y):
                run.Look(x.Length == y.Length ? x.Length : 0);
                return x == y;
            case (List<object?> x, List<object?> y):
                bool isSame = x.Count == y.Count;
                for (int i = 0; isSame && i < x.Count; i++)
                    isSame = AreEqual(run, x[i], y[i], depth + 1);
                return isSame;
            case (Dictionary<string, object?> x, Dictionary<string, object?> y):
                return x.Count == y.Count && x.All(pair => y.TryGetValue(pair.Key, out object? other) && AreEqual(run, pair.Value, other, depth + 1));
            default:
                return Equals(a, b);
        }
    }

    public static int Compare(TemplateRun run, object? a, object? b)
    {
        switch (a, b)
        {
            case (long x, long y):
                return x.CompareTo(y);
            case (long or double, long or double):
                return TemplateNumber.Float(a).CompareTo(TemplateNumber.Float(b));
            case (string x, string y):
                run.Look(Math.Min(x.Length, y.Length));
                return string.CompareOrdinal(x, y);
            default:
                throw new InvalidDataException($"comparing {Kind(a)} with {Kind(b)} is not supported");
        }
    }

    public static bool Holds(TemplateRun run, object? whole, object? part)
    {
        run.Look(Size(part));
        switch (whole)
        {
            case string text:
                string sought = part as string ?? throw new InvalidDataException($"looking for {Kind(part)} in a text is not supported");
                run.Look(Search(text, sought));
                return text.Contains(sought, StringComparison.Ordinal);
            case List<object?> list:
                return list.Exists(item => AreEqual(run, item, part));
            case Dictionary<string, object?> table:
                return part is string key && table.ContainsKey(key);
            default:
                return IsDefined(whole) ? throw new InvalidDataException($"looking into {Kind(whole)} is not supported") : false;
        }
    }

    /// <summary>What it takes at most to look for a text in another.</summary>
    public static long Search(string text, string sought) => (long)text.Length * (1 + sought.Length / Vector);

    /// <summary>What it takes to look through a value.</summary>
    public static long Size(object? value) => value switch { string text => text.Length, List<object?> list => list.Count, Dictionary<string, object?> table => table.Count, _ => 1 };

    public static List<object?> Items(TemplateRun run, object? value)
    {
        run.Look(value is string ? LookOfEntry * Size(value) : Size(value));
        return value switch
        {
            List<object?> list => list,
            Dictionary<string, object?> table => [.. table.Keys],
            string { Length: > LongestList } => throw new InvalidDataException($"a text of more than {LongestList} characters as a list is not supported"),
            string text => [.. text.EnumerateRunes().Select(rune => (object?)rune.ToString())],
            _ when !IsDefined(value) => [],
            _ => throw new InvalidDataException($"{Kind(value)} is no list; a loop expects one"),
        };
    }

    public static long Length(TemplateRun run, object? value) => value is string text ? text.EnumerateRunes().Count() : Items(run, value).Count;

    public static object? Member(TemplateRun run, object? value, object? key)
    {
        run.Look(key is string name ? name.Length : 1);
        switch (value, key)
        {
            case (Dictionary<string, object?> table, string entry):
                return table.TryGetValue(entry, out object? found) ? found : Undefined;
            case (List<object?> list, long index):
                return (index < 0 ? index + list.Count : index) is >= 0 and var at && at < list.Count ? list[(int)at] : Undefined;
            case (string text, long):
                return Member(run, Items(run, text), key);
            default:
                return IsDefined(value) ? Undefined : throw new InvalidDataException($"'{(key is string asked ? Vocabulary.Shown(asked) : Text(key))}' is asked of what is not defined");
        }
    }

    public static object? Sum(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => Joined(x, y),
        (List<object?> x, List<object?> y) => x.Count + y.Count <= LongestList ? (List<object?>)[.. x, .. y] : throw new InvalidDataException($"a list of more than {LongestList} entries is not supported"),
        (long or double or bool, long or double or bool) => TemplateNumber.Of("+", a, b),
        _ => throw new InvalidDataException($"adding {Kind(b)} to {Kind(a)} is not supported"),
    };

    public static string Joined(params ReadOnlySpan<string> parts)
    {
        long length = 0;
        foreach (string part in parts)
            length += part.Length;
        CheckLength(length);
        return string.Concat(parts);
    }

    /// <exception cref="InvalidDataException">A text of so many characters is too long.</exception>
    public static void CheckLength(long length)
    {
        if (length > LongestText)
            throw new InvalidDataException($"a text of more than {LongestText} characters is not supported");
    }

    public static string Kind(object? value) => value switch
    {
        null => "none",
        bool => "a truth value",
        long or double => "a number",
        string => "a text",
        List<object?> => "a list",
        Dictionary<string, object?> => "a table",
        TemplateMacro or TemplateFunction => "what can be called",
        _ => "what is not defined",
    };
}
