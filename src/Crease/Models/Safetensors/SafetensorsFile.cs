using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Crease.Networks;

namespace Crease.Models;

/// <summary>The tensors of a <c>.safetensors</c> file, by name; nothing in such a file can be executed.</summary>
/// <remarks>
/// Source: the safetensors format (version 0.4): the length of the header as a 64-bit integer, a JSON header
/// <c>{name: {dtype, shape, data_offsets}}</c>, and the bytes. As its reference reader does, this one refuses tensors that overlap, leave
/// holes or repeat a name. Sizes are checked before anything is allocated; the data are not copied.
/// </remarks>
public sealed class SafetensorsFile
{
    private const int LengthSize = 8;

    // A header takes about 100 bytes per tensor.
    private const int LongestHeader = 1 << 25;
    private const int MostAxes = 32;
    private const string MetadataName = "__metadata__";

    private readonly Dictionary<string, SafetensorsTensor> _tensors = [];

    private SafetensorsFile(string name, JsonElement header, ReadOnlyMemory<byte> data)
    {
        Name = name;
        Bytes = data.Length;
        var metadata = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var ranges = new List<(long From, long To, string Name)>();
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataName)
                ReadMetadata(entry.Value, metadata);
            else
                ReadTensor(entry, data, ranges);
        }
        CheckTiling(ranges, data.Length);
        Names = [.. ranges.Select(range => range.Name)];
        Metadata = metadata.ToImmutable();
    }

    /// <summary>Name of the file, for messages.</summary>
    public string Name { get; }

    /// <summary>Size of all tensors in bytes.</summary>
    internal long Bytes { get; }

    /// <summary>Names of the tensors in the order of their bytes.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The texts that the writer added about the file.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>One tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ModelException">There is none of that name.</exception>
    public SafetensorsTensor this[string name] => _tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new ModelException(Name, $"holds no tensor '{name}'; it has {Listed(Names)}");

    /// <summary>Reads a file.</summary>
    /// <param name="path">A file of at most <see cref="Model.LargestFile"/> bytes.</param>
    /// <exception cref="ModelException">The file cannot be read, or is no safetensors file; the message is one line.</exception>
    public static SafetensorsFile Load(string path) => Parse(Model.Bytes(path, packed: false), Path.GetFileName(path));

    /// <summary>Reads a file from memory.</summary>
    /// <param name="bytes">Its content; not copied.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ModelException">The bytes are no safetensors file; the message is one line.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        ulong length = bytes.Length < LengthSize ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length < 2 || length > (ulong)(bytes.Length - LengthSize))
            throw new ModelException(name, $"claims a header of {length} bytes and has {bytes.Length} in all; the file is damaged, truncated or not safetensors");
        if (length > LongestHeader)
            throw new ModelException(name, $"has a header of {length} bytes; at most {LongestHeader} are accepted");
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span.Slice(LengthSize, (int)length)))
            throw new ModelException(name, "has a header that is not the JSON of safetensors: its bytes are not UTF-8");
        try
        {
            using JsonDocument header = JsonDocument.Parse(bytes.Slice(LengthSize, (int)length));
            if (header.RootElement.ValueKind != JsonValueKind.Object)
                throw new ModelException(name, $"has a header that is a JSON {header.RootElement.ValueKind}; expected an object");
            return new SafetensorsFile(name, header.RootElement, bytes[(LengthSize + (int)length)..]);
        }
        // A lone surrogate in a name is no text; JsonDocument says so only when it is asked for it.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelException(name, $"has a header that is not the JSON of safetensors: {fault.Message}", fault);
        }
    }

    /// <summary>The numbers of a tensor, exactly: <c>F64</c> as double, <c>F32</c>, <c>F16</c> and <c>BF16</c> as float.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ModelException">There is none of that name, it is of another type, or it holds NaN or infinity.</exception>
    public Weights Weights(string name)
    {
        SafetensorsTensor tensor = this[name];
        int count = tensor.Count;
        ReadOnlySpan<byte> data = tensor.Data.Span;
        if (tensor.Type == "F64")
        {
            var doubles = new double[count];
            data.CopyTo(MemoryMarshal.AsBytes(doubles.AsSpan()));
            CheckFinite(name, Array.FindIndex(doubles, value => !double.IsFinite(value)));
            return doubles;
        }
        var floats = new float[count];
        switch (tensor.Type)
        {
            case "F32":
                data.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan()));
                break;
            case "F16":
                for (int i = 0; i < count; i++)
                    floats[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(data[(2 * i)..]);
                break;
            case "BF16":
                for (int i = 0; i < count; i++)
                    floats[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * i)..]) << 16);
                break;
            default:
                throw new ModelException(Name, $"tensor '{name}' is of type {tensor.Type}; accepted are F64, F32, F16 and BF16");
        }
        CheckFinite(name, Array.FindIndex(floats, value => !float.IsFinite(value)));
        return floats;
    }

    private void CheckFinite(string name, int at)
    {
        if (at >= 0)
            throw new ModelException(Name, $"tensor '{name}' holds NaN or infinity at index {at}; expected finite numbers");
    }

    private void ReadMetadata(JsonElement texts, ImmutableDictionary<string, string>.Builder metadata)
    {
        if (texts.ValueKind != JsonValueKind.Object)
            throw new ModelException(Name, $"has a {MetadataName} that is a JSON {texts.ValueKind}; expected an object of texts");
        foreach (JsonProperty text in texts.EnumerateObject())
            metadata[text.Name] = text.Value.ValueKind == JsonValueKind.String ? text.Value.GetString()! : throw new ModelException(Name, $"has a {MetadataName} '{text.Name}' that is no text");
    }

    private void ReadTensor(JsonProperty entry, ReadOnlyMemory<byte> data, List<(long From, long To, string Name)> ranges)
    {
        string where = $"tensor '{entry.Name}'";
        if (entry.Value.ValueKind != JsonValueKind.Object || !entry.Value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String)
            throw new ModelException(Name, $"{where} has no type; expected dtype, shape and data_offsets");
        string type = dtype.GetString()!;
        int bits = SafetensorsTensor.Bits(type);
        if (bits == 0)
            throw new ModelException(Name, $"{where} is of type '{type}'; accepted are F64, F32, F16, BF16, F8, integers and BOOL");
        long[] shape = Integers(entry.Value, "shape", where), offsets = Integers(entry.Value, "data_offsets", where);
        UInt128 size = 1;
        foreach (long extent in shape)
            size = size > uint.MaxValue ? size : size * (ulong)extent;
        if (shape.Length > MostAxes || shape.Any(extent => extent > Shape.MaxSize) || size > Shape.MaxSize)
            throw new ModelException(Name, $"{where} has shape [{string.Join(", ", shape)}]; at most {MostAxes} axes and {Shape.MaxSize} elements are accepted");
        if (offsets.Length != 2 || offsets[0] > offsets[1] || offsets[1] > data.Length)
            throw new ModelException(Name, $"{where} lies at bytes [{string.Join(", ", offsets)}]; the file holds {data.Length} bytes of data");
        if ((ulong)(offsets[1] - offsets[0]) * 8 != size * (ulong)bits)
            throw new ModelException(Name, $"{where} has {offsets[1] - offsets[0]} bytes; expected {size} elements of {bits / 8} bytes for shape [{string.Join(", ", shape)}]");
        var tensor = new SafetensorsTensor(entry.Name, type, Array.ConvertAll(shape, extent => (int)extent), data.Slice((int)offsets[0], (int)(offsets[1] - offsets[0])));
        if (!_tensors.TryAdd(entry.Name, tensor))
            throw new ModelException(Name, $"{where} is there twice");
        ranges.Add((offsets[0], offsets[1], entry.Name));
    }

    private long[] Integers(JsonElement tensor, string key, string where)
    {
        if (!tensor.TryGetProperty(key, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw new ModelException(Name, $"{where} has no {key}; expected dtype, shape and data_offsets");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long value) && value >= 0
            ? value
            : throw new ModelException(Name, $"{where} has the entry {item.GetRawText()} in {key}; expected whole numbers from 0"))];
    }

    private void CheckTiling(List<(long From, long To, string Name)> ranges, long length)
    {
        // Ordinal, so that the order of empty tensors does not hang on the culture.
        ranges.Sort((left, right) => left.From != right.From ? left.From.CompareTo(right.From) : left.To != right.To ? left.To.CompareTo(right.To) : string.CompareOrdinal(left.Name, right.Name));
        long end = 0;
        foreach ((long from, long to, string name) in ranges)
        {
            if (from != end)
                throw new ModelException(Name, $"tensor '{name}' starts at byte {from}; expected {end}, where the one before it ends");
            end = to;
        }
        if (end != length)
            throw new ModelException(Name, $"holds {length} bytes of data; its tensors take {end}");
    }

    private static string Listed(ImmutableArray<string> names) =>
        names.Length == 0 ? "none" : string.Join(", ", names.Take(6).Select(name => $"'{name}'")) + (names.Length > 6 ? $" and {names.Length - 6} more" : "");
}
