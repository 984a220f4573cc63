using System.Text;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Bars are as long as their numbers.</summary>
public sealed class BarsFigureTests
{
    private static readonly Bar[] Bars = [new("first", [10, 1]), new("second", [1000, 0]), new("third", [100, double.NaN])];

    private static readonly BarsFigureOptions Options = BarsFigureOptions.Default with { Title = "Title", Label = "FLOP", Series = ["a", "b"] };

    [Theory]
    [InlineData(AxisScale.Linear)]
    [InlineData(AxisScale.Logarithmic)]
    public void Lengths_follow_the_axis(AxisScale scale)
    {
        PolygonMark[] drawn = [.. BarsFigure.Of(Bars, Options with { Scale = scale }).Drawing().Marks.OfType<PolygonMark>().Skip(2)];
        // Nothing is drawn for 0 and for what is no number.
        Assert.Equal(4, drawn.Length);
        double[] lengths = [.. drawn.Select(bar => bar.Points[2] - bar.Points[0])];
        Assert.All(lengths, length => Assert.True(length > 0));
        if (scale == AxisScale.Linear)
            Assert.Equal([0.01, 0.001, 1, 0.1], lengths.Select(length => Math.Round(length / lengths[2], 9)));
        else
            Assert.Equal(lengths[2] - lengths[3], lengths[3] - lengths[0], 1e-9);
    }

    [Fact]
    public void The_same_bars_give_the_same_bytes_with_names_legend_and_axis()
    {
        byte[] Bytes()
        {
            using var stream = new MemoryStream();
            BarsFigure.Of(Bars, Options).Write(stream, FigureFormat.Svg);
            return stream.ToArray();
        }
        Assert.Equal(Bytes(), Bytes());
        string svg = Encoding.UTF8.GetString(Bytes());
        Assert.All((string[])["Title", "FLOP", "first", "second", "third", ">a<", ">b<"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_are_listed_together()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => BarsFigure.Of([new("x", [1])], Options with { Width = 1, Scale = (AxisScale)7 }));
        Assert.All((string[])["Width", "Scale", "bar 1 has 1 values for 2 series"], text => Assert.Contains(text, fault.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => BarsFigure.Of([], Options));
        Assert.Throws<ArgumentException>(() => BarsFigure.Of([new("x", [-1, 0])], Options));
    }
}
