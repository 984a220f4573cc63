using System.Text;
using Crease.Measures;
using Crease.Networks;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Pictures of maps of local complexity.</summary>
public sealed class ComplexityMapFigureTests
{
    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_map_gives_the_same_bytes(FigureFormat format) => Assert.Equal(Bytes(Map(), format), Bytes(Map(), format));

    [Fact]
    public void Embedded_picture_has_the_pixels_of_the_map_the_highest_row_on_top()
    {
        ComplexityMap map = Map();
        string svg = Encoding.UTF8.GetString(Bytes(map, FigureFormat.Svg));
        const string Start = "data:image/png;base64,";
        int at = svg.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        using SKBitmap picture = SKBitmap.Decode(Convert.FromBase64String(svg[at..svg.IndexOf('"', at)]));
        Assert.Equal((map.Columns, map.Rows), (picture.Width, picture.Height));
        var colors = new Dictionary<double, SKColor>();
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++)
            {
                double value = map.Values[(map.Rows - 1 - row) * map.Columns + column];
                SKColor color = picture.GetPixel(column, row);
                Assert.Equal(colors.TryGetValue(value, out SKColor known) ? known : colors[value] = color, color);
                Assert.Equal(double.IsNaN(value), color == SKColors.White);
            }
        }
        Assert.True(colors.Values.Distinct().Count() > 3);
    }

    [Fact]
    public void Constant_maps_draw_and_interactive_pages_and_bad_options_are_refused()
    {
        var estimator = new LocalComplexityEstimator(Meshes.Network(), new() { Directions = 2, Radius = 1e-9 });
        var far = ComplexityMap.Of(estimator, Slice.Box(1000, 1001, 1000, 1001), 5);
        Assert.NotEmpty(Bytes(far, FigureFormat.Png));
        Assert.Throws<ArgumentException>(() => ComplexityMapFigure.Of(far).Save("x.html"));
        string all = Assert.Throws<ArgumentException>(() => ComplexityMapFigure.Of(far, new() { Width = 1, PngWidth = 1 })).Message;
        Assert.True(all.Contains("'Width'", StringComparison.Ordinal) && all.Contains("'PngWidth'", StringComparison.Ordinal));
    }

    private static ComplexityMap Map() => ComplexityMap.Of(
        new LocalComplexityEstimator(Meshes.Network(), new() { Directions = 2, Radius = 0.3 }), Slice.Plane([-2, -1.5, 2, -1.5, 0, 2]), 48);

    private static byte[] Bytes(ComplexityMap map, FigureFormat format)
    {
        using var stream = new MemoryStream();
        ComplexityMapFigure.Of(map).Write(stream, format);
        return stream.ToArray();
    }
}
