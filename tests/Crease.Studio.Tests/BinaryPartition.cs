using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>The binary answer as a client reads it, after the contract and not after the server's code.</summary>
internal sealed class BinaryPartition
{
    private readonly byte[] _bytes;
    private readonly int _start;

    private BinaryPartition(byte[] bytes, JsonElement head, int start) => (_bytes, Head, _start) = (bytes, head, start);

    public JsonElement Head { get; }

    public int Regions => Head.GetProperty("regions").GetInt32();

    public float[] Vertices => Numbers<float>("vertices", "f32");

    public uint[] Firsts => Numbers<uint>("firsts", "u32");

    public uint[] Corners => Numbers<uint>("corners", "u32");

    public static BinaryPartition Parse(byte[] bytes)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        JsonElement head = JsonDocument.Parse(bytes.AsMemory(4, length)).RootElement;
        int start = (4 + length + 7) / 8 * 8;
        Assert.True(bytes.AsSpan(4 + length, start - 4 - length).IndexOfAnyExcept((byte)0) < 0);
        return new BinaryPartition(bytes, head, start);
    }

    public T[] Numbers<T>(string name, string type)
        where T : unmanaged
    {
        JsonElement place = Head.GetProperty("arrays").GetProperty(name);
        Assert.Equal(type, place.GetProperty("type").GetString());
        int offset = place.GetProperty("offset").GetInt32(), count = place.GetProperty("count").GetInt32();
        Assert.Equal(0, offset % 8);
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_start + offset, count * Marshal.SizeOf<T>())).ToArray();
    }

    /// <summary>The region whose polygon holds a point, in coordinates relative to the origin.</summary>
    public int RegionAt(double x, double y)
    {
        (float[] vertices, uint[] firsts, uint[] corners) = (Vertices, Firsts, Corners);
        for (int region = 0; region < Regions; region++)
        {
            bool isInside = true;
            for (uint h = firsts[region]; h < firsts[region + 1] && isInside; h++)
            {
                uint from = corners[h], to = corners[h + 1 == firsts[region + 1] ? firsts[region] : h + 1];
                double px = vertices[2 * from], py = vertices[2 * from + 1];
                isInside = (vertices[2 * to] - px) * (y - py) - (vertices[2 * to + 1] - py) * (x - px) >= 0;
            }
            if (isInside)
                return region;
        }
        return -1;
    }
}
