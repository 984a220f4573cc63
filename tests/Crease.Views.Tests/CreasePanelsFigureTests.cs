using System.Text;
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
