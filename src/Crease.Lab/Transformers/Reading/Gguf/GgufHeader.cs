using System.Text;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The checked header of a GGUF file: its settings and where its tensors lie.</summary>
/// <remarks>
/// Source: the GGUF format, versions 2 and 3 (<c>ggml</c>): settings by key, tensors with the innermost axis first, then the data at multiples of
/// the alignment. Every length is compared with the bytes that are left before anything is allocated.
/// </remarks>
internal sealed class GgufHeader
{
    private const uint Magic = 0x46554747;
    private const int MostAxes = 4, MostTensors = 1 << 20;
    private const uint TextCode = 8;
    private const string AlignmentKey = "general.alignment";

    private readonly string _name;
    private readonly BinaryReader _reader;
    private readonly Dictionary<string, object> _settings = [];
    private readonly Dictionary<string, GgufEntry> _tensors = [];

    private GgufHeader(string name, BinaryReader reader)
    {
        (_name, _reader) = (name, reader);
        if (Left < 24 || reader.ReadUInt32() != Magic || reader.ReadUInt32() is not (2 or 3))
            throw new ModelException(name, "does not start as a GGUF file of version 2 or 3");
        ulong tensors = reader.ReadUInt64(), settings = reader.ReadUInt64();
        if (tensors > MostTensors || settings > MostTensors)
            throw new ModelException(name, $"claims {tensors} tensors and {settings} settings; at most {MostTensors} of each are accepted");
        for (ulong i = 0; i < settings; i++)
            ReadSetting();
        var entries = new List<GgufEntry>();
        for (ulong i = 0; i < tensors; i++)
            entries.Add(Entry());
        long alignment = (long)Number(AlignmentKey, 32);
        if (alignment < 1 || alignment > 1 << 20)
            throw new ModelException(name, $"has alignment {alignment}; expected 1 to {1 << 20}");
        Start = (reader.BaseStream.Position + alignment - 1) / alignment * alignment;
        CheckPlaces(entries);
    }

    /// <summary>Where the data start in the file, in bytes.</summary>
    public long Start { get; }

    private long Left => _reader.BaseStream.Length - _reader.BaseStream.Position;

    /// <exception cref="ModelException">The file cannot be read, or is no GGUF file; the message is one line.</exception>
    public static GgufHeader Load(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            using var reader = new BinaryReader(new BufferedStream(File.OpenRead(path), 1 << 16));
            return new GgufHeader(name, reader);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(name, $"cannot be read as GGUF: {fault.Message}", fault);
        }
    }

    /// <summary>A tensor, or null where there is none of that name.</summary>
    public GgufEntry? Find(string tensor) => _tensors.GetValueOrDefault(tensor);

    public string Text(string key) => _settings.GetValueOrDefault(key) as string ?? throw new ModelException(_name, $"has no text '{key}'");

    public string Text(string key, string absent) => _settings.ContainsKey(key) ? Text(key) : absent;

    /// <summary>A list of texts of the tokenizer.</summary>
    public string[] Texts(string key) => _settings.GetValueOrDefault(key) as string[] ?? throw new ModelException(_name, $"has no list of texts '{key}'");

    /// <summary>A list of numbers of the tokenizer.</summary>
    public double[] Numbers(string key) => _settings.GetValueOrDefault(key) as double[] ?? throw new ModelException(_name, $"has no list of numbers '{key}'");

    public double Number(string key, double? absent = null) => _settings.GetValueOrDefault(key) switch
    {
        double number => number,
        null when absent is double value => value,
        _ => throw new ModelException(_name, $"has no number '{key}'"),
    };

    public int Whole(string key, int? absent = null) => Number(key, absent) is var number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
        ? (int)number
        : throw new ModelException(_name, $"'{key}' is {Number(key, absent)}; expected a whole number");

    private void ReadSetting()
    {
        string key = String();
        object? value = Value(_reader.ReadUInt32(), key);
        if (value is not null)
            _settings[key] = value;
    }

    private object? Value(uint type, string key)
    {
        switch (type)
        {
            case 0: return (double)_reader.ReadByte();
            case 1: return (double)_reader.ReadSByte();
            case 2: return (double)_reader.ReadUInt16();
            case 3: return (double)_reader.ReadInt16();
            case 4: return (double)_reader.ReadUInt32();
            case 5: return (double)_reader.ReadInt32();
            case 6: return (double)_reader.ReadSingle();
            case 7: return (double)_reader.ReadByte();
            case TextCode: return String();
            case 10: return (double)_reader.ReadUInt64();
            case 11: return (double)_reader.ReadInt64();
            case 12: return _reader.ReadDouble();
            case 9:
                uint inner = _reader.ReadUInt32();
                ulong count = _reader.ReadUInt64();
                if (inner == 9 || count > (ulong)Left)
                    throw new ModelException(_name, $"'{key}' claims a list of {count} values of type {inner}; {Left} bytes are left");
                return List(inner, (long)count, key);
            default:
                throw new ModelException(_name, $"'{key}' is of type {type}; expected 0 to 12");
        }
    }

    // Only vocabularies are asked for; what other lists hold is passed over.
    private object? List(uint inner, long count, string key)
    {
        bool isKept = key.StartsWith(GgufTokenizer.Settings, StringComparison.Ordinal);
        if (isKept && count > Vocabulary.MostTokens)
            throw new ModelException(_name, $"'{key}' has {count} values; at most {Vocabulary.MostTokens} are accepted");
        var texts = new List<string>();
        var numbers = new List<double>();
        for (long i = 0; i < count; i++)
        {
            object? value = Value(inner, key);
            if (isKept && value is string text)
                texts.Add(text);
            else if (isKept && value is double number)
                numbers.Add(number);
        }
        return !isKept ? null : inner == TextCode ? texts.ToArray() : numbers.ToArray();
    }

    private string String()
    {
        ulong length = _reader.ReadUInt64();
        if (length > (ulong)Left || length > int.MaxValue / 2)
            throw new ModelException(_name, $"claims a text of {length} bytes; {Left} bytes are left");
        byte[] bytes = _reader.ReadBytes((int)length);
        return bytes.Length == (int)length ? Encoding.UTF8.GetString(bytes) : throw new EndOfStreamException("the file ends within a text");
    }

    private GgufEntry Entry()
    {
        string name = String();
        uint axes = _reader.ReadUInt32();
        if (axes is 0 or > MostAxes)
            throw new ModelException(_name, $"tensor '{name}' has {axes} axes; expected 1 to {MostAxes}");
        var extents = new long[axes];
        UInt128 count = 1;
        for (uint axis = 0; axis < axes; axis++)
        {
            ulong extent = _reader.ReadUInt64();
            extents[axes - 1 - axis] = extent is > 0 and <= int.MaxValue ? (long)extent : throw new ModelException(_name, $"tensor '{name}' has an axis of {extent}; expected 1 to {int.MaxValue}");
            count *= extent;
        }
        uint code = _reader.ReadUInt32();
        if (!Enum.IsDefined((GgufType)code))
            throw new ModelException(_name, $"tensor '{name}' is of type {code}; accepted are {string.Join(", ", Enum.GetValues<GgufType>().Select(known => $"{(int)known} ({known})"))}");
        var type = (GgufType)code;
        GgufBlocks blocks = GgufBlocks.Of(type);
        if (extents[^1] % blocks.Values != 0)
            throw new ModelException(_name, $"tensor '{name}' has rows of {extents[^1]} values in blocks; expected a multiple of {blocks.Values}");
        UInt128 bytes = count / (uint)blocks.Values * (uint)blocks.Bytes;
        ulong offset = _reader.ReadUInt64();
        if (bytes > (ulong)_reader.BaseStream.Length || offset > (ulong)_reader.BaseStream.Length)
            throw new ModelException(_name, $"tensor '{name}' takes {bytes} bytes from {offset}; the file has {_reader.BaseStream.Length}");
        var entry = new GgufEntry(name, type, extents, (long)offset, (long)bytes);
        return _tensors.TryAdd(name, entry) ? entry : throw new ModelException(_name, $"tensor '{name}' is there twice");
    }

    private void CheckPlaces(List<GgufEntry> entries)
    {
        long end = 0, all = _reader.BaseStream.Length - Start;
        foreach (GgufEntry entry in entries.OrderBy(entry => entry.Offset))
        {
            if (entry.Offset < end || entry.Offset + entry.Bytes > all)
                throw new ModelException(_name, $"tensor '{entry.Name}' takes {entry.Bytes} bytes from {entry.Offset}; the one before it ends at {end} and the data at {all}");
            end = entry.Offset + entry.Bytes;
        }
    }
}
