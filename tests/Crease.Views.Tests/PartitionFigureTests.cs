using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Xunit;

namespace Crease.Views.Tests;

public sealed class PartitionFigureTests
{
    [Theory]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Pdf)]
    [InlineData(FigureFormat.Html)]
    public void Same_partition_gives_the_same_bytes(FigureFormat format) =>
        Assert.Equal(Files.Bytes(Meshes.Grid(12), format), Files.Bytes(Meshes.Grid(12), format));

    [Theory]
    [InlineData(RegionColor.SlopeNorm)]
    [InlineData(RegionColor.Class)]
    [InlineData(RegionColor.Area)]
    [InlineData(RegionColor.Depth)]
    [InlineData(RegionColor.Random)]
    public void Real_partitions_and_single_regions_draw_in_every_format(RegionColor color)
    {
        Partition cut = new PlanarPartitioner(Meshes.Network()).Cut(Slice.Box(-2, 2, -1, 1), RunContext.Default with { Threads = 1 }, new CutOptions { Boundary = true });
        foreach (Partition partition in new[] { cut, Meshes.Single() })
        {
            foreach (FigureFormat format in Enum.GetValues<FigureFormat>())
                Assert.NotEmpty(Files.Bytes(partition, format, new() { Color = color }));
        }
    }

    [Theory]
    [InlineData("x.jpg")]
    [InlineData("x")]
    [InlineData("svg")]
    public void Unknown_endings_are_refused_with_the_accepted_ones(string path)
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => PartitionFigure.Of(Meshes.Single()).Save(path));
        Assert.Contains(".svg, .png, .pdf, .html", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Saving_replaces_a_file_and_leaves_no_other()
    {
        string folder = Directory.CreateTempSubdirectory("crease").FullName;
        try
        {
            foreach (string ending in new[] { "svg", "PNG", "pdf", "html" })
            {
                string path = Path.Combine(folder, "figure." + ending);
                File.WriteAllText(path, "earlier");
                PartitionFigure.Of(Meshes.Grid(3)).Save(path);
                Assert.True(new FileInfo(path).Length > 100);
            }
            Assert.Equal(4, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_failed_write_keeps_the_earlier_file_and_leaves_no_temporary_one()
    {
        string folder = Directory.CreateTempSubdirectory("crease").FullName;
        try
        {
            string path = Path.Combine(folder, "figure.svg");
            File.WriteAllText(path, "earlier");
            Assert.Throws<IOException>(() => FigureFile.Write(path, _ => throw new IOException("full")));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal("earlier", File.ReadAllText(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Options_are_checked_together()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => PartitionFigure.Of(Meshes.Single(), new() { Width = double.NaN, PngWidth = 0, Points = [new(double.NaN, 0)] }));
        foreach (string name in new[] { "'Width'", "'PngWidth'", "'Points'" })
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1.0 / 3, 5)]
    [InlineData(-1e6, 1e6, 6)]
    [InlineData(0.1, 0.10001, 5)]
    public void Ticks_are_round_numbers_inside_the_interval(double low, double high, int wanted)
    {
        (low, high) = (Math.Min(low, high), Math.Max(low, high));
        IReadOnlyList<Tick> ticks = Ticks.Linear(low, high, wanted);
        Assert.InRange(ticks.Count, 2, 2 * wanted + 1);
        double slack = 1e-6 * (high - low);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, low - slack, high + slack));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.05, "0.05")]
    [InlineData(-2000, "−2000")]
    [InlineData(1e-5, "10⁻⁵")]
    [InlineData(2e12, "2·10¹²")]
    public void Short_numbers_read_well(double value, string expected) => Assert.Equal(expected, Ticks.Short(value));
}
