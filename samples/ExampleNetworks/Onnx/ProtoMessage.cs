using Google.Protobuf;

namespace ExampleNetworks;

/// <summary>One protobuf message; fields are written in the order of the calls.</summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];

    public ProtoMessage Integer(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtoMessage Text(int field, string value) =>
        Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToArray());

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        ByteString bytes = ByteString.CopyFrom(value);
        return Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(bytes));
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        foreach (Action<CodedOutputStream> field in _fields)
            field(output);
        output.Flush();
        return bytes.ToArray();
    }

    private ProtoMessage Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        _fields.Add(output =>
        {
            output.WriteTag(field, type);
            write(output);
        });
        return this;
    }
}
