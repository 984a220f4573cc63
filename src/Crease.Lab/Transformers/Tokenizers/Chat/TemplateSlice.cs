namespace Crease.Lab;

/// <summary>Parts of lists and texts.</summary>
internal static class TemplateSlice
{
    /// <summary>value[from:to:step], where each may be null.</summary>
    /// <exception cref="InvalidDataException">The value is neither list nor text, a place is no whole number, or the step is 0.</exception>
    public static object? Of(TemplateRun run, object? value, object? from, object? to, object? step)
    {
        run.Look(TemplateValue.Size(value));
        long by = step is null ? 1 : TemplateNumber.Whole(step);
        if (by == 0)
            throw new InvalidDataException("slices of step 0 are not supported");
        if (value is string text && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return by == 1 ? Plain(text, from, to) : new string([.. Places(text.Length, from, to, by).Select(place => text[place])]);
        List<object?> items = TemplateValue.Items(run, value);
        List<object?> part = [.. Places(items.Count, from, to, by).Select(place => items[place])];
        return value is string ? string.Concat(part) : part;
    }

    private static string Plain(string text, object? from, object? to)
    {
        int first = Place(from, text.Length, 0, text.Length, 0), last = Place(to, text.Length, 0, text.Length, text.Length);
        return text[first..Math.Max(first, last)];
    }

    private static IEnumerable<int> Places(int count, object? from, object? to, long by)
    {
        if (by > 0)
        {
            long last = Place(to, count, 0, count, count);
            for (long place = Place(from, count, 0, count, 0); place < last; place += Math.Min(by, count + 1))
                yield return (int)place;
        }
        else
        {
            long last = Place(to, count, -1, count - 1, -1);
            for (long place = Place(from, count, -1, count - 1, count - 1); place > last; place += Math.Max(by, -count - 1))
                yield return (int)place;
        }
    }

    private static int Place(object? place, int count, int low, int high, int absent)
    {
        if (place is null)
            return absent;
        long whole = TemplateNumber.Whole(place);
        return (int)Math.Clamp(whole < 0 ? whole + count : whole, low, Math.Max(low, high));
    }
}
