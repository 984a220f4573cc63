using System.Globalization;

namespace Crease.Views;

/// <summary>A scatter of labeled points: each label has its own color and its own shape.</summary>
/// <remarks>The same map and options give the same bytes.</remarks>
public sealed class PointMapFigure
{
    private readonly PointMap _map;
    private readonly PointMapFigureOptions _options;

    private PointMapFigure(PointMap map, PointMapFigureOptions options) => (_map, _options) = (map, options);

    /// <summary>A figure of a map.</summary>
    /// <param name="map">What to draw.</param>
    /// <param name="options">How to draw it; null for <see cref="PointMapFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or the map is out of range; the message lists every fault.</exception>
    public static PointMapFigure Of(PointMap map, PointMapFigureOptions? options = null)
    {
        options ??= PointMapFigureOptions.Default;
        options.Validate(map);
        return new PointMapFigure(map, options);
    }

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
        if (format == FigureFormat.Html)
            FigurePage.Write(stream, Drawing(), _options.Notes, [(_options.LegendLabel, [_options.LegendLabel, "points", "mean x", "mean y"], Rows())]);
        else
            StaticFigure.Write(stream, format, "a map of points is drawn", _options.PngWidth, Drawing);
    }

    internal Figure Drawing() => PointMapDrawing.Of(_map, _options);

    private IEnumerable<IReadOnlyList<string>> Rows()
    {
        for (int label = 0; label < _map.Names.Count; label++)
        {
            int[] mine = [.. Enumerable.Range(0, _map.Labels.Count).Where(i => _map.Labels[i] == label)];
            yield return [_map.Names[label], $"{mine.Length}", Mean(_map.Xs, mine), Mean(_map.Ys, mine)];
        }
    }

    private static string Mean(IReadOnlyList<double> values, int[] rows) => rows.Length == 0 ? "" : rows.Average(row => values[row]).ToString("G4", CultureInfo.InvariantCulture);
}
