using System.Text.Json;

namespace Crease.Lab;

/// <summary>A value of a JSON file together with where it stands, so that what is wrong can be named.</summary>
internal readonly struct JsonField(JsonElement element, string place)
{
    public JsonElement Element => element;

    public string Place => place;

    public bool IsNull => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public JsonValueKind Kind => element.ValueKind;

    /// <summary>A member; null where the object has none.</summary>
    public JsonField this[string name]
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Object)
                throw Wrong("an object");
            string inner = place.Length == 0 ? name : $"{place}.{name}";
            return element.TryGetProperty(name, out JsonElement member) ? new JsonField(member, inner) : new JsonField(default, inner);
        }
    }

    public string Text()
    {
        string at = place;
        JsonElement text = element;
        return text.ValueKind == JsonValueKind.String ? Whole(() => text.GetString()!, at) : throw Wrong("a string");
    }

    public string Text(string name, string otherwise) => this[name] is { IsNull: false } field ? field.Text() : otherwise;

    public bool Flag(string name, bool otherwise) => this[name] is not { IsNull: false } field
        ? otherwise
        : field.Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw field.Wrong("true or false") };

    public int Whole() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) ? value : throw Wrong("a whole number of 32 bits");

    public double Number() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value) ? value : throw Wrong("a finite number");

    /// <summary>Elements of an array; none where the value is null.</summary>
    public IEnumerable<JsonField> Items()
    {
        if (IsNull)
            return [];
        return element.ValueKind == JsonValueKind.Array ? Enumerated(element, place) : throw Wrong("an array");
    }

    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        if (IsNull)
            return [];
        string at = place;
        return element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Select(member => Whole(() => member.Name, at)).Zip(element.EnumerateObject(), (name, member) => (name, new JsonField(member.Value, $"{at}.{name}")))
            : throw Wrong("an object");
    }

    /// <summary>The kind of a component.</summary>
    public string Type() => this["type"].Text();

    public InvalidDataException Wrong(string expected) => new($"{place} is {Found()}; expected {expected}");

    public InvalidDataException Unknown(string accepted) => new($"{place} has type '{Vocabulary.Shown(Type())}'; accepted are {accepted}");

    private static IEnumerable<JsonField> Enumerated(JsonElement array, string at)
    {
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
            yield return new JsonField(item, $"{at}[{index++}]");
    }

    // An escape such as \ud800 without its partner is valid JSON and no text.
    private static string Whole(Func<string> read, string place)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new InvalidDataException($"{place} has a surrogate without its partner; expected Unicode text");
        }
    }

    private string Found() => element.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Vocabulary.Shown(element.GetRawText()),
    };
}
