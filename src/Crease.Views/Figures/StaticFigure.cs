namespace Crease.Views;

/// <summary>Figures without an interactive page: drawn once, written as SVG, PNG or PDF.</summary>
internal static class StaticFigure
{
    /// <summary>Writes a figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending decides the format.</param>
    /// <param name="drawn">What the message says of another format, for example <c>a map is drawn</c>.</param>
    /// <param name="pngWidth">Width of a PNG in pixels.</param>
    /// <param name="draw">Makes the figure.</param>
    /// <exception cref="ArgumentException">The ending is none of these formats.</exception>
    public static void Save(string path, string drawn, int pngWidth, Func<Figure> draw)
    {
        FigureFormat format = Accepted(FigureFile.FormatOf(path), drawn);
        FigureFile.Write(path, stream => Write(stream, format, drawn, pngWidth, draw));
    }

    /// <summary>Writes a figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">SVG, PNG or PDF.</param>
    /// <param name="drawn">As in <see cref="Save"/>.</param>
    /// <param name="pngWidth">Width of a PNG in pixels.</param>
    /// <param name="draw">Makes the figure.</param>
    /// <exception cref="ArgumentException">The format is another one.</exception>
    public static void Write(Stream stream, FigureFormat format, string drawn, int pngWidth, Func<Figure> draw)
    {
        switch (Accepted(format, drawn))
        {
            case FigureFormat.Svg:
                SvgWriter.Write(draw(), stream);
                break;
            case FigureFormat.Png:
                PngWriter.Write(draw(), pngWidth, stream);
                break;
            default:
                PdfWriter.Write(draw(), stream);
                break;
        }
    }

    private static FigureFormat Accepted(FigureFormat format, string drawn) => format is FigureFormat.Svg or FigureFormat.Png or FigureFormat.Pdf
        ? format
        : throw new ArgumentException($"'format' is {format}; {drawn} as {nameof(FigureFormat.Svg)}, {nameof(FigureFormat.Png)} or {nameof(FigureFormat.Pdf)}.", nameof(format));
}
