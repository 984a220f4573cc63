namespace Crease.Views;

/// <summary>How numbers of several kinds are spread: per kind every number as a dot, the middle half as a box with its median, and a line from the 5 % to the 95 % quantile.</summary>
/// <remarks>The same panels and options give the same bytes.</remarks>
public sealed class DistributionFigure
{
    private const string Drawn = "distributions are drawn";

    private readonly IReadOnlyList<DistributionPanel> _panels;
    private readonly DistributionFigureOptions _options;

    private DistributionFigure(IReadOnlyList<DistributionPanel> panels, DistributionFigureOptions options) => (_panels, _options) = (panels, options);

    /// <summary>A figure of distributions.</summary>
    /// <param name="panels">1 to 60, row by row.</param>
    /// <param name="options">How to draw them; null for <see cref="DistributionFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a panel is out of range; the message lists every fault.</exception>
    public static DistributionFigure Of(IReadOnlyList<DistributionPanel> panels, DistributionFigureOptions? options = null)
    {
        options ??= DistributionFigureOptions.Default;
        options.Validate(panels);
        return new DistributionFigure(panels, options);
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

    internal Figure Drawing() => FigureNote.Added(DistributionDrawing.Of(_panels, _options), _options.Note);
}
