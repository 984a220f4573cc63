using Crease.Geometry;

namespace Crease.Views;

/// <summary>Vertices in space and polygons that share them, as mesh files hold them.</summary>
public sealed class PolygonMesh
{
    private readonly double[] _vertices;
    private readonly int[] _firstCorners;
    private readonly int[] _corners;

    private PolygonMesh(ReadOnlySpan<double> vertices, int[] firstCorners, ReadOnlySpan<int> corners) =>
        (_vertices, _firstCorners, _corners) = (vertices.ToArray(), firstCorners, corners.ToArray());

    /// <summary>Shape [vertices, 3].</summary>
    public ReadOnlySpan<double> Vertices => _vertices;

    /// <summary>Number of vertices.</summary>
    public int VertexCount => _vertices.Length / 3;

    /// <summary>Number of polygons.</summary>
    public int FaceCount => _firstCorners.Length - 1;

    /// <summary>The vertices of one polygon in order.</summary>
    /// <param name="face">0-based polygon.</param>
    public ReadOnlySpan<int> Face(int face) => _corners.AsSpan(_firstCorners[face].._firstCorners[face + 1]);

    /// <summary>The triangles of a level set; they are counter-clockwise seen from where the output is larger.</summary>
    /// <param name="surface">The level set.</param>
    public static PolygonMesh Of(IsoSurface surface) =>
        new(surface.Vertices, [.. Enumerable.Range(0, surface.TriangleCount + 1).Select(t => 3 * t)], surface.Triangles);

    /// <summary>All faces of all regions, each once.</summary>
    /// <param name="partition">The regions.</param>
    public static PolygonMesh Of(VolumePartition partition) => new(partition.Vertices, partition.FirstCorners.ToArray(), partition.FaceCorners);

    /// <summary>Writes a file; an earlier one of that name is replaced once the new one is complete.</summary>
    /// <param name="path">Ends in <c>.ply</c> or <c>.obj</c>.</param>
    /// <exception cref="ArgumentException">The ending is neither.</exception>
    public void Save(string path)
    {
        Action<Stream> content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ply" => stream => PlyWriter.Write(this, stream),
            ".obj" => stream => ObjWriter.Write(this, stream),
            string ending => throw new ArgumentException($"'path' ends in '{ending}'; accepted endings are .ply, .obj.", nameof(path)),
        };
        FigureFile.Write(path, content);
    }
}
