using System.Text;
using System.Text.RegularExpressions;
using Crease.Models;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Contact sheets and scatters of data sets.</summary>
public sealed class DataFigureTests
{
    [Theory]
    [InlineData("example:digits")]
    [InlineData("synthetic:moons,samples=40")]
    [InlineData("synthetic:swiss-roll,samples=40")]
    [InlineData("synthetic:sinusoids,samples=40")]
    public void Same_data_give_the_same_bytes(string source)
    {
        foreach (FigureFormat format in new[] { FigureFormat.Svg, FigureFormat.Png, FigureFormat.Pdf })
            Assert.Equal(Bytes(DataSource.Load(source), format), Bytes(DataSource.Load(source), format));
    }

    [Fact]
    public void A_sheet_shows_the_first_images_of_each_class()
    {
        DataSet digits = DataSource.Load("example:digits");
        string svg = Svg(digits, new DataFigureOptions { Columns = 8 });
        Assert.Equal(digits.Labels!.CountBy(label => label).Sum(pair => Math.Min(8, pair.Value)), Regex.Count(svg, "<image "));
        Assert.Contains("100 images of 8 × 8 pixels in 10 classes; shown are the first of each class", svg, StringComparison.Ordinal);
        // The first picture is the first zero, pixel by pixel.
        byte[] png = Convert.FromBase64String(Regex.Match(svg, "base64,([^\"]+)\"").Groups[1].Value);
        using SKBitmap picture = SKBitmap.Decode(png);
        double[] zero = digits.Inputs[Array.IndexOf(digits.Labels!, 0)];
        for (int i = 0; i < 64; i++)
            Assert.Equal((byte)Math.Round(255 * zero[i]), picture.GetPixel(i % 8, i / 8).Red);
    }

    [Fact]
    public void Few_images_and_images_without_labels_stand_in_order()
    {
        DataSet digits = DataSource.Load("example:digits");
        Assert.Equal(6, Regex.Count(Svg(digits.Take(6)), "<image "));
        string svg = Svg(digits with { Labels = null });
        Assert.Equal(100, Regex.Count(svg, "<image "));
        Assert.Contains(">row 99<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_point_is_a_disc_until_there_are_too_many()
    {
        Assert.Equal(40 + 2, Regex.Count(Svg(DataSource.Load("synthetic:moons,samples=40")), "<circle"));
        string many = Svg(DataSource.Load("synthetic:swiss-roll,samples=1000"), new DataFigureOptions { MostPoints = 300 });
        Assert.Equal(250, Regex.Count(many, "<circle"));
        Assert.Contains("250 are drawn", many, StringComparison.Ordinal);
        Assert.Contains(">target<", many, StringComparison.Ordinal);
        Assert.Contains(">x3<", many, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_and_equal_points_draw()
    {
        foreach (double[][] rows in new double[][][] { [[1, 2]], [[3]], [[0, 0], [0, 0]], [[1e300, -1e300], [-1e300, 1e300]] })
            Assert.NotEmpty(Bytes(new DataSet("x", rows, null), FigureFormat.Png));
    }

    [Fact]
    public void Other_shapes_bad_options_and_pages_are_refused()
    {
        Assert.Contains("has rows of shape [22]; drawn are images", Assert.Throws<ArgumentException>(() => DataFigure.Of(DataSource.Load("synthetic:modular-addition,modulus=11"))).Message, StringComparison.Ordinal);
        DataSet moons = DataSource.Load("synthetic:moons");
        ArgumentException fault = Assert.Throws<ArgumentException>(() => DataFigure.Of(moons, new() { Width = double.NaN, PngWidth = 0, Columns = 0, MostPoints = 0 }));
        foreach (string name in new[] { "'Width'", "'PngWidth'", "'Columns'", "'MostPoints'" })
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Svg, Png or Pdf", Assert.Throws<ArgumentException>(() => DataFigure.Of(moons).Save("x.html")).Message, StringComparison.Ordinal);
    }

    private static string Svg(DataSet data, DataFigureOptions? options = null) => Encoding.UTF8.GetString(Bytes(data, FigureFormat.Svg, options));

    private static byte[] Bytes(DataSet data, FigureFormat format, DataFigureOptions? options = null)
    {
        using var stream = new MemoryStream();
        DataFigure.Of(data, options).Write(stream, format);
        return stream.ToArray();
    }
}
