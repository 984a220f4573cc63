using System.Text;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Distributions are drawn where their numbers are.</summary>
public sealed class DistributionFigureTests
{
    private static readonly DistributionPanel[] Panels =
    [
        new("left", "density", [new("a", [1, 2, 3, 4, 5]), new("b", [2, double.NaN, 4]) { ColorIndex = 1 }]),
        new("right", "distance", [new("a", [1, 10, 100, 0]), new("b", []) { ColorIndex = 1 }]) { Scale = AxisScale.Logarithmic },
    ];

    private static readonly DistributionFigureOptions Options = DistributionFigureOptions.Default with { Title = "Title", Subtitle = "Subtitle" };

    [Fact]
    public void Medians_and_boxes_lie_at_their_quantiles()
    {
        Figure figure = DistributionFigure.Of(Panels, Options).Drawing();
        double[] dots = [.. figure.Marks.OfType<DiscMark>().Select(dot => dot.X)];
        Assert.Equal(5 + 2 + 3, dots.Length);
        LinesMark[] medians = [.. figure.Marks.OfType<LinesMark>().Where(line => line.Id == "median")];
        PolygonMark[] boxes = [.. figure.Marks.OfType<PolygonMark>()];
        Assert.Equal((3, 3), (medians.Length, boxes.Length));
        // The middle of 1 to 5 is the third dot, its quartiles are the second and the fourth; 10 is the middle of three decades.
        Assert.Equal([dots[2], (dots[5] + dots[6]) / 2, dots[8]], medians.Select(median => median.Lines.Line(0)[0]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal((dots[1], dots[3]), (boxes[0].Points[0], boxes[0].Points[2]));
        Assert.Equal(dots[8] - dots[7], dots[9] - dots[8], 1e-9);
    }

    [Fact]
    public void Names_axes_and_what_has_no_place_are_said_and_bytes_are_equal()
    {
        byte[] Bytes()
        {
            using var stream = new MemoryStream();
            DistributionFigure.Of(Panels, Options).Write(stream, FigureFormat.Svg);
            return stream.ToArray();
        }
        Assert.Equal(Bytes(), Bytes());
        string svg = Encoding.UTF8.GetString(Bytes());
        Assert.All((string[])["Title", "Subtitle", ">left<", ">right<", ">density<", ">distance<", ">a<", ">b<", "b: 1 of 3 off the axis", "a: 1 of 4 off the axis"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
        // Both panels have the same rows, which are named once.
        Assert.Equal(2, svg.Split(">a<").Length);
    }

    [Fact]
    public void Many_numbers_are_thinned_and_one_column_is_enough()
    {
        Figure figure = DistributionFigure.Of([new("many", "x", [new("a", [.. Enumerable.Range(0, 100_000).Select(i => (double)i)])])], Options with { Columns = 1, Width = 400 }).Drawing();
        Assert.InRange(figure.Marks.OfType<DiscMark>().Count(), 200, 400);
        Assert.All(figure.Marks.OfType<DiscMark>(), dot => Assert.InRange(dot.X, 0, 400));
    }

    [Fact]
    public void Faults_are_listed_together()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => DistributionFigure.Of([new("x", "y", [])], Options with { Width = 1, Columns = 9 }));
        Assert.All((string[])["Width", "Columns", "panel 1 has 0 groups"], text => Assert.Contains(text, fault.Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => DistributionFigure.Of([], Options));
    }
}
