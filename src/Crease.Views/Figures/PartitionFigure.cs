using Crease.Geometry;

namespace Crease.Views;

/// <summary>A picture of the linear regions of a network on a two-dimensional slice.</summary>
/// <remarks>
/// The same partition and options give the same bytes. Axes have equal scale, the second slice coordinate points up.
/// Cost: SVG, PNG and PDF are streamed or painted region by region; the HTML page holds all vertices in float64.
/// </remarks>
public sealed class PartitionFigure
{
    private readonly Partition _partition;
    private readonly PartitionFigureOptions _options;

    private PartitionFigure(Partition partition, PartitionFigureOptions options) => (_partition, _options) = (partition, options);

    /// <summary>A figure of a partition.</summary>
    /// <param name="partition">The regions to draw.</param>
    /// <param name="options">How to draw them; null for <see cref="PartitionFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message lists every fault.</exception>
    public static PartitionFigure Of(Partition partition, PartitionFigureOptions? options = null)
    {
        options ??= PartitionFigureOptions.Default;
        options.Validate();
        return new PartitionFigure(partition, options);
    }

    /// <summary>What the colors of a partition span without a fixed range: the 1 % to 99 % quantile, so that callers can choose one for several partitions.</summary>
    /// <param name="partition">With at least one region.</param>
    /// <param name="color"><see cref="RegionColor.SlopeNorm"/> or <see cref="RegionColor.Area"/>.</param>
    /// <returns>Both ends, equal where all regions are; null for colors without numbers.</returns>
    public static AxisRange? ColorRangeOf(Partition partition, RegionColor color) =>
        Coloring.Of(partition, color, null).Scale is { } scale ? new AxisRange(scale.Low, scale.High) : null;

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>, <c>.html</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path)
    {
        FigureFormat format = FigureFile.FormatOf(path);
        FigureFile.Write(path, stream => Write(stream, format));
    }

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">The kind of file.</param>
    public void Write(Stream stream, FigureFormat format)
    {
        switch (format)
        {
            case FigureFormat.Svg:
                SvgWriter.Write(Drawing(), stream);
                break;
            case FigureFormat.Png:
                PngWriter.Write(Drawing(), _options.PngWidth, stream);
                break;
            case FigureFormat.Pdf:
                PdfWriter.Write(Drawing(), stream);
                break;
            case FigureFormat.Html:
                HtmlWriter.Write(_partition, _options, stream);
                break;
            default:
                throw new ArgumentException($"'format' is {(int)format}; pass a member of {nameof(FigureFormat)}.", nameof(format));
        }
    }

    internal Figure Drawing() => PartitionDrawing.Of(_partition, _options);
}
