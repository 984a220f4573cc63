using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Heat maps with named rows and columns.</summary>
public sealed partial class ScoreMapFigureTests
{
    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_table_gives_the_same_bytes(FigureFormat format) => Assert.Equal(Bytes(Panel(), format), Bytes(Panel(), format));

    [Fact]
    public void Every_cell_name_and_number_is_drawn()
    {
        string svg = Encoding.UTF8.GetString(Bytes(Panel(), FigureFormat.Svg));
        foreach (string text in new[] { "first", "second", "a", "b", "c", "layer", "0.500", "0.750", "1.000", "–", "ROC-AUC", "each alone" })
            Assert.Contains($">{text}<", svg);
        Assert.Equal(6, Texts().Count(svg));
    }

    [Fact]
    public void Equal_numbers_many_columns_and_no_numbers_draw()
    {
        Assert.NotEmpty(Bytes(new ScoreMapPanel("flat", ["r"], ["c"], [[0.7]], "x"), FigureFormat.Png));
        Assert.NotEmpty(Bytes(new ScoreMapPanel("none", ["r"], ["c"], [[double.NaN]], "x"), FigureFormat.Svg));
        string[] names = [.. Enumerable.Range(1, 80).Select(i => $"{i}")];
        string svg = Encoding.UTF8.GetString(Bytes(new ScoreMapPanel("wide", ["r"], names, [[.. names.Select(double.Parse)]], "x"), FigureFormat.Svg));
        Assert.Contains(">80<", svg);
        Assert.DoesNotContain(">80.000<", svg);
    }

    [Fact]
    public void Bad_tables_and_options_are_refused_with_every_fault()
    {
        Assert.Throws<ArgumentException>(() => ScoreMapFigure.Of([]));
        string all = Assert.Throws<ArgumentException>(() => ScoreMapFigure.Of([Panel() with { Values = [[1]] }, Panel() with { Values = [[1, 2, double.PositiveInfinity], [1, 2, 3]] }], new() { Width = 1, Range = new AxisRange(1, 1) })).Message;
        foreach (string part in new[] { "'Width'", "'Range'", "panel 0 is not of shape [2, 3]", "panel 1 holds an infinite number" })
            Assert.Contains(part, all);
        Assert.Throws<ArgumentException>(() => ScoreMapFigure.Of([Panel()]).Save("x.html"));
    }

    private static ScoreMapPanel Panel() => new("each alone", ["first", "second"], ["a", "b", "c"], [[0.5, 0.75, 1], [0.6, double.NaN, 0.9]], "layer");

    private static byte[] Bytes(ScoreMapPanel panel, FigureFormat format)
    {
        using var stream = new MemoryStream();
        ScoreMapFigure.Of([panel], new() { ValueLabel = "ROC-AUC" }).Write(stream, format);
        return stream.ToArray();
    }

    [GeneratedRegex(@">(0\.\d{3}|1\.000|–)<")]
    private static partial Regex Texts();
}
