namespace Crease.Views;

/// <summary>A picture of curves over one shared axis: panels below each other, or a grid of small multiples.</summary>
/// <remarks>
/// The same panels and options give the same bytes. Points that are not finite are gaps; so are, on a logarithmic axis, points that are not positive.
/// Long curves are thinned to the extremes of each quarter of a point of the page. Cost: linear in the number of points.
/// </remarks>
public sealed class CurvesFigure
{
    private const string Drawn = "curves are drawn";

    private readonly IReadOnlyList<CurvePanel> _panels;
    private readonly CurvesFigureOptions _options;

    private CurvesFigure(IReadOnlyList<CurvePanel> panels, CurvesFigureOptions options) => (_panels, _options) = (panels, options);

    /// <summary>A figure of curves.</summary>
    /// <param name="panels">1 to 200 panels; row by row where there are several columns.</param>
    /// <param name="options">How to draw them; null for <see cref="CurvesFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option, panel or curve is out of range; the message lists every fault.</exception>
    public static CurvesFigure Of(IReadOnlyList<CurvePanel> panels, CurvesFigureOptions? options = null)
    {
        options ??= CurvesFigureOptions.Default;
        options.Validate(panels);
        return new CurvesFigure(panels, options);
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">The kind of file; curves have no interactive page.</param>
    /// <exception cref="ArgumentException">The format is none of SVG, PNG and PDF.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing() => FigureNote.Added(CurvesDrawing.Of(_panels, _options), _options.Note);
}
