using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Crease.Geometry;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Panels of creases.</summary>
public sealed class CreasePanelsFigureTests
{
    private static readonly Partition Cut = Partitions.Random(6).Cut(Partitions.Box, null, new CutOptions { Boundary = true });

    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_panels_give_the_same_bytes(FigureFormat format) => Assert.Equal(Bytes(format), Bytes(format));

    [Fact]
    public void Titles_row_names_meaning_and_points_are_drawn()
    {
        string svg = Encoding.UTF8.GetString(Bytes(FigureFormat.Svg));
        foreach (string text in new[] { ">first<", ">second<", ">upper<", ">lower<", ">both<", "blue: creases", "gray: earlier layers", "faint blue", "orange: decision boundary", "dots: data" })
            Assert.Contains(text, svg);
        Assert.Equal(2, svg.Split("<circle").Length - 1);
    }

    [Fact]
    public void Bad_panels_and_options_are_refused_with_every_fault()
    {
        string message = Assert.Throws<ArgumentException>(() => CreasePanelsFigure.Of([new CreasePanel("x", [])], new() { Width = 1, Columns = 0, Points = [new FigurePoint(double.NaN, 0)] })).Message;
        foreach (string part in new[] { "'Width'", "'Columns' is 0", "panel 1 has no traces", "'Points'" })
            Assert.Contains(part, message);
        Assert.Throws<ArgumentException>(() => CreasePanelsFigure.Of([]));
        Assert.Throws<ArgumentException>(() => CreasePanelsFigure.Of([new CreasePanel("x", [new CreaseTrace(Cut, (CreaseRole)9)])]));
        Assert.Throws<ArgumentException>(() => CreasePanelsFigure.Of([new CreasePanel("x", [new CreaseTrace(Cut, CreaseRole.Current)])]).Save("x.html"));
    }

    [Fact]
    public void Titles_and_row_names_of_narrow_panels_stay_whole()
    {
        CreasePanel[] panels = [.. Enumerable.Range(1, 5).Select(layer => new CreasePanel($"layer {layer}: 112,865 regions", [new CreaseTrace(Cut, CreaseRole.Current)]))];
        string svg = Svg(panels, new() { Columns = 5, RowNames = ["batch statistics"] });
        Assert.Contains(">layer 5: 112,865 regions<", svg, StringComparison.Ordinal);
        Assert.Contains(">batch statistics<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_dense_partitions_leave_a_panel_readable()
    {
        Partition dense = Partitions.Random(40).Cut(Partitions.Box);
        const int many = 30;
        double[] sparseLook = Looks(Svg([new CreasePanel("x", [new CreaseTrace(Cut, CreaseRole.OneOfMany)])], new()))[0];
        List<double[]> looks = Looks(Svg([new CreasePanel("x", [.. Enumerable.Repeat(new CreaseTrace(dense, CreaseRole.OneOfMany), many)])], new()));
        // Each partition is one mark, so that where all of them lie over each other some white is left.
        Assert.Equal(many, looks.Count);
        Assert.All(looks, look => Assert.True(look[0] < sparseLook[0] && look[1] < sparseLook[1], $"width {look[0]}, opacity {look[1]}"));
        Assert.InRange(Math.Pow(1 - looks[0][1], many), 0.02, 1);
    }

    // Width and opacity of the marks of creases.
    private static List<double[]> Looks(string svg) => [.. Regex.Matches(svg, "class=\"creases[^>]*>").Select(mark => new[] { "stroke-width", "stroke-opacity" }
        .Select(name => double.Parse(Regex.Match(mark.Value, name + "=\"([0-9.]+)\"").Groups[1].Value, CultureInfo.InvariantCulture)).ToArray())];

    private static string Svg(IReadOnlyList<CreasePanel> panels, CreasePanelsFigureOptions options)
    {
        using var stream = new MemoryStream();
        CreasePanelsFigure.Of(panels, options).Write(stream, FigureFormat.Svg);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] Bytes(FigureFormat format)
    {
        CreasePanel[] panels =
        [
            new("first", [new CreaseTrace(Cut, CreaseRole.Current, 0, 0)]),
            new("second", [new CreaseTrace(Cut, CreaseRole.Earlier, 0, 0), new CreaseTrace(Cut, CreaseRole.Current, 1, 7), new CreaseTrace(Cut, CreaseRole.Boundary), new CreaseTrace(Cut, CreaseRole.OneOfMany), new CreaseTrace(Cut, CreaseRole.BoundaryOfMany)]),
        ];
        using var stream = new MemoryStream();
        CreasePanelsFigure.Of(panels, new() { Columns = 1, RowNames = ["upper", "lower"], Title = "both", Points = [new FigurePoint(0, 0, null, 1), new FigurePoint(99, 0)] }).Write(stream, format);
        return stream.ToArray();
    }
}
