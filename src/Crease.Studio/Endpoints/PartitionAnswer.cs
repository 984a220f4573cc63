using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Crease.Geometry;
using Microsoft.AspNetCore.Http;

namespace Crease.Studio;

/// <summary>A partition as bytes: length of the head, the head, and flat arrays that a browser draws as they are.</summary>
internal sealed class PartitionAnswer
{
    public const string ContentType = "application/octet-stream";

    private const int Alignment = 8, LengthSize = 4, Chunk = 1 << 16;

    private readonly List<(string Name, string Type, int Size, Section Bytes)> _sections = [];
    private readonly Partition _partition;
    private readonly byte[] _head;

    private PartitionAnswer(Partition partition, Viewport? viewport, bool isSketch)
    {
        _partition = partition;
        Viewport whole = viewport ?? Bounds(partition.Slice.Domain);
        // A viewport is cut in coordinates that count from its center; a whole slice in its own.
        (double x, double y) = viewport is null ? (whole.X, whole.Y) : (0, 0);
        float[] slope = Singles(partition.SlopeNorms), area = Singles(partition.Areas);
        ushort[] depth = Depths(partition);
        (uint[] edges, ushort[] edgeLayers) = Edges(partition);
        float[] vertices = Relative(partition.Vertices, x, y), boundary = Relative(partition.Boundary is null ? [] : partition.Boundary.Ends, x, y);
        short[] classes = new short[partition.RegionCount];
        uint[] hashes = new uint[partition.RegionCount];
        for (int r = 0; r < classes.Length; r++)
            (classes[r], hashes[r]) = ((short)Math.Min(partition.Classes[r], short.MaxValue), (uint)(partition.CodeHashes[r] >> 32));
        Add("vertices", "f32", 4, () => MemoryMarshal.AsBytes<float>(vertices));
        Add("firsts", "u32", 4, () => MemoryMarshal.AsBytes(_partition.FirstHalfEdges));
        Add("corners", "u32", 4, () => MemoryMarshal.AsBytes(_partition.Origins));
        Add("slope", "f32", 4, () => MemoryMarshal.AsBytes<float>(slope));
        Add("area", "f32", 4, () => MemoryMarshal.AsBytes<float>(area));
        Add("depth", "u16", 2, () => MemoryMarshal.AsBytes<ushort>(depth));
        Add("class", "i16", 2, () => MemoryMarshal.AsBytes<short>(classes));
        Add("hash", "u32", 4, () => MemoryMarshal.AsBytes<uint>(hashes));
        Add("edges", "u32", 4, () => MemoryMarshal.AsBytes<uint>(edges));
        Add("edgeLayers", "u16", 2, () => MemoryMarshal.AsBytes<ushort>(edgeLayers));
        Add("boundary", "f32", 4, () => MemoryMarshal.AsBytes<float>(boundary));
        _head = Head(whole, depth, isSketch);
    }

    private delegate ReadOnlySpan<byte> Section();

    /// <summary>Prepares an answer.</summary>
    /// <param name="partition">What was cut.</param>
    /// <param name="viewport">The viewport that was cut, or null for a whole slice.</param>
    /// <param name="isSketch">Whether only the first layer folds.</param>
    public static PartitionAnswer Of(Partition partition, Viewport? viewport, bool isSketch = false) => new(partition, viewport, isSketch);

    /// <summary>Sends it.</summary>
    public async Task Write(HttpResponse response, CancellationToken cancellation)
    {
        response.ContentType = ContentType;
        response.ContentLength = _head.Length + _sections.Sum(section => Padded(section.Bytes().Length));
        await Write(response.BodyWriter, () => _head, cancellation);
        foreach ((_, _, _, Section bytes) in _sections)
            await Write(response.BodyWriter, bytes, cancellation);
    }

    private static async Task Write(PipeWriter writer, Section section, CancellationToken cancellation)
    {
        int length = section().Length;
        for (int at = 0; at < length; at += Chunk)
        {
            ReadOnlySpan<byte> part = section()[at..Math.Min(at + Chunk, length)];
            writer.Write(part);
            await writer.FlushAsync(cancellation);
        }
        writer.Write(new byte[(int)(Padded(length) - length)]);
        // What is written last would otherwise wait for more.
        await writer.FlushAsync(cancellation);
    }

    private void Add(string name, string type, int size, Section bytes) => _sections.Add((name, type, size, bytes));

    private byte[] Head(Viewport viewport, ushort[] depth, bool isSketch)
    {
        var places = new Dictionary<string, PartitionHead.ArrayPlace>();
        long offset = 0;
        foreach ((string name, string type, int size, Section bytes) in _sections)
        {
            int length = bytes().Length;
            places[name] = new PartitionHead.ArrayPlace(offset, type, length / size);
            offset += Padded(length);
        }
        bool isEmpty = _partition.RegionCount == 0;
        var ranges = new PartitionHead.RangeSet(Range(_partition.SlopeNorms), Range(_partition.Areas), isEmpty ? [0, 0] : [TensorPrimitives.Min<ushort>(depth), TensorPrimitives.Max<ushort>(depth)]);
        int outputs = _partition.Network.OutputShape.Size;
        var head = new PartitionHead(
            _partition.RegionCount, _partition.VertexCount, _partition.Status, _partition.Exactness, _partition.Cost.Seconds, viewport, [viewport.X, viewport.Y],
            [.. _partition.Layers.Select(layer => layer.Name)], Math.Max(2, outputs), _partition.RegionsPerLayer, _partition.EulerCharacteristic, _partition.Boundary?.Length, isSketch, ranges, places);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(head, JsonForm.Options);
        // The length, the JSON, and zeros up to where the arrays start.
        var bytesOfHead = new byte[Padded(LengthSize + json.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(bytesOfHead, json.Length);
        json.CopyTo(bytesOfHead, LengthSize);
        return bytesOfHead;
    }

    private static double[] Range(ReadOnlySpan<double> values) => values.IsEmpty ? [0, 0] : [TensorPrimitives.Min(values), TensorPrimitives.Max(values)];

    private static long Padded(int length) => (length + Alignment - 1L) / Alignment * Alignment;

    private static float[] Singles(ReadOnlySpan<double> values)
    {
        var singles = new float[values.Length];
        TensorPrimitives.ConvertTruncating<double, float>(values, singles);
        return singles;
    }

    // Differences in double first: they are what must keep its digits.
    private static float[] Relative(ReadOnlySpan<double> points, double x, double y)
    {
        var relative = new float[points.Length];
        for (int i = 0; i < relative.Length; i += 2)
            (relative[i], relative[i + 1]) = ((float)(points[i] - x), (float)(points[i + 1] - y));
        return relative;
    }

    private static ushort[] Depths(Partition partition)
    {
        var depths = new ushort[partition.RegionCount];
        for (int r = 0; r < depths.Length; r++)
            depths[r] = (ushort)partition.Depth(r);
        return depths;
    }

    // Each crease once: an edge between two regions has two half-edges.
    private static (uint[] Edges, ushort[] Layers) Edges(Partition partition)
    {
        ReadOnlySpan<int> creases = partition.Creases, twins = partition.Twins, origins = partition.Origins, firsts = partition.FirstHalfEdges;
        var edges = new uint[2 * partition.EdgeCount];
        var layers = new ushort[partition.EdgeCount];
        int count = 0;
        for (int region = 0; region < partition.RegionCount; region++)
        {
            for (int h = firsts[region]; h < firsts[region + 1]; h++)
            {
                if (creases[h] < 0 || twins[h] > h)
                    continue;
                (edges[2 * count], edges[2 * count + 1]) = ((uint)origins[h], (uint)origins[partition.Next(h, region)]);
                layers[count++] = (ushort)partition.CreaseAt(creases[h]).Layer;
            }
        }
        Array.Resize(ref edges, 2 * count);
        Array.Resize(ref layers, count);
        return (edges, layers);
    }

    private static Viewport Bounds(ReadOnlySpan<double> domain)
    {
        double left = domain[0], right = left, bottom = domain[1], top = bottom;
        for (int i = 2; i < domain.Length; i += 2)
            (left, right, bottom, top) = (Math.Min(left, domain[i]), Math.Max(right, domain[i]), Math.Min(bottom, domain[i + 1]), Math.Max(top, domain[i + 1]));
        return new Viewport((left + right) / 2, (bottom + top) / 2, right - left, top - bottom);
    }
}
