namespace Crease.Views;

/// <summary>Figures of several kinds below each other as one, with one set of sentences below them.</summary>
/// <remarks>The same parts give the same bytes.</remarks>
public sealed class StackedFigure
{
    private const string Drawn = "figures below each other are drawn";

    private readonly IReadOnlyList<Func<Figure>> _parts;
    private readonly int _pngWidth;
    private readonly string? _note;

    private StackedFigure(IReadOnlyList<Func<Figure>> parts, int pngWidth, string? note) => (_parts, _pngWidth, _note) = (parts, pngWidth, note);

    /// <summary>Curves, and below them what else there is.</summary>
    /// <param name="curves">On top; their title names the figure.</param>
    /// <param name="distributions">Below, or null.</param>
    /// <param name="matrices">Lowest, or null.</param>
    /// <param name="pngWidth">Width of a PNG in pixels, in [16, 16384].</param>
    /// <param name="note">Sentences below everything, or null for none.</param>
    /// <exception cref="ArgumentException">The width of a PNG is out of range.</exception>
    public static StackedFigure Of(CurvesFigure curves, DistributionFigure? distributions, MatrixFigure? matrices, int pngWidth = 1600, string? note = null)
    {
        if (pngWidth is < 16 or > 16384)
            throw new ArgumentException($"'{nameof(pngWidth)}' is {pngWidth}; expected an integer in [16, 16384].", nameof(pngWidth));
        var parts = new List<Func<Figure>> { curves.Drawing };
        if (distributions is not null)
            parts.Add(distributions.Drawing);
        if (matrices is not null)
            parts.Add(matrices.Drawing);
        return new StackedFigure(parts, pngWidth, note);
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _pngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">SVG, PNG or PDF.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _pngWidth, Drawing);

    internal Figure Drawing() => FigureNote.Added(StackedDrawing.Of([.. _parts.Select(part => part())]), _note);
}
