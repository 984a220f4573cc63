using Crease.Models;

namespace Crease.Views;

/// <summary>A picture of a data set: a contact sheet of images, or a scatter of points with one to three coordinates.</summary>
/// <remarks>The same data and options give the same bytes.</remarks>
public sealed class DataFigure
{
    private const string Drawn = "data are drawn";

    private readonly DataSet _data;
    private readonly DataFigureOptions _options;

    private DataFigure(DataSet data, DataFigureOptions options) => (_data, _options) = (data, options);

    /// <summary>A figure of a data set.</summary>
    /// <param name="data">Images of one or three channels, or rows of one to three numbers; of three, the first and the last are the axes.</param>
    /// <param name="options">How to draw it; null for <see cref="DataFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or rows are of another kind; the message lists every fault.</exception>
    public static DataFigure Of(DataSet data, DataFigureOptions? options = null)
    {
        options ??= DataFigureOptions.Default;
        options.Validate();
        return data.IsImage || data.Size <= 3
            ? new DataFigure(data, options)
            : throw new ArgumentException($"{data.Name} has rows of shape {data.Shape}; drawn are images [1 or 3, height, width] and rows of 1 to 3 numbers.", nameof(data));
    }

    /// <summary>Writes the figure to a file; an earlier file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">File name; its ending (<c>.svg</c>, <c>.png</c>, <c>.pdf</c>) decides the format.</param>
    /// <exception cref="ArgumentException">The ending is none of these.</exception>
    public void Save(string path) => StaticFigure.Save(path, Drawn, _options.PngWidth, Drawing);

    /// <summary>Writes the figure to a stream, which stays open.</summary>
    /// <param name="stream">Where the bytes go; it need not be seekable.</param>
    /// <param name="format">The kind of file; data have no interactive page.</param>
    /// <exception cref="ArgumentException">The format is none of SVG, PNG and PDF.</exception>
    public void Write(Stream stream, FigureFormat format) => StaticFigure.Write(stream, format, Drawn, _options.PngWidth, Drawing);

    internal Figure Drawing() => _data.IsImage ? ContactSheet.Of(_data, _options) : ScatterDrawing.Of(_data, _options);
}
