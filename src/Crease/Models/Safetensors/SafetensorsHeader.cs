using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Crease.Networks;

namespace Crease.Models;

/// <summary>The checked header of a <c>.safetensors</c> file: what tensors it holds and where their bytes are.</summary>
/// <remarks>As the format's reference reader does, this one refuses tensors that overlap, leave holes or repeat a name.</remarks>
internal sealed class SafetensorsHeader
{
    private const int LengthSize = 8;

    // A header takes about 100 bytes per tensor.
    private const int LongestHeader = 1 << 25;
    private const int MostAxes = 32;
    private const string MetadataName = "__metadata__";

    private readonly string _name;
    private readonly long _mostElements;
    private readonly Dictionary<string, SafetensorsEntry> _tensors = [];

    private SafetensorsHeader(string name, JsonElement header, long start, long length, long mostElements)
    {
        (_name, Start, Length, _mostElements) = (name, start, length, mostElements);
        var metadata = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var entries = new List<SafetensorsEntry>();
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataName)
                ReadMetadata(name, entry.Value, metadata);
            else
                entries.Add(Entry(entry));
        }
        CheckTiling(entries);
        Entries = [.. entries];
        Metadata = metadata.ToImmutable();
    }

    /// <summary>Where the data start in the file, in bytes.</summary>
    public long Start { get; }

    /// <summary>Size of all tensors in bytes.</summary>
    public long Length { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public ImmutableArray<SafetensorsEntry> Entries { get; }

    /// <summary>The texts that the writer added about the file.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>One tensor, or null where there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public SafetensorsEntry? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>Reads the header of a file and none of its data.</summary>
    /// <param name="path">A file of any size.</param>
    /// <param name="mostElements">Largest number of elements of one tensor that is accepted.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no safetensors file; the message is one line.</exception>
    public static SafetensorsHeader Load(string path, long mostElements)
    {
        string name = Path.GetFileName(path);
        byte[] header = Bytes(path, name, out long total);
        return With(header, name, root => new SafetensorsHeader(name, root, LengthSize + header.Length, total - LengthSize - header.Length, mostElements));
    }

    /// <summary>Reads the header of a file in memory.</summary>
    /// <param name="bytes">Its content.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ModelException">The bytes are no safetensors file; the message is one line.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        int length = HeaderLength(bytes.Span[..Math.Min(LengthSize, bytes.Length)], bytes.Length, name), start = LengthSize + length;
        return With(bytes.Slice(LengthSize, length), name, root => new SafetensorsHeader(name, root, start, bytes.Length - start, Shape.MaxSize));
    }

    /// <summary>The texts that the writer added about a file; its tensors are neither read nor checked.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <exception cref="ModelException">The file cannot be read, or has no header of safetensors; the message is one line.</exception>
    public static ImmutableDictionary<string, string> MetadataOf(string path)
    {
        string name = Path.GetFileName(path);
        return With(Bytes(path, name, out _), name, root =>
        {
            var metadata = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            if (root.TryGetProperty(MetadataName, out JsonElement entry))
                ReadMetadata(name, entry, metadata);
            return metadata.ToImmutable();
        });
    }

    private static byte[] Bytes(string path, string name, out long total)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            total = file.Length;
            var start = new byte[Math.Min(LengthSize, total)];
            file.ReadExactly(start);
            var header = new byte[HeaderLength(start, total, name)];
            file.ReadExactly(header);
            return header;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(name, $"cannot be read as safetensors: {fault.Message}", fault);
        }
    }

    private static int HeaderLength(ReadOnlySpan<byte> start, long total, string name)
    {
        ulong length = start.Length < LengthSize ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length < 2 || length > (ulong)(total - LengthSize))
            throw new ModelException(name, $"claims a header of {length} bytes and has {total} in all; the file is damaged, truncated or not safetensors");
        return length <= LongestHeader ? (int)length : throw new ModelException(name, $"has a header of {length} bytes; at most {LongestHeader} are accepted");
    }

    private static T With<T>(ReadOnlyMemory<byte> bytes, string name, Func<JsonElement, T> read)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span))
            throw new ModelException(name, "has a header that is not the JSON of safetensors: its bytes are not UTF-8");
        try
        {
            using JsonDocument header = JsonDocument.Parse(bytes);
            if (header.RootElement.ValueKind != JsonValueKind.Object)
                throw new ModelException(name, $"has a header that is a JSON {header.RootElement.ValueKind}; expected an object");
            return read(header.RootElement);
        }
        // A lone surrogate in a name is no text; JsonDocument says so only when it is asked for it.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelException(name, $"has a header that is not the JSON of safetensors: {fault.Message}", fault);
        }
    }

    private static void ReadMetadata(string name, JsonElement texts, ImmutableDictionary<string, string>.Builder metadata)
    {
        if (texts.ValueKind != JsonValueKind.Object)
            throw new ModelException(name, $"has a {MetadataName} that is a JSON {texts.ValueKind}; expected an object of texts");
        foreach (JsonProperty text in texts.EnumerateObject())
            metadata[text.Name] = text.Value.ValueKind == JsonValueKind.String ? text.Value.GetString()! : throw new ModelException(name, $"has a {MetadataName} '{text.Name}' that is no text");
    }

    private SafetensorsEntry Entry(JsonProperty entry)
    {
        string where = $"tensor '{entry.Name}'";
        if (entry.Value.ValueKind != JsonValueKind.Object || !entry.Value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String)
            throw new ModelException(_name, $"{where} has no type; expected dtype, shape and data_offsets");
        string type = dtype.GetString()!;
        int bits = SafetensorsTensor.Bits(type);
        if (bits == 0)
            throw new ModelException(_name, $"{where} is of type '{type}'; accepted are F64, F32, F16, BF16, F8, integers and BOOL");
        long[] shape = Integers(entry.Value, "shape", where), offsets = Integers(entry.Value, "data_offsets", where);
        UInt128 size = 1;
        foreach (long extent in shape)
            size = size > long.MaxValue ? size : size * (ulong)extent;
        if (shape.Length > MostAxes || shape.Any(extent => extent > Shape.MaxSize) || size > (ulong)_mostElements)
            throw new ModelException(_name, $"{where} has shape [{string.Join(", ", shape)}]; at most {MostAxes} axes and {_mostElements} elements are accepted");
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > Length)
            throw new ModelException(_name, $"{where} lies at bytes [{string.Join(", ", offsets)}]; the file holds {Length} bytes of data");
        if ((UInt128)(offsets[1] - offsets[0]) * 8 != size * (ulong)bits)
            throw new ModelException(_name, $"{where} has {offsets[1] - offsets[0]} bytes; expected {size} elements of {bits / 8} bytes for shape [{string.Join(", ", shape)}]");
        var tensor = new SafetensorsEntry(entry.Name, type, Array.ConvertAll(shape, extent => (int)extent), offsets[0], offsets[1]);
        return _tensors.TryAdd(entry.Name, tensor) ? tensor : throw new ModelException(_name, $"{where} is there twice");
    }

    private long[] Integers(JsonElement tensor, string key, string where)
    {
        if (!tensor.TryGetProperty(key, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw new ModelException(_name, $"{where} has no {key}; expected dtype, shape and data_offsets");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long value) && value >= 0
            ? value
            : throw new ModelException(_name, $"{where} has the entry {item.GetRawText()} in {key}; expected whole numbers from 0"))];
    }

    private void CheckTiling(List<SafetensorsEntry> entries)
    {
        // Ordinal, so that the order of empty tensors does not hang on the culture.
        entries.Sort((left, right) => left.From != right.From ? left.From.CompareTo(right.From) : left.To != right.To ? left.To.CompareTo(right.To) : string.CompareOrdinal(left.Name, right.Name));
        long end = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.From != end)
                throw new ModelException(_name, $"tensor '{entry.Name}' starts at byte {entry.From}; expected {end}, where the one before it ends");
            end = entry.To;
        }
        if (end != Length)
            throw new ModelException(_name, $"holds {Length} bytes of data; its tensors take {end}");
    }
}
