using System.Runtime.InteropServices;

namespace Crease.Models.Onnx;

/// <summary>A constant as it is stored; numbers are made from it on demand, after sizes agree.</summary>
internal sealed class OnnxTensor
{
    private readonly List<long> _integers = [];
    private readonly List<float> _singles = [];
    private readonly List<double> _doubles = [];
    private readonly Dictionary<string, string> _external = [];
    private ReadOnlyMemory<byte>? _raw;
    private long _type;
    private bool _isExternal;

    public string Name { get; private set; } = "";

    public List<long> Extents { get; } = [];

    public static OnnxTensor Parse(ReadOnlyMemory<byte> message)
    {
        var tensor = new OnnxTensor();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Integers(tensor.Extents);
                    break;
                case 2:
                    tensor._type = reader.Integer();
                    break;
                case 4:
                    reader.Singles(tensor._singles);
                    break;
                case 5 or 7 or 11:
                    reader.Integers(tensor._integers);
                    break;
                case 8:
                    tensor.Name = reader.Text();
                    break;
                case 9:
                    tensor._raw = reader.Bytes();
                    break;
                case 10:
                    reader.Doubles(tensor._doubles);
                    break;
                case 13:
                    tensor.ReadExternal(reader.Bytes());
                    break;
                case 14:
                    tensor._isExternal = reader.Integer() == 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return tensor;
    }

    /// <summary>The constant, checked.</summary>
    /// <param name="allowance">What may be read.</param>
    public Constant Constant(Allowance allowance)
    {
        long size = 1;
        foreach (long extent in Extents)
        {
            if (extent is < 0 or > int.MaxValue || (size *= Math.Max(extent, 1)) > int.MaxValue)
                throw Fault($"has shape [{string.Join(", ", Extents)}]", "non-negative extents with a product below 2^31");
        }
        if (Extents.Contains(0))
            size = 0;
        int[] extents = [.. Extents.Select(extent => (int)extent)];
        if (_isExternal)
            _raw = ExternalData.Read(_external, allowance, Name, size * Width);
        if (_raw is not null && _singles.Count + _doubles.Count + _integers.Count > 0)
            throw Fault("has both raw and typed data", "one of them");
        return _type switch
        {
            1 => Of(extents, Singles(size)),
            11 => Of(extents, Doubles(size)),
            10 => Of(extents, Halves(size)),
            16 => Of(extents, BrainFloats(size)),
            2 or 3 or 6 or 7 or 9 => new Constant(extents, Integers(size, Width)),
            _ => throw Fault($"has element type {_type}", "float, double, float16, bfloat16, int32, int64, int8, uint8 and bool"),
        };
    }

    private int Width => _type switch
    {
        7 or 11 => 8,
        10 or 16 => 2,
        2 or 3 or 9 => 1,
        _ => 4,
    };

    private Constant Of(int[] extents, float[] values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw Fault($"holds {value}", "finite numbers");
        }
        return new Constant(extents, values);
    }

    private Constant Of(int[] extents, double[] values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                throw Fault($"holds {value}", "finite numbers");
        }
        return new Constant(extents, values);
    }

    private float[] Singles(long size) => Raw(size, 4) is { } raw ? MemoryMarshal.Cast<byte, float>(raw.Span).ToArray() : Typed(_singles, size);

    private double[] Doubles(long size) => Raw(size, 8) is { } raw ? MemoryMarshal.Cast<byte, double>(raw.Span).ToArray() : Typed(_doubles, size);

    private float[] Halves(long size) => Raw(size, 2) is { } raw
        ? Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(raw.Span).ToArray(), half => (float)half)
        : Array.ConvertAll(Typed(_integers, size), bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits));

    private float[] BrainFloats(long size) => Raw(size, 2) is { } raw
        ? Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(raw.Span).ToArray(), bits => BitConverter.Int32BitsToSingle(bits << 16))
        : Array.ConvertAll(Typed(_integers, size), bits => BitConverter.Int32BitsToSingle((int)bits << 16));

    private long[] Integers(long size, int width)
    {
        if (Raw(size, width) is not { } raw)
            return Typed(_integers, size);
        return width switch
        {
            8 => MemoryMarshal.Cast<byte, long>(raw.Span).ToArray(),
            4 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(raw.Span).ToArray(), value => (long)value),
            _ => Array.ConvertAll(raw.ToArray(), value => _type == 3 ? (sbyte)value : (long)value),
        };
    }

    private ReadOnlyMemory<byte>? Raw(long size, int width)
    {
        if (_raw is ReadOnlyMemory<byte> raw && raw.Length != size * width)
            throw Fault($"has {raw.Length} bytes of raw data", $"{size * width} bytes for shape [{string.Join(", ", Extents)}]");
        return _raw;
    }

    private T[] Typed<T>(List<T> values, long size) =>
        values.Count == size ? [.. values] : throw Fault($"has {values.Count} numbers", $"{size} for shape [{string.Join(", ", Extents)}]");

    private void ReadExternal(ReadOnlyMemory<byte> message)
    {
        string key = "", value = "";
        var entry = new WireReader(message);
        while (entry.Next())
        {
            if (entry.Field == 1)
                key = entry.Text();
            else if (entry.Field == 2)
                value = entry.Text();
            else
                entry.Skip();
        }
        _external[key] = value;
    }

    private InvalidDataException Fault(string found, string accepted) => new($"initializer '{Name}' {found}; expected {accepted}");
}
