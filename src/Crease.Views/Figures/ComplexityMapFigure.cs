using Crease.Measures;

namespace Crease.Views;

/// <summary>A heat map of local complexity on a slice, with axes in slice coordinates and a color bar.</summary>
/// <remarks>The same map and options give the same bytes.</remarks>
public sealed class ComplexityMapFigure
{
    private const string Drawn = "a map is drawn";

    private readonly ComplexityMap _map;
    private readonly ComplexityMapFigureOptions _options;

    private ComplexityMapFigure(ComplexityMap map, ComplexityMapFigureOptions options) => (_map, _options) = (map, options);

    /// <summary>A figure of a map.</summary>
    /// <param name="map">What to draw.</param>
    /// <param name="options">How to draw it; null for <see cref="ComplexityMapFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message lists every fault.</exception>
    public static ComplexityMapFigure Of(ComplexityMap map, ComplexityMapFigureOptions? options = null)
    {
        options ??= ComplexityMapFigureOptions.Default;
        options.Validate();
        return new ComplexityMapFigure(map, options);
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">The kind of file; a map has no interactive page.</param>
    /// <exception cref="ArgumentException">The format is none of SVG, PNG and PDF.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing() => ComplexityMapDrawing.Of(_map, _options);
}
