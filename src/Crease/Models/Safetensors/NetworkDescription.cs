using System.Collections.Immutable;
using System.Text.Json;
using Crease.Networks;

namespace Crease.Models;

/// <summary>The graph of a network without its weights: the content of <c>network.json</c> beside a <c>.safetensors</c> file.</summary>
/// <param name="Name">Name of the network.</param>
/// <param name="InputShape">Shape of one input, without the batch; for tokens, [context].</param>
/// <param name="Nodes">Operations, each after those that it takes its inputs from.</param>
/// <param name="Output">Name of the node whose value is the output.</param>
public sealed record NetworkDescription(string Name, Shape InputShape, ImmutableArray<NodeDescription> Nodes, string Output)
{
    /// <summary>The name under which nodes refer to the network's input.</summary>
    public const string InputName = "input";

    /// <summary>Name of the file.</summary>
    public const string FileName = "network.json";

    private const string Format = "crease.network";
    private const int Version = 1;
    private const int LargestFile = 1 << 24, MostNodes = 1 << 16;

    private static readonly JsonWriterOptions Layout = new() { Indented = true };

    /// <summary>Writes the description as JSON.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("name", Name);
            json.WriteStartArray("input");
            foreach (int extent in InputShape.Extents)
                json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteStartArray("nodes");
            foreach (NodeDescription node in Nodes)
                Write(json, node);
            json.WriteEndArray();
            json.WriteString("output", Output);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a description.</summary>
    /// <param name="path">A file of at most 2^24 bytes.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no description; the message is one line.</exception>
    public static NetworkDescription Load(string path) => Parse(Model.Bytes(path, packed: false, LargestFile), Path.GetFileName(path));

    /// <summary>Reads a description from memory.</summary>
    /// <param name="bytes">JSON in UTF-8.</param>
    /// <param name="file">Name for messages.</param>
    /// <exception cref="ModelException">The bytes are no description; the message is one line.</exception>
    public static NetworkDescription Parse(ReadOnlyMemory<byte> bytes, string file)
    {
        if (bytes.Length > LargestFile)
            throw new ModelException(file, $"has {bytes.Length} bytes; at most {LargestFile} are accepted");
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span))
            throw new ModelException(file, "holds bytes that are not UTF-8; expected the JSON of a network");
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return new DescriptionReader(file).Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new ModelException(file, $"is not the JSON of a network: {Model.Reason(fault)}", fault);
        }
    }

    private static void Write(Utf8JsonWriter json, NodeDescription node)
    {
        json.WriteStartObject();
        json.WriteString("name", node.Name);
        json.WriteString("kind", node.Kind);
        json.WriteStartArray("inputs");
        foreach (string input in node.Inputs)
            json.WriteStringValue(input);
        json.WriteEndArray();
        if (node.Tensors.Count > 0)
        {
            json.WriteStartObject("tensors");
            foreach ((string role, string tensor) in node.Tensors)
                json.WriteString(role, tensor);
            json.WriteEndObject();
        }
        if (node.Settings.Count > 0)
        {
            json.WriteStartObject("settings");
            foreach ((string setting, double value) in node.Settings)
                json.WriteNumber(setting, value);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    // Says which entry is wrong; the order of nodes is checked so that what is read is a graph.
    private sealed class DescriptionReader(string file)
    {
        public NetworkDescription Read(JsonElement root)
        {
            if (Text(root, "format") != Format || !Property(root, "version", JsonValueKind.Number).TryGetInt32(out int version) || version != Version)
                throw new ModelException(file, $"is not of format '{Format}', version {Version}");
            int[] extents = [.. Property(root, "input", JsonValueKind.Array).EnumerateArray().Select(extent => extent.ValueKind == JsonValueKind.Number && extent.TryGetInt32(out int size) && size > 0
                ? size
                : throw new ModelException(file, $"has the entry {extent.GetRawText()} in 'input'; expected whole numbers from 1"))];
            JsonElement list = Property(root, "nodes", JsonValueKind.Array);
            if (list.GetArrayLength() is 0 or > MostNodes)
                throw new ModelException(file, $"has {list.GetArrayLength()} nodes; expected 1 to {MostNodes}");
            var names = new HashSet<string> { InputName };
            ImmutableArray<NodeDescription> nodes = [.. list.EnumerateArray().Select(node => Node(node, names))];
            string output = Text(root, "output");
            if (output == InputName || !names.Contains(output))
                throw new ModelException(file, $"has the output '{output}'; expected the name of a node");
            return new NetworkDescription(Text(root, "name"), new Shape(extents), nodes, output);
        }

        private NodeDescription Node(JsonElement node, HashSet<string> names)
        {
            string name = Text(node, "name"), kind = Text(node, "kind");
            ImmutableArray<string> inputs = [.. Property(node, "inputs", JsonValueKind.Array).EnumerateArray().Select(input => input.ValueKind == JsonValueKind.String
                ? input.GetString()!
                : throw new ModelException(file, $"node '{name}' has the input {input.GetRawText()}; expected names of nodes"))];
            if (!NodeKinds.All.Contains(kind))
                throw new ModelException(file, $"node '{name}' is of kind '{kind}'; accepted are {string.Join(", ", NodeKinds.All)}");
            foreach (string input in inputs)
            {
                if (!names.Contains(input))
                    throw new ModelException(file, $"node '{name}' takes its input from '{input}'; expected '{InputName}' or a node before it");
            }
            if (inputs.Length == 0 || (inputs.Length > 1 && !NodeFields.TakesSeveral(kind)))
                throw new ModelException(file, $"node '{name}' ({kind}) has {inputs.Length} inputs; expected {(NodeFields.TakesSeveral(kind) ? "one or more" : "one")}");
            if (!names.Add(name))
                throw new ModelException(file, $"node '{name}' is there twice");
            return new NodeDescription(name, kind, inputs)
            {
                Tensors = Entries(node, "tensors", $"node '{name}' ({kind})", NodeFields.Tensors(kind), "the name of a tensor", value => value.ValueKind == JsonValueKind.String ? value.GetString() : null),
                Settings = Entries(node, "settings", $"node '{name}' ({kind})", NodeFields.Settings(kind), "a finite number", value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : (double?)null)
                    .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value!.Value, StringComparer.Ordinal),
            };
        }

        private ImmutableSortedDictionary<string, T> Entries<T>(JsonElement node, string key, string where, ImmutableArray<string> known, string expected, Func<JsonElement, T?> read)
        {
            ImmutableSortedDictionary<string, T>.Builder found = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
            if (!node.TryGetProperty(key, out JsonElement entries))
                return found.ToImmutable();
            if (entries.ValueKind != JsonValueKind.Object)
                throw new ModelException(file, $"{where} has {key} that are a JSON {entries.ValueKind}; expected an object");
            foreach (JsonProperty entry in entries.EnumerateObject())
            {
                if (!known.Contains(entry.Name) || found.ContainsKey(entry.Name))
                    throw new ModelException(file, $"{where} has '{entry.Name}' in {key}; accepted are {(known.IsEmpty ? "none" : string.Join(", ", known) + ", each once")}");
                found[entry.Name] = read(entry.Value) ?? throw new ModelException(file, $"{where} has {entry.Value.GetRawText()} as '{entry.Name}' in {key}; expected {expected}");
            }
            return found.ToImmutable();
        }

        private string Text(JsonElement parent, string key) => Property(parent, key, JsonValueKind.String).GetString()!;

        private JsonElement Property(JsonElement parent, string key, JsonValueKind kind) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out JsonElement value) && value.ValueKind == kind
                ? value
                : throw new ModelException(file, $"has no {kind} '{key}' where one is expected");
    }
}
