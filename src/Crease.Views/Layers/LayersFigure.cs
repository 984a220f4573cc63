using Crease.Geometry;

namespace Crease.Views;

/// <summary>A partition layer by layer: each panel adds the creases of one layer to those before it, and one unit's folded crease is marked.</summary>
/// <remarks>The same partition and options give the same bytes.</remarks>
public sealed class LayersFigure
{
    private const string Drawn = "layers are drawn";

    private readonly Partition _partition;
    private readonly LayersFigureOptions _options;

    private LayersFigure(Partition partition, LayersFigureOptions options) => (_partition, _options) = (partition, options);

    /// <summary>A figure of a partition.</summary>
    /// <param name="partition">The partition by all layers; with a decision boundary the last panel shows it.</param>
    /// <param name="options">How to draw it; null for <see cref="LayersFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message lists every fault.</exception>
    public static LayersFigure Of(Partition partition, LayersFigureOptions? options = null)
    {
        options ??= LayersFigureOptions.Default;
        options.Validate(partition);
        return new LayersFigure(partition, options);
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

    internal Figure Drawing() => LayersDrawing.Of(_partition, _options);
}
