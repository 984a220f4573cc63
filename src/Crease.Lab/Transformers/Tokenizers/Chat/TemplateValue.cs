using System.Globalization;
using System.Text.Json;

namespace Crease.Lab;

/// <summary>Values of a template: null, truth values, whole numbers, texts, lists, tables, and what is not defined.</summary>
internal static class TemplateValue
{
    /// <summary>Characters of one text, and entries of one list.</summary>
    private const int LongestText = 1 << 24, LongestList = 1 << 20;

    // Lists that hold themselves many times over would take for ever.
    private const int MostCompared = 10_000;

    /// <summary>The value of a name that nothing defines.</summary>
    public static readonly object Undefined = new();

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        long number => number != 0,
        string text => text.Length > 0,
        List<object?> list => list.Count > 0,
        Dictionary<string, object?> table => table.Count > 0,
        _ => !ReferenceEquals(value, Undefined),
    };

    /// <summary>How a value is written.</summary>
    public static string Text(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        _ when ReferenceEquals(value, Undefined) => "",
        _ => throw new InvalidDataException("writing a list or table as it is is not supported"),
    };

    public static bool AreEqual(object? a, object? b)
    {
        int budget = MostCompared;
        return AreEqual(a, b, ref budget);
    }

    private static bool AreEqual(object? a, object? b, ref int budget)
    {
        Spend(ref budget);
        if (a is not List<object?> x || b is not List<object?> y)
            return (a, b) switch { (bool flag, long number) => (flag ? 1 : 0) == number, (long number, bool flag) => number == (flag ? 1 : 0), _ => Equals(a, b) };
        bool isSame = x.Count == y.Count;
        for (int i = 0; isSame && i < x.Count; i++)
            isSame = AreEqual(x[i], y[i], ref budget);
        return isSame;
    }

    public static int Compare(object? a, object? b) => (a, b) switch
    {
        (long x, long y) => x.CompareTo(y),
        (string x, string y) => string.CompareOrdinal(x, y),
        _ => throw new InvalidDataException($"comparing {Kind(a)} with {Kind(b)} is not supported"),
    };

    public static bool Holds(object? whole, object? part) => whole switch
    {
        string text => part is string sought ? text.Contains(sought, StringComparison.Ordinal) : throw new InvalidDataException($"looking for {Kind(part)} in a text is not supported"),
        List<object?> list => list.Exists(item => AreEqual(item, part)),
        Dictionary<string, object?> table => part is string key && table.ContainsKey(key),
        _ when ReferenceEquals(whole, Undefined) => false,
        _ => throw new InvalidDataException($"looking into {Kind(whole)} is not supported"),
    };

    public static List<object?> Items(object? value) => value switch
    {
        List<object?> list => list,
        Dictionary<string, object?> table => [.. table.Keys],
        string { Length: > LongestList } => throw new InvalidDataException($"a text of more than {LongestList} characters as a list is not supported"),
        string text => [.. text.EnumerateRunes().Select(rune => (object?)rune.ToString())],
        _ when ReferenceEquals(value, Undefined) => [],
        _ => throw new InvalidDataException($"{Kind(value)} is no list; a loop expects one"),
    };

    public static long Length(object? value) => value is string text ? text.EnumerateRunes().Count() : Items(value).Count;

    public static object? Member(object? value, object? key) => (value, key) switch
    {
        (Dictionary<string, object?> table, string name) => table.TryGetValue(name, out object? found) ? found : Undefined,
        (List<object?> list, long index) => (index < 0 ? index + list.Count : index) is >= 0 and var at && at < list.Count ? list[(int)at] : Undefined,
        (string, long) => Member(Items(value), key),
        _ when ReferenceEquals(value, Undefined) => throw new InvalidDataException($"'{Shown(key)}' is asked of what is not defined"),
        _ => Undefined,
    };

    /// <summary>A part of a list or text.</summary>
    public static object? Slice(object? value, object? from, object? to, object? step)
    {
        if (step is not (null or 1L or -1L))
            throw new InvalidDataException("slices of another step than 1 and -1 are not supported");
        List<object?> items = Items(value);
        bool isBackward = step is -1L;
        if (isBackward && (from, to) is not (null, null))
            throw new InvalidDataException("slices backward from or to a place are not supported");
        int Place(object? at, int absent) => at is long index ? (int)Math.Clamp(index < 0 ? index + items.Count : index, 0, items.Count) : absent;
        (int first, int last) = (Place(from, 0), Place(to, items.Count));
        List<object?> part = items.GetRange(first, Math.Max(0, last - first));
        if (isBackward)
            part.Reverse();
        return value is string ? string.Concat(part) : part;
    }

    public static object? Sum(object? a, object? b) => (a, b) switch
    {
        (string x, string y) => Joined(x, y),
        (long x, long y) => checked(x + y),
        (List<object?> x, List<object?> y) => x.Count + y.Count <= LongestList ? (List<object?>)[.. x, .. y] : throw new InvalidDataException($"a list of more than {LongestList} entries is not supported"),
        _ => throw new InvalidDataException($"adding {Kind(b)} to {Kind(a)} is not supported"),
    };

    public static long Whole(object? value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => throw new InvalidDataException($"calculating with {Kind(value)} is not supported"),
    };

    public static string Joined(params ReadOnlySpan<string> parts)
    {
        long length = 0;
        foreach (string part in parts)
            length += part.Length;
        return length <= LongestText ? string.Concat(parts) : throw new InvalidDataException($"a text of more than {LongestText} characters is not supported");
    }

    public static string Json(object? value)
    {
        int budget = MostCompared;
        return Json(value, ref budget);
    }

    private static string Json(object? value, ref int budget)
    {
        Spend(ref budget);
        var parts = new List<string>();
        switch (value)
        {
            case List<object?> list:
                foreach (object? item in list)
                    parts.Add(Json(item, ref budget));
                return $"[{string.Join(", ", parts)}]";
            case Dictionary<string, object?> table:
                foreach ((string key, object? item) in table)
                    parts.Add($"{Simple(key)}: {Json(item, ref budget)}");
                return $"{{{string.Join(", ", parts)}}}";
            default:
                return Simple(value);
        }
    }

    private static void Spend(ref int budget)
    {
        if (--budget < 0)
            throw new InvalidDataException($"looking through more than {MostCompared} entries at once is not supported");
    }

    private static string Simple(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        string text => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"",
        _ => throw new InvalidDataException("writing what is not defined as JSON is not supported"),
    };

    public static string Kind(object? value) => value switch
    {
        null => "none",
        bool => "a truth value",
        long => "a number",
        string => "a text",
        List<object?> => "a list",
        Dictionary<string, object?> => "a table",
        _ => "what is not defined",
    };

    private static string Shown(object? key) => key is string text ? Vocabulary.Shown(text) : Convert.ToString(key, CultureInfo.InvariantCulture) ?? "none";
}
