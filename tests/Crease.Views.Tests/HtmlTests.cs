using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Crease.Geometry;
using Xunit;

namespace Crease.Views.Tests;

public sealed class HtmlTests
{
    private const string Hostile = "</script><script>alert(\"1\")</script> & 'x' {{data}}";

    [Fact]
    public void Page_asks_nothing_of_the_network()
    {
        string page = Files.Text(Meshes.Grid(6), FigureFormat.Html);
        foreach (string forbidden in new[] { "http:", "https:", "src=", "href=", "@import", "url(", "fetch(", "import(", "//cdn" })
            Assert.DoesNotContain(forbidden, page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Embedded_data_decodes_to_the_arrays_of_the_partition()
    {
        Partition partition = Meshes.Grid(17);
        Dictionary<string, byte[]> sections = Decode(Files.Text(partition, FigureFormat.Html));
        Assert.Equal(partition.Vertices, MemoryMarshal.Cast<byte, double>(sections["vertices"]));
        Assert.Equal(partition.CodeHashes, MemoryMarshal.Cast<byte, ulong>(sections["hashes"]));
        Assert.Equal(partition.Boundary!.Ends, MemoryMarshal.Cast<byte, double>(sections["boundary"]));
        Assert.Equal(partition.Origins, Sums(sections["origins"]));
        Assert.Equal(partition.Classes, Sums(sections["classes"]));
        Assert.All(Sums(sections["corners"]), corners => Assert.Equal(4, corners));
        for (int r = 0; r < partition.RegionCount; r++)
        {
            Assert.Equal(partition.Depth(r), sections["depths"][r]);
            Assert.Equal((float)partition.SlopeNorms[r], MemoryMarshal.Cast<byte, float>(sections["norms"])[r]);
        }
        Assert.Equal(partition.EdgeCount, sections["layers"].Count(layer => layer != PartitionBlob.Skipped));
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        string page = Files.Text(Meshes.Grid(3), FigureFormat.Html, new() { Title = Hostile, ClassNames = [Hostile], Points = [new(0, 0, Hostile)] });
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(3, Count(page, "</script>"));
        using JsonDocument meta = JsonDocument.Parse(Element(page, "meta"));
        Assert.Equal(Hostile, meta.RootElement.GetProperty("title").GetString());
        Assert.Equal(Hostile, meta.RootElement.GetProperty("classNames")[0].GetString());
    }

    [Fact]
    public void Page_offers_all_colorings_and_starts_with_the_one_asked_for()
    {
        using JsonDocument meta = JsonDocument.Parse(Element(Files.Text(Meshes.Grid(3), FigureFormat.Html, new() { Color = RegionColor.Area }), "meta"));
        Assert.Equal("Area", meta.RootElement.GetProperty("color").GetString());
        Assert.Equal(Enum.GetNames<RegionColor>(), meta.RootElement.GetProperty("colorings").EnumerateArray().Select(c => c.GetProperty("key").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Partitions_without_boundary_have_an_empty_section(bool whole)
    {
        Partition partition = whole ? Meshes.Single() : Meshes.Grid(4, boundary: false);
        Assert.Empty(Decode(Files.Text(partition, FigureFormat.Html))["boundary"]);
    }

    private static Dictionary<string, byte[]> Decode(string page)
    {
        using JsonDocument meta = JsonDocument.Parse(Element(page, "meta"));
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(Element(page, "data"))), CompressionMode.Decompress);
        var sections = new Dictionary<string, byte[]>();
        foreach (JsonElement section in meta.RootElement.GetProperty("sections").EnumerateArray())
        {
            int count = section.GetProperty("count").GetInt32();
            int size = section.GetProperty("kind").GetString() switch { "u8" => 1, "f64" or "u64" => 8, _ => 4 };
            var planes = new byte[size * count];
            gzip.ReadExactly(planes);
            var joined = new byte[planes.Length];
            for (int i = 0; i < joined.Length; i++)
                joined[i] = planes[i % size * count + i / size];
            sections[section.GetProperty("name").GetString()!] = joined;
        }
        Assert.Equal(-1, gzip.ReadByte());
        return sections;
    }

    private static int[] Sums(byte[] bytes)
    {
        var values = new int[bytes.Length / 4];
        for (int i = 0, value = 0; i < values.Length; i++)
        {
            uint folded = MemoryMarshal.Cast<byte, uint>(bytes)[i];
            values[i] = value += (int)(folded >> 1) ^ -(int)(folded & 1);
        }
        return values;
    }

    private static string Element(string page, string id)
    {
        int start = page.IndexOf('>', page.IndexOf($"id=\"{id}\"", StringComparison.Ordinal)) + 1;
        return page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
