namespace Crease.Views;

/// <summary>The centroids of the region of an input as images or bars: a column per layer, a row per network.</summary>
/// <remarks>Each image has its own scale of colors, which stands below it: centroids of different layers differ by orders of magnitude. The same numbers and options give the same bytes.</remarks>
public sealed class CentroidFigure
{
    private const string Drawn = "centroids are drawn";
    private const int MostRows = 12;

    private readonly IReadOnlyList<double> _input;
    private readonly IReadOnlyList<CentroidRow> _rows;
    private readonly TemplateFigureOptions _options;

    private CentroidFigure(IReadOnlyList<double> input, IReadOnlyList<CentroidRow> rows, TemplateFigureOptions options) => (_input, _rows, _options) = (input, rows, options);

    /// <summary>A figure of centroids.</summary>
    /// <param name="input">The input. Shape [inputs].</param>
    /// <param name="rows">The networks in order, 1 to 12, with as many layers each.</param>
    /// <param name="options">How to draw them; the number of columns follows from the layers. Null for <see cref="TemplateFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a row is out of range; the message lists every fault.</exception>
    public static CentroidFigure Of(IReadOnlyList<double> input, IReadOnlyList<CentroidRow> rows, TemplateFigureOptions? options = null)
    {
        options ??= TemplateFigureOptions.Default;
        var faults = new List<string>();
        FigureSize.Check(faults, options.Width, options.PngWidth);
        if (rows.Count is < 1 or > MostRows || input.Count == 0)
            faults.Add($"there are {rows.Count} networks and {input.Count} inputs; expected 1 to {MostRows} networks and at least one input.");
        foreach (CentroidRow row in rows)
        {
            if (row.Tiles.Count is < 1 or > CentroidRow.MostTiles || row.Tiles.Count != rows[0].Tiles.Count)
                faults.Add($"'{row.Name}' has {row.Tiles.Count} layers; expected 1 to {CentroidRow.MostTiles}, as many as the first.");
            foreach (CentroidTile tile in row.Tiles.Where(tile => tile.Centroid.Count != input.Count || !tile.Centroid.All(double.IsFinite) || !double.IsFinite(tile.Radius)))
                faults.Add($"the centroid of '{tile.Layer}' has {tile.Centroid.Count} entries for {input.Count} inputs, or one is not finite; expected as many finite numbers.");
        }
        return faults.Count > 0 ? throw new ArgumentException(string.Join(' ', faults)) : new CentroidFigure(input, rows, options);
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

    internal Figure Drawing() => CentroidDrawing.Of(_input, _rows, _options);
}
