using System.Text;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Heat maps of matrices and maps of labeled points.</summary>
public sealed class MatrixAndMapFigureTests
{
    public static TheoryData<FigureFormat> Formats => [FigureFormat.Svg, FigureFormat.Png, FigureFormat.Pdf, FigureFormat.Html];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Same_numbers_give_the_same_bytes(FigureFormat format)
    {
        Assert.Equal(Bytes(stream => Matrix().Write(stream, format)), Bytes(stream => Matrix().Write(stream, format)));
        Assert.Equal(Bytes(stream => Points().Write(stream, format)), Bytes(stream => Points().Write(stream, format)));
    }

    [Fact]
    public void A_heat_map_names_axes_scale_and_cells_and_escapes_them()
    {
        string svg = Encoding.UTF8.GetString(Bytes(stream => Matrix().Write(stream, FigureFormat.Svg)));
        foreach (string text in new[] { "counts", "layer", "token that looks", "tokens per head", "&lt;s&gt;", ">7<" })
            Assert.Contains(text, svg);
        string page = Encoding.UTF8.GetString(Bytes(stream => Matrix().Write(stream, FigureFormat.Html)));
        Assert.Contains("<th scope=\"col\">&lt;s&gt;</th>", page);
        Assert.Contains("a note", page);
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public void Labels_of_a_map_have_shapes_of_their_own_and_counts()
    {
        string svg = Encoding.UTF8.GetString(Bytes(stream => Points().Write(stream, FigureFormat.Svg)));
        foreach (string text in new[] { "component 1", "a &amp; b (2)", "c (1)", "<circle", "<polygon", "domain" })
            Assert.Contains(text, svg);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_with_all_faults()
    {
        string matrix = Assert.Throws<ArgumentException>(() => MatrixFigure.Of([new MatrixPanel("t", "r", "c", ["1"], ["1", "2"], [1.0])], new MatrixFigureOptions { Width = 1 })).Message;
        Assert.Contains("'Width' is 1", matrix);
        Assert.Contains("1 rows, 2 columns and 1 values", matrix);
        string map = Assert.Throws<ArgumentException>(() => PointMapFigure.Of(new PointMap([1, double.NaN], [1, 2], [0, 3], ["a"]))).Message;
        Assert.Contains("not finite", map);
        Assert.Contains("labels outside 0 to 0", map);
    }

    private static MatrixFigure Matrix() => MatrixFigure.Of(
        [new MatrixPanel("counts", "layer", "token that looks", ["1", "2"], ["<s>", "once", "upon"], [1, 7, double.NaN, 2, 3, 4]) { ValueLabel = "tokens per head" }],
        new MatrixFigureOptions { Title = "title", Notes = ["a note"] });

    private static PointMapFigure Points() => PointMapFigure.Of(
        new PointMap([0, 1, 2], [3, 1, 5], [0, 1, 0], ["a & b", "c"]),
        new PointMapFigureOptions { Title = "title", XLabel = "component 1", LegendLabel = "domain" });

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
