using System.Runtime.InteropServices;
using System.Text;
using Crease.Geometry;
using Crease.Models;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Saves volumes and level sets under any of the accepted endings; a file appears whole or not at all.</summary>
internal static class VolumeFile
{
    public const string Accepted = ".ply, .obj, .json, .csv, .npz, and for a surface .svg, .png and .pdf";

    public static void Check(string path, bool isSurface) => ResultFile.Check(path, isSurface
        ? [".ply", ".obj", ".json", ".csv", ".npz", ".svg", ".png", ".pdf"]
        : [".ply", ".obj", ".json", ".csv", ".npz"]);

    public static void Save(string path, VolumePartition partition, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(partition, stream), stream => WriteNpz(partition, stream), () => PolygonMesh.Of(partition).Save(path));

    public static void Save(string path, IsoSurface surface, string? title, Action<Stream> json) =>
        ResultFile.Save(path, json, stream => WriteCsv(surface, stream), stream => WriteNpz(surface, stream), () => Draw(path, surface, title));

    private static void Draw(string path, IsoSurface surface, string? title)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is ".ply" or ".obj")
            PolygonMesh.Of(surface).Save(path);
        else
            SurfaceFigure.Of(surface, title).Save(path);
    }

    private static void WriteNpz(IsoSurface surface, Stream stream) => Npz.Write(stream,
        ("vertices", s => Npy.Write(s, surface.Vertices, surface.VertexCount, 3)),
        ("triangles", s => Npy.Write(s, MemoryMarshal.AsBytes(surface.Triangles), "<i4", surface.TriangleCount, 3)));

    private static void WriteCsv(VolumePartition partition, Stream stream)
    {
        using StreamWriter writer = Text(stream);
        writer.WriteLine("region,volume,class,slopeNorm,faces,vertices,codeHash");
        for (int r = 0; r < partition.RegionCount; r++)
            writer.WriteLine(FormattableString.Invariant($"{r},{partition.Volumes[r]:R},{partition.Classes[r]},{partition.SlopeNorms[r]:R},{partition.FirstFaces[r + 1] - partition.FirstFaces[r]},{partition.Corners(r).Length},{partition.CodeHashes[r]:x16}"));
    }

    private static void WriteCsv(IsoSurface surface, Stream stream)
    {
        using StreamWriter writer = Text(stream);
        writer.WriteLine("x1,y1,z1,x2,y2,z2,x3,y3,z3");
        for (int i = 0; i < surface.Triangles.Length; i++)
        {
            ReadOnlySpan<double> at = surface.Vertices.Slice(3 * surface.Triangles[i], 3);
            writer.Write(FormattableString.Invariant($"{at[0]:R},{at[1]:R},{at[2]:R}{(i % 3 == 2 ? '\n' : ',')}"));
        }
    }

    private static void WriteNpz(VolumePartition partition, Stream stream) => Npz.Write(stream,
        ("vertices", s => Npy.Write(s, partition.Vertices, partition.VertexCount, 3)),
        ("first_corners", s => Integers(s, partition.FirstCorners)),
        ("face_corners", s => Integers(s, partition.FaceCorners)),
        ("face_creases", s => Integers(s, partition.FaceCreases)),
        ("face_regions", s => Npy.Write(s, MemoryMarshal.AsBytes(partition.FaceRegions), "<i4", partition.FaceCount, 2)),
        ("first_faces", s => Integers(s, partition.FirstFaces)),
        ("region_faces", s => Integers(s, partition.RegionFaces)),
        ("volumes", s => Npy.Write(s, partition.Volumes, partition.RegionCount)),
        ("classes", s => Integers(s, partition.Classes)),
        ("slope_norms", s => Npy.Write(s, partition.SlopeNorms, partition.RegionCount)),
        ("code_hashes", s => Npy.Write(s, MemoryMarshal.AsBytes(partition.CodeHashes), "<u8", partition.RegionCount)));

    private static StreamWriter Text(Stream stream) => new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };

    private static void Integers(Stream stream, ReadOnlySpan<int> values) => Npy.Write(stream, MemoryMarshal.AsBytes(values), "<i4", values.Length);
}
