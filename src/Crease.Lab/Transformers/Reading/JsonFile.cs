using System.Text.Json;
using Crease.Models;

namespace Crease.Lab;

/// <summary>A JSON object from a file that is not to be trusted, read by key with errors of one line that name the file.</summary>
internal sealed class JsonFile
{
    private const long LargestFile = 1L << 26;

    private readonly JsonField _root;

    private JsonFile(string name, JsonField root) => (Name, _root) = (name, root);

    /// <summary>Name of the file, for messages.</summary>
    public string Name { get; }

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
                ? new JsonFile(name, new JsonField(document.RootElement.Clone(), ""))
                : throw new ModelException(name, $"is a JSON {document.RootElement.ValueKind}; expected an object");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ModelException(name, $"cannot be read as JSON: {fault.Message}", fault);
        }
    }

    /// <summary>Whether a key is there with another value than null.</summary>
    public bool Has(string key) => !_root[key].IsNull;

    /// <summary>An object inside this one.</summary>
    public JsonFile Part(string key) => Of(key, field => field.Kind == JsonValueKind.Object ? new JsonFile(Name, field) : throw field.Wrong("an object"));

    /// <summary>Names and texts of an object whose members are all texts.</summary>
    public IReadOnlyList<(string Name, string Text)> Texts(string key) =>
        Of(key, field => Has(key) ? field.Members().Select(member => (member.Name, member.Value.Text())).ToArray() : throw field.Wrong("an object"));

    public int Whole(string key, int? absent = null) => absent is int value && !Has(key) ? value : Of(key, field => field.Whole());

    public double Number(string key, double? absent = null) => absent is double value && !Has(key) ? value : Of(key, field => field.Number());

    /// <summary>A list of finite numbers.</summary>
    public double[] Numbers(string key) => Of(key, field => Has(key) ? field.Items().Select(item => item.Number()).ToArray() : throw field.Wrong("a list of finite numbers"));

    public bool Flag(string key, bool absent) => Of(key, _ => _root.Flag(key, absent));

    public string Text(string key, string? absent = null) => absent is not null && !Has(key) ? absent : Of(key, field => field.Text());

    private T Of<T>(string key, Func<JsonField, T> read)
    {
        try
        {
            return read(_root[key]);
        }
        catch (InvalidDataException fault)
        {
            throw new ModelException(Name, fault.Message, fault);
        }
    }
}
