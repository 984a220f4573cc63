using Crease.Geometry;

namespace Crease.Views;

/// <summary>A picture of a network along a segment: its outputs as the exact polylines they are, breakpoints by layer, class changes.</summary>
/// <remarks>The same segment and options give the same bytes.</remarks>
public sealed class SegmentFigure
{
    private const string Drawn = "a segment is drawn";

    private readonly SegmentPartition _segment;
    private readonly SegmentFigureOptions _options;

    private SegmentFigure(SegmentPartition segment, SegmentFigureOptions options) => (_segment, _options) = (segment, options);

    /// <summary>A figure of a cut segment.</summary>
    /// <param name="segment">What to draw; with at least one region.</param>
    /// <param name="options">How to draw it; null for <see cref="SegmentFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there is nothing to draw; the message lists every fault.</exception>
    public static SegmentFigure Of(SegmentPartition segment, SegmentFigureOptions? options = null)
    {
        options ??= SegmentFigureOptions.Default;
        options.Validate();
        return segment.RegionCount > 0 ? new SegmentFigure(segment, options)
            : throw new ArgumentException($"'segment' has no regions (status {segment.Status}); there is nothing to draw.", nameof(segment));
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">The kind of file; a segment has no interactive page.</param>
    /// <exception cref="ArgumentException">The format is none of SVG, PNG and PDF.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing() => SegmentDrawing.Of(_segment, _options);
}
