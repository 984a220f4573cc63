namespace Crease.Lab;

/// <summary>Filters of lists that templates may use; there are no others.</summary>
internal static class TemplateListFilters
{
    private const int LongestPath = 10;

    /// <summary>value | name(arguments).</summary>
    /// <exception cref="InvalidDataException">There is no such filter, or its value or arguments are not as expected.</exception>
    public static object? Of(TemplateRun run, string name, object? value, TemplateArguments arguments)
    {
        switch (name)
        {
            case "first":
                return TemplateValue.Member(run, TemplateValue.Items(run, value), 0L);
            case "last":
                return TemplateValue.Member(run, TemplateValue.Items(run, value), -1L);
            case "list":
                return (List<object?>)[.. TemplateValue.Items(run, value)];
            case "reverse":
                return TemplateSlice.Of(run, value is Dictionary<string, object?> ? TemplateValue.Items(run, value) : value, null, null, -1L);
            case "select" or "reject":
                return Chosen(run, value, arguments, null, name == "select");
            case "selectattr" or "rejectattr":
                return Chosen(run, value, arguments, arguments.Needed("attribute"), name == "selectattr");
            case "map":
                return Mapped(run, value, arguments);
            case "sort":
                return Sorted(run, value, arguments);
            case "dictsort":
                Dictionary<string, object?> table = TemplateValue.Expected<Dictionary<string, object?>>(value);
                run.Look(table.Sum(pair => (long)pair.Key.Length) * Rounds(table.Count));
                return TemplateMethods.Items(table).OrderBy(pair => Folded(((List<object?>)pair!)[0]), Order.Instance).ToList();
            case "unique":
                return Unique(run, value, arguments);
            case "sum":
                return Summed(run, value, arguments);
            default:
                throw new InvalidDataException($"the filter '{Vocabulary.Shown(name)}' is not supported");
        }
    }

    /// <summary>A member by a path of names and places with dots between.</summary>
    public static object? Attribute(TemplateRun run, object? value, object? path)
    {
        if (path is long)
            return TemplateValue.Member(run, value, path);
        string[] parts = TemplateValue.Expected<string>(path).Split('.', LongestPath);
        return parts.Aggregate(value, (found, part) => found is List<object?> && long.TryParse(part, out long place) ? TemplateValue.Member(run, found, place) : TemplateValue.Member(run, found, part));
    }

    private static List<object?> Chosen(TemplateRun run, object? value, TemplateArguments arguments, object? path, bool isWanted)
    {
        string? test = arguments.Next("test", out object? name) ? TemplateValue.Expected<string>(name) : null;
        object? other = null;
        bool isCompared = test is not null && arguments.Next("value", out other);
        var chosen = new List<object?>();
        foreach (object? item in TemplateValue.Items(run, value))
        {
            run.Counted(null);
            object? part = path is null ? item : Attribute(run, item, path);
            if (isWanted == (test is null ? TemplateValue.IsTrue(part) : TemplateTest.Holds(run, test, part, new TemplateArguments(test, isCompared ? [other] : [], []))))
                chosen.Add(item);
        }
        return chosen;
    }

    private static List<object?> Mapped(TemplateRun run, object? value, TemplateArguments arguments)
    {
        List<object?> items = TemplateValue.Items(run, value);
        if (arguments.Named("attribute", out object? path))
        {
            object? absent = arguments.Named("default", out object? given) ? given : TemplateValue.Undefined;
            return items.ConvertAll(item => run.Counted(Attribute(run, item, path) is var found && TemplateValue.IsDefined(found) ? found : absent));
        }
        string filter = TemplateValue.Expected<string>(arguments.Needed("filter"));
        List<object?> placed = [];
        while (arguments.Next("", out object? argument))
            placed.Add(argument);
        Dictionary<string, object?> named = arguments.Rest();
        // A list that filters lists that filter lists is work upon work; each is counted, but each is also a call within a call.
        TemplateRun.EnsureStack();
        return items.ConvertAll(item => run.Counted(TemplateFilters.Of(run, filter, item, new TemplateArguments(filter, [.. placed], new Dictionary<string, object?>(named)))));
    }

    private static List<object?> Sorted(TemplateRun run, object? value, TemplateArguments arguments)
    {
        bool isReverse = TemplateValue.IsTrue(arguments.Next("reverse", false)), isExact = TemplateValue.IsTrue(arguments.Next("case_sensitive", false));
        object? path = arguments.Next("attribute", null);
        List<object?> items = TemplateValue.Items(run, value);
        List<(object? Key, object? Item)> keyed = items.ConvertAll(item => (path is null ? item : Attribute(run, item, path), item));
        run.Look(keyed.Sum(pair => TemplateValue.Size(pair.Key)) * Rounds(keyed.Count));
        if (!keyed.TrueForAll(pair => pair.Key is string) && !keyed.TrueForAll(pair => TemplateNumber.Is(pair.Key)))
            throw new InvalidDataException("sorting other things than texts or numbers is not supported");
        object? Key((object? Key, object?) pair) => isExact ? pair.Key : Folded(pair.Key);
        return [.. (isReverse ? keyed.OrderByDescending(Key, Order.Instance) : keyed.OrderBy(Key, Order.Instance)).Select(pair => pair.Item)];
    }

    private static List<object?> Unique(TemplateRun run, object? value, TemplateArguments arguments)
    {
        bool isExact = TemplateValue.IsTrue(arguments.Next("case_sensitive", false));
        object? path = arguments.Next("attribute", null);
        var seen = new HashSet<object>();
        var unique = new List<object?>();
        foreach (object? item in TemplateValue.Items(run, value))
        {
            object? key = path is null ? item : Attribute(run, item, path);
            run.Look(TemplateValue.Size(key));
            if (key is List<object?> or Dictionary<string, object?>)
                throw new InvalidDataException($"telling {TemplateValue.Kind(key)} from others is not supported");
            if (seen.Add((isExact ? key : Folded(key)) ?? seen))
                unique.Add(item);
        }
        return unique;
    }

    private static object? Summed(TemplateRun run, object? value, TemplateArguments arguments)
    {
        object? path = arguments.Next("attribute", null), sum = arguments.Next("start", 0L);
        foreach (object? item in TemplateValue.Items(run, value))
            sum = run.Counted(TemplateValue.Sum(sum, path is null ? item : Attribute(run, item, path)));
        return sum;
    }

    private static object? Folded(object? key) => key is string text ? text.ToLowerInvariant() : key;

    // How often a sort looks at each entry.
    private static int Rounds(int count) => 1 + (int)Math.Log2(count + 1);

    private sealed class Order : IComparer<object?>
    {
        public static readonly Order Instance = new();

        public int Compare(object? x, object? y) => x is string a && y is string b ? string.CompareOrdinal(a, b) : TemplateNumber.Float(x).CompareTo(TemplateNumber.Float(y));
    }
}
