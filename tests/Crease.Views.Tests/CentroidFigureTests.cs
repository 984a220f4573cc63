using System.Text;
using Crease.Networks;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Centroids as images and bars.</summary>
public sealed class CentroidFigureTests
{
    private static readonly CentroidRow[] Rows =
    [
        new("step 0", [new("relu1", [3, -4, 0, 0], -2.5), new("relu2", [0, 0, 0, 0], 7)]),
        new("step 10", [new("relu1", [30, 0, 0, 40], 100), new("relu2", [1, 0, 0, 0], 8)]),
    ];

    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_centroids_give_the_same_bytes(FigureFormat format) => Assert.Equal(Bytes(format), Bytes(format));

    [Fact]
    public void Every_centroid_is_drawn_with_its_layer_norm_scale_and_radius()
    {
        string svg = Encoding.UTF8.GetString(Bytes(FigureFormat.Svg));
        foreach (string text in new[] { ">input<", ">step 0<", ">step 10<", ">relu1<", ">relu2<", ">‖μ‖ 5, s = 4<", ">ρ −2.5<", ">‖μ‖ 50, s = 40<", ">‖μ‖ 0, s = 0<" })
            Assert.Contains(text, svg, StringComparison.Ordinal);
        Assert.Equal(5, svg.Split("<image").Length - 1);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_refused_with_every_fault()
    {
        string message = Assert.Throws<ArgumentException>(() => CentroidFigure.Of([0, 1], [new("a", [new("x", [1], 0)]), new("b", [])], new() { Width = 1 })).Message;
        foreach (string part in new[] { "'Width'", "'x' has 1 entries for 2 inputs", "'b' has 0 layers" })
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CentroidFigure.Of([0], []));
    }

    private static byte[] Bytes(FigureFormat format)
    {
        using var stream = new MemoryStream();
        CentroidFigure.Of([0, 1, 0.5, 1], Rows, new() { Image = new Shape(1, 2, 2) }).Write(stream, format);
        return stream.ToArray();
    }
}
