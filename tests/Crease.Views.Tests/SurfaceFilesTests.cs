using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Mesh files read back give the same mesh; the picture shows it.</summary>
public sealed class SurfaceFilesTests
{
    [Fact]
    public void Ply_holds_every_vertex_and_triangle()
    {
        IsoSurface surface = Octahedron();
        byte[] bytes = Bytes(stream => PlyWriter.Write(PolygonMesh.Of(surface), stream));
        string header = Encoding.ASCII.GetString(bytes, 0, bytes.AsSpan().IndexOf("end_header\n"u8) + 11);
        Assert.StartsWith("ply\nformat binary_little_endian 1.0\n", header, StringComparison.Ordinal);
        Assert.Contains($"element vertex {surface.VertexCount}\nproperty double x\nproperty double y\nproperty double z\nelement face {surface.TriangleCount}\nproperty list uchar int vertex_indices\n", header, StringComparison.Ordinal);
        ReadOnlySpan<byte> body = bytes.AsSpan(header.Length);
        Assert.Equal(24 * surface.VertexCount + 13 * surface.TriangleCount, body.Length);
        for (int i = 0; i < surface.Vertices.Length; i++)
            Assert.Equal(surface.Vertices[i], BinaryPrimitives.ReadDoubleLittleEndian(body[(8 * i)..]));
        for (int t = 0; t < surface.TriangleCount; t++)
        {
            ReadOnlySpan<byte> face = body[(24 * surface.VertexCount + 13 * t)..];
            Assert.Equal(3, face[0]);
            for (int i = 0; i < 3; i++)
                Assert.Equal(surface.Triangles[3 * t + i], BinaryPrimitives.ReadInt32LittleEndian(face[(1 + 4 * i)..]));
        }
    }

    [Fact]
    public void Obj_holds_every_vertex_and_face_of_all_regions()
    {
        VolumePartition partition = new VolumePartitioner(Norm()).Cut(Box);
        string[] lines = Encoding.UTF8.GetString(Bytes(stream => ObjWriter.Write(PolygonMesh.Of(partition), stream))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        double[] vertices = [.. lines.Where(line => line.StartsWith("v ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..]).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(partition.Vertices.ToArray(), vertices);
        int[][] faces = [.. lines.Where(line => line.StartsWith("f ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture) - 1).ToArray())];
        Assert.Equal(partition.FaceCount, faces.Length);
        Assert.Equal(partition.FaceCorners.ToArray(), faces.SelectMany(face => face));
    }

    [Fact]
    public void Picture_is_blue_where_the_output_is_larger_and_the_same_twice()
    {
        IsoSurface surface = Octahedron();
        byte[] first = Bytes(stream => SurfaceFigure.Of(surface, "norm").Write(stream, FigureFormat.Png));
        Assert.Equal(first, Bytes(stream => SurfaceFigure.Of(surface, "norm").Write(stream, FigureFormat.Png)));
        using SKBitmap picture = SKBitmap.Decode(first);
        int blue = 0, orange = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                SKColor pixel = picture.GetPixel(x, y);
                blue += pixel.Blue > pixel.Red + 40 ? 1 : 0;
                orange += pixel.Red > pixel.Blue + 40 ? 1 : 0;
            }
        }
        Assert.InRange(blue, picture.Width * picture.Height / 50, picture.Width * picture.Height / 2);
        Assert.Equal(0, orange);
        string svg = Encoding.UTF8.GetString(Bytes(stream => SurfaceFigure.Of(surface).Write(stream, FigureFormat.Svg)));
        Assert.Contains("1 closed piece of genus 0", svg, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SurfaceFigure.Of(surface).Write(Stream.Null, FigureFormat.Html));
    }

    private static Slice Box => Slice.Box(-1, 1, -1, 1, -1, 1);

    private static IsoSurface Octahedron() => new VolumePartitioner(Norm()).Surface(Box, null, new SurfaceOptions { Level = 0.75 });

    private static Network Norm()
    {
        var builder = new NetworkBuilder("sum norm");
        int h = builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(3)), builder.Input("x", new Shape(3)));
        return builder.Build(builder.Add(new Dense(new double[] { 1, 1, 1 }, null, new Shape(3)), h));
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
