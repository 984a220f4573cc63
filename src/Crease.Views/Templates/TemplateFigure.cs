namespace Crease.Views;

/// <summary>The templates of one input: what each output adds up, as images or bars, with its score split into match and offset.</summary>
/// <remarks>All templates share one scale of colors, so that their strengths compare. The same templates and options give the same bytes.</remarks>
public sealed class TemplateFigure
{
    private const string Drawn = "templates are drawn";

    private readonly IReadOnlyList<double> _input;
    private readonly IReadOnlyList<TemplateRow> _rows;
    private readonly TemplateFigureOptions _options;

    private TemplateFigure(IReadOnlyList<double> input, IReadOnlyList<TemplateRow> rows, TemplateFigureOptions options) => (_input, _rows, _options) = (input, rows, options);

    /// <summary>A figure of templates.</summary>
    /// <param name="input">The input. Shape [inputs].</param>
    /// <param name="rows">One template per output; of more than 24 those with the largest scores are drawn.</param>
    /// <param name="options">How to draw them; null for <see cref="TemplateFigureOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">An option or a template is out of range; the message lists every fault.</exception>
    public static TemplateFigure Of(IReadOnlyList<double> input, IReadOnlyList<TemplateRow> rows, TemplateFigureOptions? options = null)
    {
        options ??= TemplateFigureOptions.Default;
        options.Validate(input, rows);
        return new TemplateFigure(input, rows, options);
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

    internal Figure Drawing() => TemplateDrawing.Of(_input, _rows, _options);
}
