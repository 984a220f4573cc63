using System.IO.Compression;
using System.Runtime.InteropServices;
using Crease.Geometry;

namespace Crease.Views;

/// <summary>The arrays of a partition as one compressed blob for the page.</summary>
/// <remarks>
/// Gzip of the sections one after the other, in the order of <see cref="Sections"/>. Numbers of several bytes are stored as byte
/// planes (all first bytes, then all second bytes, ..., little-endian); 32-bit integers are first replaced by the difference to the
/// one before, with the sign in the lowest bit. Both let gzip see what repeats.
/// </remarks>
internal static class PartitionBlob
{
    /// <summary>A half-edge whose line its twin draws.</summary>
    public const byte Skipped = 0;

    /// <summary>A half-edge on the border of the domain.</summary>
    public const byte Border = 255;

    /// <summary>Name, kind and number of entries of each section.</summary>
    public static (string Name, string Kind, int Count)[] Sections(Partition partition) =>
    [
        ("vertices", "f64", 2 * partition.VertexCount),
        ("corners", "i32", partition.RegionCount),
        ("origins", "i32", partition.HalfEdgeCount),
        ("layers", "u8", partition.HalfEdgeCount),
        ("classes", "i32", partition.RegionCount),
        ("depths", "u8", partition.RegionCount),
        ("norms", "f32", partition.RegionCount),
        ("hashes", "u64", partition.RegionCount),
        ("boundary", "f64", 4 * (partition.Boundary?.SegmentCount ?? 0)),
    ];

    public static byte[] Of(Partition partition)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var norms = new float[partition.RegionCount];
            for (int r = 0; r < norms.Length; r++)
                norms[r] = (float)partition.SlopeNorms[r];
            Planes(gzip, partition.Vertices);
            Differences(gzip, Corners(partition));
            Differences(gzip, partition.Origins);
            gzip.Write(Layers(partition));
            Differences(gzip, partition.Classes);
            gzip.Write(Depths(partition));
            Planes<float>(gzip, norms);
            Planes(gzip, partition.CodeHashes);
            if (partition.Boundary is { } boundary)
                Planes(gzip, boundary.Ends);
        }
        return compressed.ToArray();
    }

    private static void Planes<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        int size = Marshal.SizeOf<T>();
        var plane = new byte[values.Length];
        for (int b = 0; b < size; b++)
        {
            for (int i = 0; i < plane.Length; i++)
                plane[i] = bytes[i * size + b];
            stream.Write(plane);
        }
    }

    private static void Differences(Stream stream, ReadOnlySpan<int> values)
    {
        var folded = new uint[values.Length];
        for (int i = 0, before = 0; i < folded.Length; before = values[i++])
        {
            int difference = values[i] - before;
            folded[i] = (uint)((difference << 1) ^ (difference >> 31));
        }
        Planes<uint>(stream, folded);
    }

    private static int[] Corners(Partition partition)
    {
        var corners = new int[partition.RegionCount];
        for (int r = 0; r < corners.Length; r++)
            corners[r] = partition.FirstHalfEdges[r + 1] - partition.FirstHalfEdges[r];
        return corners;
    }

    private static byte[] Layers(Partition partition)
    {
        ReadOnlySpan<int> creases = partition.Creases, twins = partition.Twins;
        var layers = new byte[creases.Length];
        for (int h = 0; h < layers.Length; h++)
        {
            layers[h] = creases[h] < 0 ? Border
                : twins[h] > h ? Skipped
                : (byte)Math.Min(partition.CreaseAt(creases[h]).Layer + 1, Border - 1);
        }
        return layers;
    }

    private static byte[] Depths(Partition partition)
    {
        var depths = new byte[partition.RegionCount];
        for (int r = 0; r < depths.Length; r++)
            depths[r] = (byte)Math.Min(partition.Depth(r), 255);
        return depths;
    }
}
