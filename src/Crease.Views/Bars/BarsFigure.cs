namespace Crease.Views;

/// <summary>Horizontal bars with a name each, one or more per row, over one axis.</summary>
/// <remarks>The same bars and options give the same bytes.</remarks>
public sealed class BarsFigure
{
    private const string Drawn = "bars are drawn";

    private readonly IReadOnlyList<Bar> _bars;
    private readonly BarsFigureOptions _options;

    private BarsFigure(IReadOnlyList<Bar> bars, BarsFigureOptions options) => (_bars, _options) = (bars, options);

    /// <summary>A figure of bars.</summary>
    /// <param name="bars">1 to 200 rows, the first on top.</param>
    /// <param name="options">How to draw them; null for <see cref="BarsFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a bar is out of range; the message lists every fault.</exception>
    public static BarsFigure Of(IReadOnlyList<Bar> bars, BarsFigureOptions? options = null)
    {
        options ??= BarsFigureOptions.Default;
        options.Validate(bars);
        return new BarsFigure(bars, options);
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">The kind of file; bars have no interactive page.</param>
    /// <exception cref="ArgumentException">The format is none of SVG, PNG and PDF.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing() => FigureNote.Added(BarsDrawing.Of(_bars, _options), _options.Note);
}
