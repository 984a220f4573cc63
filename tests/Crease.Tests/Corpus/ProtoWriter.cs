using System.Buffers.Binary;
using System.Text;

namespace Crease.Tests.Corpus;

/// <summary>Writes the fields of one protobuf message, valid or deliberately not.</summary>
public sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public ProtoWriter Number(int field, long value) => Varint((ulong)field << 3).Varint((ulong)value);

    public ProtoWriter Real(int field, float value)
    {
        Varint((ulong)field << 3 | 5);
        var four = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        return Raw(four);
    }

    public ProtoWriter Text(int field, string value) => Block(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter message) => Block(field, message.Bytes);

    public ProtoWriter Block(int field, ReadOnlySpan<byte> content) => Length(field, (ulong)content.Length).Raw(content);

    /// <summary>A length prefix that may lie about what follows.</summary>
    public ProtoWriter Length(int field, ulong length) => Varint((ulong)field << 3 | 2).Varint(length);

    public ProtoWriter Packed(int field, params ReadOnlySpan<long> values)
    {
        var packed = new ProtoWriter();
        foreach (long value in values)
            packed.Varint((ulong)value);
        return Message(field, packed);
    }

    public ProtoWriter Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
        return this;
    }

    public ProtoWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
