using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>A JSON object from a file that is not to be trusted, read by key with errors of one line.</summary>
internal sealed class JsonFile
{
    private const long LargestFile = 1L << 26;

    private readonly string _name, _path;
    private readonly JsonElement _root;

    private JsonFile(string name, string path, JsonElement root) => (_name, _path, _root) = (name, path, root);

    /// <summary>Name of the file, for messages.</summary>
    public string Name => _name;

    /// <exception cref="ModelException">The file is absent, too large, or no JSON object.</exception>
    public static JsonFile Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            long length = new FileInfo(path).Length;
            if (length > LargestFile)
                throw new ModelException(name, $"the file has {length} bytes; at most {LargestFile} are accepted");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonFile(name, "", document.RootElement.Clone())
                : throw new ModelException(name, $"is a JSON {document.RootElement.ValueKind}; expected an object");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ModelException(name, $"cannot be read as JSON: {fault.Message}", fault);
        }
    }

    /// <summary>Whether a key is there with another value than null.</summary>
    public bool Has(string key) => _root.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>An object inside this one.</summary>
    public JsonFile Part(string key) => Has(key) && _root.GetProperty(key).ValueKind == JsonValueKind.Object
        ? new JsonFile(_name, $"{_path}{key}.", _root.GetProperty(key))
        : throw Wrong(key, "an object");

    public IEnumerable<JsonProperty> Properties() => _root.EnumerateObject();

    public int Whole(string key, int? absent = null)
    {
        if (!Has(key) && absent is int value)
            return value;
        return Has(key) && _root.GetProperty(key).ValueKind == JsonValueKind.Number && _root.GetProperty(key).TryGetInt32(out int whole) ? whole : throw Wrong(key, "a whole number");
    }

    public double Number(string key, double? absent = null)
    {
        if (!Has(key) && absent is double value)
            return value;
        return Has(key) && _root.GetProperty(key).ValueKind == JsonValueKind.Number && double.IsFinite(_root.GetProperty(key).GetDouble()) ? _root.GetProperty(key).GetDouble() : throw Wrong(key, "a finite number");
    }

    public bool Flag(string key, bool absent) => !Has(key) ? absent : _root.GetProperty(key).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false"),
    };

    public string Text(string key, string? absent = null)
    {
        if (!Has(key) && absent is not null)
            return absent;
        return Has(key) && _root.GetProperty(key).ValueKind == JsonValueKind.String ? _root.GetProperty(key).GetString()! : throw Wrong(key, "a text");
    }

    private ModelException Wrong(string key, string expected)
    {
        string found = !_root.TryGetProperty(key, out JsonElement value) ? "absent" : value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();
        return new ModelException(_name, $"'{_path}{key}' is {found}; expected {expected}");
    }
}
