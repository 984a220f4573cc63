using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Crease.Lab;

/// <summary>Reads values of a grid: single ones, lists and ranges.</summary>
/// <param name="file">Name of the file, for messages.</param>
internal sealed class SweepValues(string file)
{
    private const int MostValues = 1000, LongestText = 1000, Digits = 12;
    private const string Single = "a text, a number, true, false or null", Listed = "a list of values, or a range {\"from\": A, \"to\": B, \"steps\": N, \"scale\": \"log\"}";

    private static readonly string[] RangeNames = ["from", "to", "steps", "scale", "whole"];

    /// <summary>One value as a command takes it; null for JSON's null.</summary>
    public string? One(JsonElement element, string place) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => Text(Number(element, place)),
        JsonValueKind.String when element.GetString()!.Length <= LongestText => element.GetString(),
        JsonValueKind.String => throw new GridException(file, $"{place} is a text of {element.GetString()!.Length} characters; expected at most {LongestText}"),
        _ => throw new GridException(file, $"{place} is {Kind(element)}; expected {Single}"),
    };

    /// <summary>The values of an axis.</summary>
    /// <param name="element">A list or a range.</param>
    /// <param name="name">Name of the axis.</param>
    /// <param name="isWhole">Whether its values are whole numbers.</param>
    public SweepAxis Axis(JsonElement element, string name, bool isWhole)
    {
        string place = $"axes.{name}";
        (ImmutableArray<string?> values, bool isLogarithmic) = element.ValueKind switch
        {
            JsonValueKind.Array => (List(element, place), false),
            JsonValueKind.Object => Range(element, place, isWhole),
            _ => throw new GridException(file, $"{place} is {Kind(element)}; expected {Listed}"),
        };
        if (values.IsEmpty)
            throw new GridException(file, $"{place} holds no values; expected at least one");
        string?[] twice = [.. values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key)];
        return twice.Length == 0 ? new SweepAxis(name, values) { IsLogarithmic = isLogarithmic } : throw new GridException(file, $"{place} holds {GridException.Shown(SweepAxis.Text(twice[0]))} twice; expected distinct values");
    }

    /// <summary>A list of values.</summary>
    public ImmutableArray<string?> List(JsonElement element, string place)
    {
        int count = element.GetArrayLength();
        if (count > MostValues)
            throw new GridException(file, $"{place} holds {count} values; expected at most {MostValues}");
        return [.. element.EnumerateArray().Select((value, i) => One(value, FormattableString.Invariant($"{place}[{i}]")))];
    }

    /// <summary>What a value is, for messages.</summary>
    public static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{GridException.Shown(element.GetString()!)}'",
        _ => GridException.Shown(element.GetRawText()),
    };

    /// <summary>A finite number.</summary>
    public double Number(JsonElement element, string place) => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && double.IsFinite(number)
        ? number
        : throw new GridException(file, $"{place} is {Kind(element)}; expected a finite number");

    /// <summary>A whole number within a range.</summary>
    public int Whole(JsonElement element, string place, int least, int most) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) && number >= least && number <= most
        ? number
        : throw new GridException(file, $"{place} is {Kind(element)}; expected a whole number from {least} to {most}");

    /// <summary>Refuses a name that has no meaning.</summary>
    public void Known(JsonElement element, string place, IReadOnlyCollection<string> names)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw new GridException(file, $"{place} has '{GridException.Shown(property.Name)}', which has no meaning there; accepted are {string.Join(", ", names)}");
        }
    }

    private (ImmutableArray<string?> Values, bool IsLogarithmic) Range(JsonElement element, string place, bool isWhole)
    {
        Known(element, place, RangeNames);
        if (!element.TryGetProperty("from", out JsonElement from) || !element.TryGetProperty("to", out JsonElement to) || !element.TryGetProperty("steps", out JsonElement steps))
            throw new GridException(file, $"{place} is a range without from, to or steps; expected {Listed}");
        (double first, double last, int count) = (Number(from, place + ".from"), Number(to, place + ".to"), Whole(steps, place + ".steps", 2, MostValues));
        bool isLogarithmic = element.TryGetProperty("scale", out JsonElement scale) && Scale(scale, place) == "log";
        isWhole |= element.TryGetProperty("whole", out JsonElement whole) && (whole.ValueKind is JsonValueKind.True or JsonValueKind.False ? whole.GetBoolean() : throw new GridException(file, $"{place}.whole is {Kind(whole)}; expected true or false"));
        if (first == last || isLogarithmic && !(first > 0 && last > 0) || !double.IsFinite(last - first))
            throw new GridException(file, FormattableString.Invariant($"{place} goes from {first} to {last}; expected different ends{(isLogarithmic ? " above 0" : "")}"));
        double[] numbers = [.. Enumerable.Range(0, count).Select(i => At(first, last, i, count, isLogarithmic)).Select(number => isWhole ? Math.Round(number) : number).Distinct()];
        return ([.. numbers.Select(Text)], isLogarithmic);
    }

    private string Scale(JsonElement scale, string place) => scale.ValueKind == JsonValueKind.String && scale.GetString() is "log" or "linear"
        ? scale.GetString()!
        : throw new GridException(file, $"{place}.scale is {Kind(scale)}; expected linear or log");

    // The ends as they are written; between them so few digits that 0.01 is 0.01.
    private static double At(double first, double last, int index, int count, bool isLogarithmic)
    {
        if (index == 0 || index == count - 1)
            return index == 0 ? first : last;
        double share = index / (count - 1.0), number = isLogarithmic ? Math.Exp(Math.Log(first) + share * (Math.Log(last) - Math.Log(first))) : first + share * (last - first);
        return double.Parse(number.ToString("G" + Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Text(double number) => number == Math.Floor(number) && Math.Abs(number) < 9e18 ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
}
