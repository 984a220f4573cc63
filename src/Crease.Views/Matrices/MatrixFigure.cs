using System.Globalization;

namespace Crease.Views;

/// <summary>Heat maps of matrices below each other, each with named rows and columns and a scale of colors.</summary>
/// <remarks>The same panels and options give the same bytes.</remarks>
public sealed class MatrixFigure
{
    private readonly IReadOnlyList<MatrixPanel> _panels;
    private readonly MatrixFigureOptions _options;

    private MatrixFigure(IReadOnlyList<MatrixPanel> panels, MatrixFigureOptions options) => (_panels, _options) = (panels, options);

    /// <summary>A figure of matrices.</summary>
    /// <param name="panels">1 to 20 matrices.</param>
    /// <param name="options">How to draw them; null for <see cref="MatrixFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a panel is out of range; the message lists every fault.</exception>
    public static MatrixFigure Of(IReadOnlyList<MatrixPanel> panels, MatrixFigureOptions? options = null)
    {
        options ??= MatrixFigureOptions.Default;
        options.Validate(panels);
        return new MatrixFigure(panels, options);
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
            FigurePage.Write(stream, Drawing(), _options.Notes, _panels.Select(Table));
        else
            StaticFigure.Write(stream, format, "matrices are drawn", _options.PngWidth, Drawing);
    }

    internal Figure Drawing() => FigureNote.Added(MatrixDrawing.Of(_panels, _options), _options.Note);

    private static (string, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>) Table(MatrixPanel panel) => (
        $"{panel.Title}: {panel.ValueLabel}",
        [$"{panel.RowLabel} \\ {panel.ColumnLabel}", .. panel.Columns],
        panel.Rows.Select((name, row) => (IReadOnlyList<string>)[name, .. panel.Columns.Select((_, column) => Shown(panel.Values[row * panel.Columns.Count + column]))]));

    private static string Shown(double value) => double.IsFinite(value) ? value.ToString("G5", CultureInfo.InvariantCulture) : "";
}
