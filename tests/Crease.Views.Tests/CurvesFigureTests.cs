using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Crease.Numerics;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Pictures of curves over a shared axis.</summary>
public sealed class CurvesFigureTests
{
    private const string Hostile = "</text><script>alert('1')</script> & \"x\" \u0001";

    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_curves_give_the_same_bytes(FigureFormat format) =>
        Assert.Equal(Bytes(Panels(), Steps(), format), Bytes(Panels(), Steps(), format));

    [Theory]
    [InlineData(1, true, 760)]
    [InlineData(1, false, 300)]
    [InlineData(2, true, 900)]
    [InlineData(3, false, 10_000)]
    public void Everything_drawn_lies_in_its_panel_and_all_panels_in_the_figure(int columns, bool isLog, double width)
    {
        Figure figure = CurvesFigure.Of(Panels(), Steps() with { Columns = columns, XScale = isLog ? AxisScale.Logarithmic : AxisScale.Linear, Width = width }).Drawing();
        Box[] boxes = Boxes(figure);
        Assert.Equal(Panels().Length, boxes.Length);
        Assert.All(boxes, box => Assert.True(box.Left > 0 && box.Top > 0 && box.Right < figure.Width && box.Bottom < figure.Height));
        foreach (LinesMark mark in figure.Marks.OfType<LinesMark>().Where(mark => mark.Id.StartsWith("curve-", StringComparison.Ordinal) || mark.Id == "grid"))
            Assert.All(Points(mark.Lines), point => Assert.Contains(boxes, box => box.Holds(point.X, point.Y)));
        Assert.All(figure.Marks.OfType<PolygonMark>(), band => Assert.All(band.Points.Chunk(2), point => Assert.Contains(boxes, box => box.Holds(point[0], point[1]))));
        Assert.All(figure.Marks.OfType<DiscMark>(), disc => Assert.Contains(boxes, box => box.Holds(disc.X, disc.Y)));
        Assert.All(figure.Marks.OfType<TextMark>(), text => Assert.True(text.X >= 0 && text.X <= figure.Width && text.Y > 0 && text.Y < figure.Height));
    }

    [Fact]
    public void Panels_below_each_other_have_the_same_ends()
    {
        Box[] boxes = Boxes(CurvesFigure.Of(Panels(), Steps()).Drawing());
        Assert.All(boxes, box => Assert.Equal((boxes[0].Left, boxes[0].Right), (box.Left, box.Right)));
    }

    [Fact]
    public void Every_finite_point_is_on_its_line()
    {
        var random = new RandomSource(7);
        double[] xs = [.. Enumerable.Range(0, 3000).Select(i => (double)i)], ys = [.. xs.Select(_ => random.Normal())];
        for (int i = 100; i < 3000; i += 97)
            ys[i] = double.NaN;
        var curve = new Curve("noise", xs, ys);
        var area = new CurveArea(50, 20, 600, 200, new CurveAxis(AxisScale.Logarithmic, 0.9, 3100), CurveAxis.Of(AxisScale.Linear, null, ys, 0.05));
        List<double[]> runs = CurveLines.Runs(curve, area, 1);
        (Polylines lines, List<(double X, double Y)> lone) = CurveLines.Cut(runs, area);
        Assert.Equal(ys.Count(double.IsNaN) + 1, lines.Count);
        Assert.Empty(lone);
        (double X, double Y)[] drawn = [.. Points(lines)];
        for (int i = 0; i < xs.Length; i++)
        {
            if (double.IsNaN(ys[i]))
                continue;
            (double x, double y) = (area.X(xs[i] + 1), area.Y(ys[i]));
            Assert.True(area.Holds(x, y));
            // Within a quarter of a point to the side there is something as high, and something as low.
            (double X, double Y)[] near = [.. drawn.Where(point => Math.Abs(point.X - x) <= 0.26)];
            Assert.True(near.Any(point => point.Y <= y + 0.01) && near.Any(point => point.Y >= y - 0.01));
        }
    }

    [Fact]
    public void A_hundred_thousand_points_become_what_the_page_resolves()
    {
        double[] xs = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)], ys = [.. xs.Select(x => Math.Sin(0.7 * x))];
        ys[70_001] = 40;
        Figure figure = CurvesFigure.Of([new("y", [new("long", xs, ys) { HalfWidths = ys.Select(_ => 0.3).ToArray() }])]).Drawing();
        Box box = Boxes(figure).Single();
        LinesMark line = figure.Marks.OfType<LinesMark>().Single(mark => mark.Id == "curve-1-1");
        Assert.InRange(Points(line.Lines).Count(), 1000, 4 * (int)(box.Width / 0.25 + 2));
        Assert.True(Points(line.Lines).Min(point => point.Y) < box.Top + 0.06 * box.Height);
        Assert.InRange(figure.Marks.OfType<PolygonMark>().Single().Points.Length, 1000, 8 * (int)(box.Width / 0.25 + 2));
    }

    [Fact]
    public void A_band_may_reach_further_below_its_curve_than_above()
    {
        double[] xs = [0, 1], ys = [2, 3];
        Figure figure = CurvesFigure.Of([new("y", [new("c", xs, ys) { HalfWidths = [0.25, 0.5], HalfWidthsBelow = [1, 0] }])]).Drawing();
        double[] band = figure.Marks.OfType<PolygonMark>().Single().Points;
        DiscMark[] dots = [.. figure.Marks.OfType<DiscMark>()];
        double perUnit = (dots[0].Y - dots[1].Y) / (ys[1] - ys[0]);
        double[] Ends(int dot) => [.. band.Chunk(2).Where(point => Math.Abs(point[0] - dots[dot].X) < 1e-6).Select(point => Math.Round((dots[dot].Y - point[1]) / perUnit, 6)).Order().Distinct()];
        Assert.Equal([-1, 0.25], Ends(0));
        Assert.Equal([0, 0.5], Ends(1));
        Assert.Contains("1 half-widths below", Assert.Throws<ArgumentException>(() => CurvesFigure.Of([new("y", [new("c", xs, ys) { HalfWidths = ys, HalfWidthsBelow = [1] }])])).Message);
        Assert.Contains("none above", Assert.Throws<ArgumentException>(() => CurvesFigure.Of([new("y", [new("c", xs, ys) { HalfWidthsBelow = ys }])])).Message);
    }

    [Fact]
    public void Bands_reach_from_below_to_above_their_curve()
    {
        double[] xs = [1, 2, 5, 9], ys = [3, 1, 4, 2], half = [0.5, 0.5, 1, 0];
        Figure figure = CurvesFigure.Of([new("y", [new("c", xs, ys) { HalfWidths = half }])]).Drawing();
        double[] band = figure.Marks.OfType<PolygonMark>().Single().Points;
        DiscMark[] dots = [.. figure.Marks.OfType<DiscMark>()];
        Assert.Equal(4, dots.Length);
        double perUnit = (dots[1].Y - dots[0].Y) / (ys[0] - ys[1]);
        for (int i = 0; i < xs.Length; i++)
        {
            double[][] at = [.. band.Chunk(2).Where(point => Math.Abs(point[0] - dots[i].X) < 1e-6)];
            Assert.Equal(dots[i].Y - half[i] * perUnit, at.Min(point => point[1]), 1e-6);
            Assert.Equal(dots[i].Y + half[i] * perUnit, at.Max(point => point[1]), 1e-6);
        }
    }

    [Fact]
    public void A_fixed_range_cuts_lines_where_they_leave()
    {
        Figure figure = CurvesFigure.Of([new("y", [new("c", [0, 10], [-1, 1])]) { Range = new(0, 0.5) }], new() { XRange = new(0, 10) }).Drawing();
        Box box = Boxes(figure).Single();
        (double X, double Y)[] ends = [.. Points(figure.Marks.OfType<LinesMark>().Single(mark => mark.Id == "curve-1-1").Lines)];
        Assert.Equal([(box.Left + box.Width / 2, box.Bottom), (box.Left + 0.75 * box.Width, box.Top)], ends.Select(end => (end.X, end.Y)), Near);
    }

    [Fact]
    public void Texts_of_marks_cover_neither_each_other_nor_foreign_lines()
    {
        var random = new RandomSource(5);
        for (int round = 0; round < 200; round++)
        {
            var marks = new List<Mark>();
            (double, string)[] places = [.. Enumerable.Range(0, 1 + round % 12).Select(i => (100 + 500 * random.Uniform(), new string('m', 1 + (int)(12 * random.Uniform()))))];
            new CurveMarkLabels(places, 100, 610).Add(marks, 400);
            (double Left, double Right, double Y)[] texts = [.. marks.OfType<TextMark>().Select(text => (text.Anchor == TextAnchor.End ? text.X - Width(text) : text.X, text.Anchor == TextAnchor.End ? text.X : text.X + Width(text), text.Y))];
            Assert.All(texts, text => Assert.True(text.Left >= 100 - 1e-9 && text.Right <= 610 + 1e-9));
            for (int i = 0; i < texts.Length; i++)
            {
                for (int j = 0; j < i; j++)
                    Assert.True(texts[i].Y != texts[j].Y || texts[i].Right < texts[j].Left || texts[j].Right < texts[i].Left);
            }
            Polylines lines = marks.OfType<LinesMark>().Single().Lines;
            for (int l = 0; l < lines.Count; l++)
            {
                ReadOnlySpan<double> line = lines.Line(l);
                (double x, double top) = (line[0], line[3]);
                Assert.DoesNotContain(texts, text => x > text.Left && x < text.Right && top < text.Y);
            }
        }

        static double Width(TextMark text) => FigureFrame.WidthOf(text.Text, text.Size);
    }

    [Fact]
    public void Marks_stand_in_every_panel_and_outside_a_fixed_range_in_none()
    {
        Figure figure = CurvesFigure.Of(Panels(), Steps() with { XRange = new(1, 2000), Marks = [new(99, "in") { Band = new(50, 5000) }, new(5000, "out")] }).Drawing();
        Box[] boxes = Boxes(figure);
        LinesMark[] lines = [.. figure.Marks.OfType<LinesMark>().Where(mark => mark.Id == "marks")];
        Assert.Equal(boxes.Length, lines.Length);
        for (int p = 0; p < boxes.Length; p++)
        {
            double x = boxes[p].Left + boxes[p].Width * 2 / Math.Log10(2000);
            Assert.Equal([(x, boxes[p].Bottom), (x, boxes[p].Top)], Points(lines[p].Lines), Near);
        }
        Assert.Single(figure.Marks.OfType<TextMark>(), text => text.Text == "in");
        Assert.DoesNotContain(figure.Marks.OfType<TextMark>(), text => text.Text == "out");
    }

    [Fact]
    public void Legends_name_each_curve_once_per_look()
    {
        string shared = Svg(Panels(), Steps());
        foreach (string name in new[] { "measured", "published", "other" })
            Assert.Equal(1, Regex.Count(shared, $">{name}<"));
        Curve one = new("one", [1, 2], [1, 2]), two = new("two", [1, 2], [1, 2]) { ColorIndex = 1 };
        string own = Svg([new("a", [one, one]), new("b", [one, two])], new());
        Assert.Equal(2, Regex.Count(own, ">one<"));
        Assert.Equal(1, Regex.Count(own, ">two<"));
        Assert.Equal(1, Regex.Count(Svg([new("a", [one]), new("a", [one, two])], new() { Columns = 2 }), ">one<"));
    }

    [Fact]
    public void Reference_curves_are_dashed_and_behind()
    {
        Figure figure = CurvesFigure.Of(Panels(), Steps()).Drawing();
        string[] order = [.. figure.Marks.OfType<LinesMark>().Where(mark => mark.Id.StartsWith("curve-1-", StringComparison.Ordinal)).Select(mark => mark.Id + (mark.Dashes is null ? "" : " dashed"))];
        Assert.Equal(["curve-1-2 dashed", "curve-1-1", "curve-1-3"], order);
        Assert.Contains("stroke-dasharray", Svg(Panels(), Steps()), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_texts_stay_text()
    {
        XDocument document = XDocument.Parse(Svg([new(Hostile, [new(Hostile, [1], [1])]) { Title = Hostile }],
            new() { Title = Hostile, Subtitle = Hostile, XLabel = Hostile, LegendLabel = Hostile, Marks = [new(1, Hostile)], Width = 3000, PanelHeight = 900 }));
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(8, document.Descendants(svg + "text").Count(text => text.Value == Hostile.Replace('\u0001', '\uFFFD')));
        Assert.Empty(document.Descendants(svg + "script"));
    }

    [Theory]
    [InlineData(AxisScale.Linear)]
    [InlineData(AxisScale.Logarithmic)]
    public void Odd_numbers_draw(AxisScale scale)
    {
        double[][] cases = [[], [5], [0, 0, 0], [-3, -3], [double.NaN], [double.PositiveInfinity, 1, double.NegativeInfinity, 2], [1e308, -1e308], [1e300, -1e300, 1e-300], [double.Epsilon, 1], [1e16, 1e16 + 2, 1e16 + 4], [1, 1 + 1e-12]];
        foreach (double[] ys in cases)
        {
            foreach (double[] xs in new[] { [.. ys.Select((_, i) => (double)i)], ys })
            {
                CurvePanel panel = new("y", [new("c", xs, ys) { HalfWidths = ys }, new("", [], [])]) { Scale = scale };
                Figure figure = CurvesFigure.Of([panel, new("empty", [])], new() { XScale = scale }).Drawing();
                Box[] boxes = Boxes(figure);
                foreach (LinesMark mark in figure.Marks.OfType<LinesMark>())
                    Assert.All(Points(mark.Lines), point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
                Assert.All(figure.Marks.OfType<DiscMark>(), disc => Assert.Contains(boxes, box => box.Holds(disc.X, disc.Y)));
                Assert.NotEmpty(Bytes([panel], new() { XScale = scale, Width = 300, PngWidth = 300 }, FigureFormat.Png));
            }
        }
    }

    [Fact]
    public void Bad_options_curves_and_pages_are_refused_in_one_line()
    {
        CurvePanel panel = new("y", [new("c", [1, 2], [1]) { Role = (CurveRole)9, ColorIndex = -1, Shade = 2 }]) { Scale = (AxisScale)7, Range = new(2, 2) };
        ArgumentException fault = Assert.Throws<ArgumentException>(() => CurvesFigure.Of([panel], new()
        {
            Width = double.NaN,
            PngWidth = 0,
            PanelHeight = 1,
            Columns = 0,
            XScale = (AxisScale)5,
            XOffset = double.NaN,
            XRange = new(double.NaN, 1),
            Marks = [new(double.NaN, "m"), new(1, "n") { Band = new(2, 1) }],
        }));
        foreach (string name in new[] { "'Width'", "'PngWidth'", "'PanelHeight'", "'Columns'", "'XScale'", "'XOffset'", "'XRange'", "at index 0", "at index 1", "2 xs, 1 ys", "role 9", "color index -1", "shade 2", "scale 7", "'Range of panel 1'" })
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Contains("starts above 0", Assert.Throws<ArgumentException>(() => CurvesFigure.Of(Panels(), Steps() with { XRange = new(0, 5) })).Message, StringComparison.Ordinal);
        Assert.Contains("per column", Assert.Throws<ArgumentException>(() => CurvesFigure.Of(Panels(), Steps() with { Columns = 9 })).Message, StringComparison.Ordinal);
        Assert.Contains("'panels' has 0 entries", Assert.Throws<ArgumentException>(() => CurvesFigure.Of([])).Message, StringComparison.Ordinal);
        Assert.Contains("Svg, Png or Pdf", Assert.Throws<ArgumentException>(() => CurvesFigure.Of(Panels()).Save("x.html")).Message, StringComparison.Ordinal);
    }

    private static readonly Func<(double X, double Y), (double X, double Y), bool> Near = (a, b) => Math.Abs(a.X - b.X) < 1e-6 && Math.Abs(a.Y - b.Y) < 1e-6;

    private static CurvePanel[] Panels()
    {
        double[] xs = [.. Enumerable.Range(0, 400).Select(i => i < 50 ? i : Math.Floor(50 * Math.Pow(1.02, i - 50)))];
        Curve[] curves =
        [
            new("measured", xs, [.. xs.Select(x => x % 13 == 5 ? double.NaN : 2 + Math.Sin(Math.Log(x + 1)))]) { HalfWidths = [.. xs.Select(x => 0.1 + x % 7 / 20)] },
            new("published", xs, [.. xs.Select(x => 2 + Math.Cos(Math.Log(x + 1)))]) { Role = CurveRole.Reference },
            new("other", xs, [.. xs.Select(x => 100 / (1 + x))]) { ColorIndex = 1 },
        ];
        return [new("accuracy (%)", curves), new("complexity", curves) { Scale = AxisScale.Logarithmic }, new("narrow", curves) { Range = new(1.5, 2.5), Title = "cut" }];
    }

    private static CurvesFigureOptions Steps() => new()
    {
        Title = "Curves",
        XLabel = "step + 1",
        XScale = AxisScale.Logarithmic,
        XOffset = 1,
        Marks = [new(12, "first"), new(300, "ascent peak") { Band = new(200, 500) }, new(40_000, "robust")],
    };

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public double Width => Right - Left;

        public double Height => Bottom - Top;

        public bool Holds(double x, double y) => x >= Left - 1e-9 && x <= Right + 1e-9 && y >= Top - 1e-9 && y <= Bottom + 1e-9;
    }

    // The axes of a panel end with the line along both of its edges.
    private static Box[] Boxes(Figure figure) => [.. figure.Marks.OfType<LinesMark>().Where(mark => mark.Id == "axes").Select(mark =>
    {
        ReadOnlySpan<double> edges = mark.Lines.Line(mark.Lines.Count - 1);
        return new Box(edges[0], edges[1], edges[4], edges[3]);
    })];

    private static IEnumerable<(double X, double Y)> Points(Polylines lines) =>
        Enumerable.Range(0, lines.Count).SelectMany(line => lines.Line(line).ToArray().Chunk(2)).Select(point => (point[0], point[1]));

    private static string Svg(IReadOnlyList<CurvePanel> panels, CurvesFigureOptions options) => Encoding.UTF8.GetString(Bytes(panels, options, FigureFormat.Svg));

    private static byte[] Bytes(IReadOnlyList<CurvePanel> panels, CurvesFigureOptions options, FigureFormat format)
    {
        using var stream = new MemoryStream();
        CurvesFigure.Of(panels, options).Write(stream, format);
        return stream.ToArray();
    }
}
