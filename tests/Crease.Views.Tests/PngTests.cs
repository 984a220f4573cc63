using System.Text;
using Crease.Geometry;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

public sealed class PngTests
{
    [Theory]
    [InlineData(RegionColor.SlopeNorm)]
    [InlineData(RegionColor.Class)]
    [InlineData(RegionColor.Random)]
    public void Pixels_at_region_centers_have_the_colors_of_the_regions(RegionColor color)
    {
        Partition partition = Meshes.Grid(15);
        PartitionFigureOptions options = new() { Color = color, Creases = false, Boundary = false };
        using SKBitmap picture = SKBitmap.Decode(Files.Bytes(partition, FigureFormat.Png, options));
        Assert.Equal(options.PngWidth, picture.Width);
        Coloring coloring = Coloring.Of(partition, color, null);
        PlotArea area = PartitionDrawing.Of(partition, options).Marks.OfType<RegionsMark>().Single().Area;
        double scale = options.PngWidth / options.Width;
        for (int r = 0; r < partition.RegionCount; r++)
        {
            double[] polygon = partition.Polygon(r);
            double s = (polygon[0] + polygon[2] + polygon[4] + polygon[6]) / 4, t = (polygon[1] + polygon[3] + polygon[5] + polygon[7]) / 4;
            SKColor pixel = picture.GetPixel((int)(scale * area.X(s)), (int)(scale * area.Y(t)));
            Assert.Equal(0xFF000000 | coloring.ColorOf(r), (uint)pixel);
        }
    }

    [Fact]
    public void Neighbors_of_one_color_leave_no_seam()
    {
        Partition partition = Meshes.Grid(40);
        PartitionFigureOptions options = new() { Color = RegionColor.Class, Creases = false, Boundary = false, Frame = false, Width = 700, PngWidth = 700 };
        using SKBitmap picture = SKBitmap.Decode(Files.Bytes(partition, FigureFormat.Png, options));
        // Left of -0.3 and below 0: far inside the first class.
        for (int y = 400; y < 690; y++)
        {
            for (int x = 10; x < 240; x++)
                Assert.Equal(0xFF000000 | Palettes.Class(0), (uint)picture.GetPixel(x, y));
        }
    }

    [Fact]
    public void Pdf_is_a_complete_document_with_its_fonts()
    {
        byte[] bytes = Files.Bytes(Meshes.Grid(6), FigureFormat.Pdf);
        string text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
        Assert.Contains("%%EOF", text, StringComparison.Ordinal);
        Assert.Contains("DejaVuSans", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_thousand_regions_take_no_absurd_memory()
    {
        Partition partition = Meshes.Grid(224);
        foreach (FigureFormat format in Enum.GetValues<FigureFormat>())
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            PartitionFigure.Of(partition).Write(Stream.Null, format);
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(bytes < 2_000L * partition.RegionCount, $"{format}: {bytes} bytes allocated for {partition.RegionCount} regions");
        }
    }
}
