namespace Crease.Views;

/// <summary>Tables of numbers as colored cells with one color bar: a heat map with named rows and columns.</summary>
/// <remarks>The same panels and options give the same bytes. Colors are viridis, which color-blind readers can order; numbers are written where they fit.</remarks>
public sealed class ScoreMapFigure
{
    private const string Drawn = "a table is drawn";

    private readonly IReadOnlyList<ScoreMapPanel> _panels;
    private readonly ScoreMapFigureOptions _options;

    private ScoreMapFigure(IReadOnlyList<ScoreMapPanel> panels, ScoreMapFigureOptions options) => (_panels, _options) = (panels, options);

    /// <summary>A figure of tables below each other.</summary>
    /// <param name="panels">1 to 20 tables.</param>
    /// <param name="options">How to draw them; null for <see cref="ScoreMapFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a panel is out of range; the message lists every fault.</exception>
    public static ScoreMapFigure Of(IReadOnlyList<ScoreMapPanel> panels, ScoreMapFigureOptions? options = null)
    {
        options ??= ScoreMapFigureOptions.Default;
        options.Validate(panels);
        return new ScoreMapFigure(panels, options);
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">SVG, PNG or PDF.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing() => ScoreMapDrawing.Of(_panels, _options);
}
