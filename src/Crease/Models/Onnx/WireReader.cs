using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Crease.Models.Onnx;

/// <summary>Reads the fields of one protobuf message in place; every length is checked against what is there.</summary>
internal ref struct WireReader(ReadOnlyMemory<byte> message, string format = "ONNX")
{
    private const int LongestText = 1 << 16;
    private readonly ReadOnlySpan<byte> _bytes = message.Span;
    private int _at;
    private int _wireType;

    /// <summary>Position in the file, where the message is a part of one array; otherwise in the message.</summary>
    private readonly int Place => _at + (MemoryMarshal.TryGetArray(message, out ArraySegment<byte> part) ? part.Offset : 0);

    /// <summary>Number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; false at the end.</summary>
    public bool Next()
    {
        if (_at == _bytes.Length)
            return false;
        ulong key = Varint();
        Field = (int)(key >> 3);
        _wireType = (int)(key & 7);
        if (key >> 3 is 0 or > 536870911)
            throw new InvalidDataException($"byte {Place}: field number {key >> 3} is not valid; the file is damaged or not {format}");
        return true;
    }

    public long Integer() => _wireType == 0 ? (long)Varint() : throw Wrong("a number");

    public float Single() => _wireType == 5 ? BinaryPrimitives.ReadSingleLittleEndian(Take(4)) : throw Wrong("a float");

    public string Text()
    {
        ReadOnlyMemory<byte> text = Bytes();
        return text.Length <= LongestText
            ? Encoding.UTF8.GetString(text.Span)
            : throw new InvalidDataException($"byte {Place}: a name of {text.Length} bytes; at most {LongestText} are accepted");
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        if (_wireType != 2)
            throw Wrong("bytes");
        ulong length = Varint();
        if (length > (ulong)(_bytes.Length - _at))
            throw new InvalidDataException($"byte {Place}: a field of {length} bytes does not fit into the {_bytes.Length - _at} that are left; the file is damaged, truncated or not {format}");
        ReadOnlyMemory<byte> bytes = message.Slice(_at, (int)length);
        _at += (int)length;
        return bytes;
    }

    /// <summary>Numbers of a repeated field, packed or not.</summary>
    public void Integers(List<long> values)
    {
        if (_wireType == 0)
        {
            values.Add((long)Varint());
            return;
        }
        var packed = new WireReader(Bytes(), format);
        while (packed._at < packed._bytes.Length)
            values.Add((long)packed.Varint());
    }

    public void Singles(List<float> values)
    {
        if (_wireType == 5)
        {
            values.Add(Single());
            return;
        }
        ReadOnlySpan<byte> packed = Whole(Bytes().Span, 4);
        values.EnsureCapacity(values.Count + packed.Length / 4);
        for (int i = 0; i < packed.Length; i += 4)
            values.Add(BinaryPrimitives.ReadSingleLittleEndian(packed[i..]));
    }

    public void Doubles(List<double> values)
    {
        if (_wireType == 1)
        {
            values.Add(BinaryPrimitives.ReadDoubleLittleEndian(Take(8)));
            return;
        }
        ReadOnlySpan<byte> packed = Whole(Bytes().Span, 8);
        values.EnsureCapacity(values.Count + packed.Length / 8);
        for (int i = 0; i < packed.Length; i += 8)
            values.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed[i..]));
    }

    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Wrong("a known wire type");
        }
    }

    private readonly ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> packed, int size) =>
        packed.Length % size == 0 ? packed : throw new InvalidDataException($"byte {Place}: {packed.Length} packed bytes are not a whole number of {size}-byte numbers");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _at < count)
            throw new InvalidDataException($"byte {Place}: the file ends inside a number; it is damaged or truncated");
        ReadOnlySpan<byte> taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at == _bytes.Length)
                throw new InvalidDataException($"byte {Place}: the file ends inside a number; it is damaged or truncated");
            byte part = _bytes[_at++];
            value |= shift < 64 ? (ulong)(part & 0x7F) << shift : 0;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException($"byte {Place}: a number has more than 10 bytes; the file is damaged or not {format}");
    }

    private readonly InvalidDataException Wrong(string expected) =>
        new($"byte {Place}: field {Field} has wire type {_wireType}; expected {expected}; the file is damaged or not {format}");
}
