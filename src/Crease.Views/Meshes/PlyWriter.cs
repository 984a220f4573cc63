using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Crease.Views;

/// <summary>Streams a mesh as PLY, binary little-endian, with coordinates in float64.</summary>
/// <remarks>Source: the Stanford polygon file format 1.0. A polygon of more than 255 corners makes the count of corners wider.</remarks>
public static class PlyWriter
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a mesh to a stream, which stays open.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    public static void Write(PolygonMesh mesh, Stream stream)
    {
        bool isWide = false;
        for (int f = 0; f < mesh.FaceCount; f++)
            isWide |= mesh.Face(f).Length > byte.MaxValue;
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            ply
            format binary_little_endian 1.0
            comment Crease: coordinates are those of the slice
            element vertex {mesh.VertexCount}
            property double x
            property double y
            property double z
            element face {mesh.FaceCount}
            property list {(isWide ? "int" : "uchar")} int vertex_indices
            end_header

            """).ReplaceLineEndings("\n")));
        var buffer = new byte[BufferBytes];
        int used = 0;
        foreach (double coordinate in mesh.Vertices)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(Room(8), coordinate);
            used += 8;
        }
        for (int f = 0; f < mesh.FaceCount; f++)
        {
            ReadOnlySpan<int> face = mesh.Face(f);
            BinaryPrimitives.WriteInt32LittleEndian(Room(4), face.Length);
            used += isWide ? 4 : 1;
            foreach (int corner in face)
            {
                BinaryPrimitives.WriteInt32LittleEndian(Room(4), corner);
                used += 4;
            }
        }
        stream.Write(buffer, 0, used);

        Span<byte> Room(int count)
        {
            if (used + count > buffer.Length)
            {
                stream.Write(buffer, 0, used);
                used = 0;
            }
            return buffer.AsSpan(used, count);
        }
    }
}
