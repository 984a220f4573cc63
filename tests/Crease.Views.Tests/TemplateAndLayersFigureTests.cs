using System.Text;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Templates as images and bars, and partitions layer by layer.</summary>
public sealed class TemplateAndLayersFigureTests
{
    private static readonly Partition Moons = new PlanarPartitioner(Examples.Network("moons")).Cut(Slice.Box(-1, 1, -1, 1), options: new CutOptions { Boundary = true });

    public static TheoryData<FigureFormat> Formats => [FigureFormat.Svg, FigureFormat.Png, FigureFormat.Pdf];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Same_numbers_give_the_same_bytes(FigureFormat format)
    {
        Assert.Equal(Bytes(stream => Bars().Write(stream, format)), Bytes(stream => Bars().Write(stream, format)));
        Assert.Equal(Bytes(stream => LayersFigure.Of(Moons).Write(stream, format)), Bytes(stream => LayersFigure.Of(Moons).Write(stream, format)));
    }

    [Fact]
    public void Templates_show_the_split_of_every_score()
    {
        string svg = Encoding.UTF8.GetString(Bytes(stream => Bars().Write(stream, FigureFormat.Svg)));
        foreach (string text in new[] { "cat: 1.5", "2 − 0.5", "dog &amp; co: −1", "input", "−3", "3 output per input unit" })
            Assert.Contains(text, svg, StringComparison.Ordinal);
        string image = Encoding.UTF8.GetString(Bytes(stream => TemplateFigure.Of([0, 1, 0.5, 1], [new("a", [1, -1, 0, 2], 1, 0)], new TemplateFigureOptions { Image = new Shape(1, 2, 2) }).Write(stream, FigureFormat.Svg)));
        Assert.Equal(3, image.Split("<image").Length - 1);
    }

    [Fact]
    public void Zero_templates_and_many_outputs_are_drawn()
    {
        TemplateRow[] rows = [.. Enumerable.Range(0, 100).Select(o => new TemplateRow($"class {o}", [0, 0], 0, o))];
        string svg = Encoding.UTF8.GetString(Bytes(stream => TemplateFigure.Of([1, 2], rows).Write(stream, FigureFormat.Svg)));
        Assert.Contains("the 24 largest of 100 outputs", svg, StringComparison.Ordinal);
        Assert.Contains("class 99: 99", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_panel_names_its_regions_and_the_marked_unit_appears_from_its_layer_on()
    {
        string svg = Encoding.UTF8.GetString(Bytes(stream => LayersFigure.Of(Moons, new LayersFigureOptions { Marked = (1, 3) }).Write(stream, FigureFormat.Svg)));
        foreach (string text in new[] { $"layer 1: {Moons.RegionsPerLayer[0]} regions", $"layer 2: {Moons.RegionCount} regions", "orange: layer 2, unit 3", "marked-2" })
            Assert.Contains(text, svg, StringComparison.Ordinal);
        Assert.DoesNotContain("marked-1", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_layer_crease_is_straight_and_deeper_ones_bend()
    {
        Assert.All(Enumerable.Range(0, 16), unit => Assert.Equal(0, FoldedCrease.Of(Moons, 0, unit).Bends));
        FoldedCrease folded = FoldedCrease.MostFolded(Moons, 1)!;
        Assert.InRange(folded.Bends, 2, folded.Edges);
        Assert.InRange(folded.SharpestBend, 0.01, Math.PI);
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldedCrease.Of(Moons, 2, 0));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused_with_all_faults()
    {
        string message = Assert.Throws<ArgumentException>(() => TemplateFigure.Of([1, 2], [new("a", [1], 0, 0)], new TemplateFigureOptions { Columns = 0, Image = new Shape(2, 2) })).Message;
        foreach (string text in new[] { "'Columns' is 0", "'Image' is", "1 slopes for 2 inputs" })
            Assert.Contains(text, message, StringComparison.Ordinal);
        Assert.Contains("'Marked' is layer 9", Assert.Throws<ArgumentException>(() => LayersFigure.Of(Moons, new LayersFigureOptions { Marked = (9, 0) })).Message, StringComparison.Ordinal);
    }

    private static TemplateFigure Bars() => TemplateFigure.Of([0.5, -1, 2], [new("cat", [1, -3, 0.5], 2, -0.5), new("dog & co", [-1, 0, 1], -2, 1)]);

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
