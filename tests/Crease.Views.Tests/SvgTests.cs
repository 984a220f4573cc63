using System.Globalization;
using System.Xml.Linq;
using Crease.Geometry;
using Xunit;

namespace Crease.Views.Tests;

public sealed class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string Hostile = "</title><script>alert('1')</script> & \"quoted\" \u0001 \uD800";

    [Theory]
    [InlineData(RegionColor.SlopeNorm)]
    [InlineData(RegionColor.Class)]
    [InlineData(RegionColor.Area)]
    [InlineData(RegionColor.Depth)]
    [InlineData(RegionColor.Random)]
    public void Every_region_is_one_closed_part_of_the_path_of_its_color(RegionColor color)
    {
        Partition partition = Meshes.Grid(12);
        Coloring coloring = Coloring.Of(partition, color, null);
        XElement[] paths = Paths(partition, new() { Color = color });
        var expected = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int r = 0; r < partition.RegionCount; r++)
        {
            string name = "#" + coloring.ColorOf(r).ToString("x6", CultureInfo.InvariantCulture);
            expected[name] = expected.GetValueOrDefault(name) + 1;
        }
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (XElement path in paths)
        {
            string name = path.Attribute("fill")!.Value;
            found[name] = found.GetValueOrDefault(name) + path.Attribute("d")!.Value.Count(c => c == 'z');
            Assert.Equal(name, path.Attribute("stroke")!.Value);
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Region_corners_are_the_vertices_within_half_a_hundredth_of_a_point()
    {
        Partition partition = Meshes.Grid(5);
        PartitionFigureOptions options = new() { Color = RegionColor.Random };
        Figure figure = PartitionDrawing.Of(partition, options);
        PlotArea area = figure.Marks.OfType<RegionsMark>().Single().Area;
        var drawn = new HashSet<(int, int)>();
        foreach (XElement path in Paths(partition, options))
            Walk(path.Attribute("d")!.Value, drawn);
        var expected = new HashSet<(int, int)>();
        for (int v = 0; v < partition.VertexCount; v++)
            expected.Add(((int)Math.Round(100 * area.X(partition.Vertices[2 * v])), (int)Math.Round(100 * area.Y(partition.Vertices[2 * v + 1]))));
        Assert.True(expected.SetEquals(drawn));
    }

    [Fact]
    public void Crease_lines_have_the_length_of_all_inner_edges()
    {
        Partition partition = Meshes.Grid(20);
        Figure figure = PartitionDrawing.Of(partition, PartitionFigureOptions.Default);
        PlotArea area = figure.Marks.OfType<RegionsMark>().Single().Area;
        double drawn = 0;
        foreach (LinesMark mark in figure.Marks.OfType<LinesMark>().Where(mark => mark.Id.StartsWith("creases", StringComparison.Ordinal)))
        {
            for (int i = 0; i < mark.Lines.Count; i++)
            {
                ReadOnlySpan<double> line = mark.Lines.Line(i);
                for (int k = 2; k < line.Length; k += 2)
                    drawn += double.Hypot(line[k] - line[k - 2], line[k + 1] - line[k - 1]);
            }
        }
        double expected = 0;
        for (int h = 0; h < partition.HalfEdgeCount; h++)
        {
            if (partition.Twins[h] < h)
                continue;
            int a = partition.Origins[h], b = partition.Origins[partition.Next(h, partition.RegionOf(h))];
            expected += double.Hypot(partition.Vertices[2 * a] - partition.Vertices[2 * b], partition.Vertices[2 * a + 1] - partition.Vertices[2 * b + 1]);
        }
        Assert.Equal(expected * area.Scale, drawn, 1e-6 * drawn);
    }

    [Fact]
    public void Legend_names_layers_classes_and_boundary()
    {
        string[] texts = Texts(Meshes.Grid(12), new() { Color = RegionColor.Class, ClassNames = ["cat", "dog"] });
        foreach (string expected in new[] { "layer 1: relu 1 (8 units)", "layer 2 (8 units)", "decision boundary", "cat", "dog", "class 2", "x1", "x2", "144 regions" })
            Assert.Contains(texts, text => text.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Color_bar_says_that_it_is_logarithmic_and_clipped()
    {
        Assert.Contains("log scale, 1%–99% of regions", Texts(Meshes.Grid(12), new()));
    }

    [Fact]
    public void Hostile_titles_stay_text()
    {
        XDocument document = XDocument.Parse(Files.Text(Meshes.Grid(3), FigureFormat.Svg, new() { Title = Hostile, Width = 3000 }));
        Assert.Equal(Hostile.Replace('\u0001', '\uFFFD').Replace('\uD800', '\uFFFD'), document.Root!.Element(Svg + "title")!.Value);
        Assert.Empty(document.Descendants(Svg + "script"));
    }

    [Fact]
    public void Options_leave_out_what_they_name()
    {
        string bare = Files.Text(Meshes.Grid(6), FigureFormat.Svg, new() { Creases = false, Boundary = false, Frame = false });
        Assert.DoesNotContain("<text", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("creases-1", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("boundary-halo", bare, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_outside_the_domain_are_left_out()
    {
        string text = Files.Text(Meshes.Grid(3), FigureFormat.Svg, new() { Points = [new(0, 0, "in"), new(5, 0, "out")] });
        Assert.Contains(">in</text>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(">out</text>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_region_without_creases_is_drawn()
    {
        Assert.Single(Paths(Meshes.Single(), new()));
        Assert.Contains("1 region", Texts(Meshes.Single(), new() { Color = RegionColor.Depth }));
    }

    private static XElement[] Paths(Partition partition, PartitionFigureOptions options) =>
        [.. XDocument.Parse(Files.Text(partition, FigureFormat.Svg, options)).Descendants(Svg + "g").Single(g => g.Attribute("class")?.Value == "regions").Elements(Svg + "path")];

    private static string[] Texts(Partition partition, PartitionFigureOptions options) =>
        [.. XDocument.Parse(Files.Text(partition, FigureFormat.Svg, options)).Descendants(Svg + "text").Select(text => text.Value)];

    private static void Walk(string data, HashSet<(int, int)> corners)
    {
        (int x, int y) = (0, 0);
        foreach (string part in data.Split('z', StringSplitOptions.RemoveEmptyEntries))
        {
            int[] numbers = [.. part[1..].Replace("-", " -", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            (int startX, int startY) = (x + numbers[0], y + numbers[1]);
            (x, y) = (0, 0);
            for (int i = 0; i < numbers.Length; i += 2)
            {
                (x, y) = i == 0 ? (startX, startY) : (x + numbers[i], y + numbers[i + 1]);
                corners.Add((x, y));
            }
            (x, y) = (startX, startY);
        }
    }
}
