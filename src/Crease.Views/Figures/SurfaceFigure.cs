using Crease.Geometry;

namespace Crease.Views;

/// <summary>A picture of a level set in space: shaded triangles, seen along a fixed direction without perspective, in the frame of its box.</summary>
/// <remarks>
/// The side where the output is larger is blue, the other one orange. The same surface gives the same bytes. Triangles are painted from far to
/// near, which is right for all but large triangles that overlap in depth.
/// </remarks>
public sealed class SurfaceFigure
{
    private const string Drawn = "a surface is drawn";

    private const int PngWidth = 1400;

    private readonly IsoSurface _surface;
    private readonly string? _title;

    private SurfaceFigure(IsoSurface surface, string? title) => (_surface, _title) = (surface, title);

    /// <summary>A figure of a level set.</summary>
    /// <param name="surface">What to draw.</param>
    /// <param name="title">Title; null for the network's name.</param>
    public static SurfaceFigure Of(IsoSurface surface, string? title = null) => new(surface, title);

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">SVG, PNG or PDF.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, PngWidth, Drawing);

    private Figure Drawing() => SurfaceDrawing.Of(_surface, _title ?? _surface.Network.Name);
}
