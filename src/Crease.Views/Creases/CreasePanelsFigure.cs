namespace Crease.Views;

/// <summary>Small multiples of crease patterns: layer by layer, with and without something, or many over each other.</summary>
/// <remarks>The same panels and options give the same bytes. Axes have equal scale, the second slice coordinate points up.</remarks>
public sealed class CreasePanelsFigure
{
    private const string Drawn = "panels of creases are drawn";

    private readonly IReadOnlyList<CreasePanel> _panels;
    private readonly CreasePanelsFigureOptions _options;

    private CreasePanelsFigure(IReadOnlyList<CreasePanel> panels, CreasePanelsFigureOptions options) => (_panels, _options) = (panels, options);

    /// <summary>A figure of panels.</summary>
    /// <param name="panels">Row by row, 1 to 60.</param>
    /// <param name="options">How to draw them; null for <see cref="CreasePanelsFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a panel is out of range; the message lists every fault.</exception>
    public static CreasePanelsFigure Of(IReadOnlyList<CreasePanel> panels, CreasePanelsFigureOptions? options = null)
    {
        options ??= CreasePanelsFigureOptions.Default;
        options.Validate(panels);
        return new CreasePanelsFigure(panels, options);
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

    internal Figure Drawing() => CreasePanelsDrawing.Of(_panels, _options);
}
