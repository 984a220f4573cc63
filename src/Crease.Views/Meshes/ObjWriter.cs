using System.Text;

namespace Crease.Views;

/// <summary>Streams a mesh as Wavefront OBJ; coordinates keep all their digits.</summary>
public static class ObjWriter
{
    /// <summary>Writes a mesh to a stream, which stays open.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    public static void Write(PolygonMesh mesh, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("# Crease: coordinates are those of the slice");
        ReadOnlySpan<double> vertices = mesh.Vertices;
        for (int v = 0; v < vertices.Length; v += 3)
            writer.WriteLine(FormattableString.Invariant($"v {vertices[v]:R} {vertices[v + 1]:R} {vertices[v + 2]:R}"));
        for (int f = 0; f < mesh.FaceCount; f++)
        {
            writer.Write('f');
            foreach (int corner in mesh.Face(f))
                writer.Write(FormattableString.Invariant($" {corner + 1}"));
            writer.WriteLine();
        }
    }
}
