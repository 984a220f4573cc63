using System.Runtime.InteropServices;

namespace Crease.Tests.Corpus;

/// <summary>Tensors of ONNX files: the usual ones, and pieces to build unusual ones from.</summary>
public static class OnnxTensorWriter
{
    public const int F32 = 1, U8 = 2, I8 = 3, I32 = 6, I64 = 7, Text = 8, Bool = 9, F16 = 10, F64 = 11, BF16 = 16;

    public static ProtoWriter Of(string name, long[] extents, float[] values) => Raw(name, F32, extents, MemoryMarshal.AsBytes(values.AsSpan()));

    public static ProtoWriter Of(string name, long[] extents, double[] values) => Raw(name, F64, extents, MemoryMarshal.AsBytes(values.AsSpan()));

    public static ProtoWriter Of(string name, long[] extents, long[] values) => Raw(name, I64, extents, MemoryMarshal.AsBytes(values.AsSpan()));

    public static ProtoWriter Raw(string name, int type, long[] extents, ReadOnlySpan<byte> bytes) => Head(name, type, extents).Block(9, bytes);

    /// <summary>A tensor without data.</summary>
    public static ProtoWriter Head(string name, int type, params long[] extents)
    {
        var tensor = new ProtoWriter();
        foreach (long extent in extents)
            tensor.Number(1, extent);
        return tensor.Number(2, type).Text(8, name);
    }

    /// <summary>A tensor of floats whose data lies in another file.</summary>
    public static ProtoWriter External(string name, long[] extents, params (string Key, string Value)[] entries)
    {
        ProtoWriter tensor = Head(name, F32, extents);
        foreach ((string key, string value) in entries)
            tensor.Message(13, new ProtoWriter().Text(1, key).Text(2, value));
        return tensor.Number(14, 1);
    }
}
