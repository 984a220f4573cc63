using System.Text.Json;

namespace Crease.Lab;

/// <summary>Objects, one per line; the first one names the columns.</summary>
internal sealed class JsonRecords : IRecordReader
{
    private readonly TextReader _text;
    private readonly BoundedLines _lines;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private string? _first;

    /// <exception cref="InvalidDataException">The first line is no object.</exception>
    public JsonRecords(TextReader text)
    {
        (_text, _lines) = (text, new BoundedLines(text));
        _first = Line() ?? throw new InvalidDataException("is empty; expected a JSON object per line");
        using JsonDocument document = Parsed(_first);
        Columns = [.. document.RootElement.EnumerateObject().Select(member => member.Name).Distinct()];
        for (int column = 0; column < Columns.Length; column++)
            _places[Columns[column]] = column;
    }

    public string[] Columns { get; }

    public string[]? Next()
    {
        string? line = _first ?? Line();
        _first = null;
        if (line is null)
            return null;
        using JsonDocument document = Parsed(line);
        var record = new string[Columns.Length];
        Array.Fill(record, "");
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            if (_places.TryGetValue(member.Name, out int column))
                record[column] = Text(member.Value);
        }
        return record;
    }

    public void Dispose() => _text.Dispose();

    private string? Line()
    {
        string? line = _lines.Next();
        while (line is not null && string.IsNullOrWhiteSpace(line))
            line = _lines.Next();
        return line;
    }

    private JsonDocument Parsed(string line)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new JsonException("is no object");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"line {_lines.Count} is no JSON object; expected one per line");
        }
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Null => "",
                _ => value.GetRawText(),
            };
        }
        // Half of a surrogate pair.
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }
}
