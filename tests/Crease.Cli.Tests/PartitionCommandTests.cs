using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease partition</c>: documents, tables, files, limits.</summary>
public sealed class PartitionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_has_every_documented_key_and_finite_numbers()
    {
        JsonElement document = Call.Of("partition", "example:moons", "--boundary", "--seed", "7", "--json").Json();
        Documents.CheckCommon(document, seed: 7);
        foreach (string key in new[] { "regions", "vertices", "edges", "area", "domainArea", "eulerCharacteristic", "dimension", "distinctAffineMaps", "seconds" })
            Assert.Equal(JsonValueKind.Number, document.GetProperty(key).ValueKind);
        Assert.Equal(1, document.GetProperty("eulerCharacteristic").GetInt32());
        Assert.Equal(document.GetProperty("domainArea").GetDouble(), document.GetProperty("area").GetDouble(), 1e-9);
        Assert.Equal(document.GetProperty("regions").GetInt32(), document.GetProperty("regionsPerLayer").EnumerateArray().Last().GetInt32());
        Assert.True(document.GetProperty("boundary").GetProperty("segments").GetInt32() > 0);
        Assert.True(document.GetProperty("boundary").GetProperty("length").GetDouble() > 0);
        foreach (string name in new[] { "area", "eccentricity", "vertices", "slopeNorm", "centrality" })
        {
            JsonElement summary = document.GetProperty("statistics").GetProperty(name);
            foreach (string key in new[] { "mean", "std", "min", "max" })
                Assert.Equal(JsonValueKind.Number, summary.GetProperty(key).ValueKind);
        }
        Assert.True(document.GetProperty("cost").GetProperty("flops").GetDouble() > 0);
        Assert.True(document.GetProperty("cost").GetProperty("peakBytes").GetInt64() > 0);
        Assert.NotEmpty(document.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public void Certified_documents_say_so_and_what_it_took()
    {
        JsonElement document = Call.Of("partition", "example:moons", "--certified", "--json").Json(), plain = Call.Of("partition", "example:moons", "--json").Json();
        Assert.Equal("certified", document.GetProperty("exactness").GetString());
        Assert.Equal("exact", plain.GetProperty("exactness").GetString());
        Assert.Equal(plain.GetProperty("regions").GetInt32(), document.GetProperty("regions").GetInt32());
        Assert.True(document.GetProperty("cost").GetProperty("exactDecisions").GetInt64() >= 0);
        Assert.InRange(document.GetProperty("cost").GetProperty("roundingBound").GetDouble(), double.Epsilon, 1e-6);
    }

    [Fact]
    public void A_tiny_viewport_is_cut_like_the_whole()
    {
        JsonElement document = Call.Of("partition", "example:moons", "--viewport", "0.5,0.25,1e-9,2e-9", "--json").Json();
        Assert.Equal(2e-18, document.GetProperty("domainArea").GetDouble(), 1e-27);
        Assert.Equal(1, document.GetProperty("eulerCharacteristic").GetInt32());
        Assert.True(document.GetProperty("regions").GetInt32() >= 1);
    }

    [Fact]
    public void Without_boundary_it_is_null()
    {
        JsonElement document = Call.Of("partition", "example:moons", "--json").Json();
        Assert.Equal(JsonValueKind.Null, document.GetProperty("boundary").ValueKind);
    }

    [Fact]
    public void Table_is_short_and_aligned()
    {
        Call made = Call.Of("partition", "example:circles", "--boundary");
        Assert.Equal(0, made.Status);
        string[] lines = made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 6, 14);
        Assert.All(lines, line => Assert.True(line[18] == ' ' && line[19] != ' ', line));
        Assert.StartsWith("regions ", lines[0], StringComparison.Ordinal);
        Assert.Contains("complete, exact", made.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".svg", "<svg")]
    [InlineData(".png", "\u0089PNG")]
    [InlineData(".pdf", "%PDF")]
    [InlineData(".html", "<!doctype html")]
    [InlineData(".json", "{")]
    [InlineData(".csv", "region,area,class,slopeNorm,depth,vertices,codeHash\n")]
    public void Every_ending_starts_as_such_a_file_does(string ending, string start)
    {
        string path = _folder["result" + ending];
        Call made = Call.Of("partition", "example:moons", "--boundary", "-o", path);
        Assert.Equal(0, made.Status);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.Contains(start, text[..Math.Min(200, text.Length)], StringComparison.OrdinalIgnoreCase);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Table_file_has_a_row_per_region_and_document_file_is_the_document()
    {
        Call made = Call.Of("partition", "example:moons", "-o", _folder["r.csv"], "-o", _folder["r.json"]);
        Assert.Equal(0, made.Status);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder["r.json"]));
        Assert.Equal(document.RootElement.GetProperty("regions").GetInt32(), File.ReadAllLines(_folder["r.csv"]).Length - 1);
    }

    [Fact]
    public void Archive_holds_the_mesh()
    {
        Assert.Equal(0, Call.Of("partition", "example:moons", "-o", _folder["r.npz"]).Status);
        using ZipArchive zip = ZipFile.OpenRead(_folder["r.npz"]);
        string[] names = [.. zip.Entries.Select(entry => entry.Name[..^4])];
        foreach (string name in new[] { "vertices", "first_half_edges", "origins", "twins", "creases", "areas", "classes", "slope_norms", "code_hashes" })
            Assert.Contains(name, names);
        Npy[] arrays = Npz.Read(_folder["r.npz"], "vertices", "first_half_edges", "origins", "twins", "areas");
        int regions = arrays[4].Values.Length;
        Assert.Equal([regions + 1], arrays[1].Extents);
        Assert.Equal(arrays[2].Values.Length, arrays[1].Values[^1]);
        Assert.All(arrays[2].Values, origin => Assert.InRange(origin, 0, arrays[0].Extents[0] - 1));
        for (int h = 0; h < arrays[3].Values.Length; h++)
            Assert.True(arrays[3].Values[h] < 0 || arrays[3].Values[(int)arrays[3].Values[h]] == h, $"half-edge {h}");
    }

    [Fact]
    public void Budget_keeps_what_was_found_and_says_so()
    {
        Call made = Call.Of("partition", "example:moons", "--max-regions", "10", "--json", "--quiet", "-o", _folder["r.csv"]);
        Assert.Equal(1, made.Status);
        Assert.Single(made.ErrorLines);
        Assert.Contains("stopped after 10 regions (budget)", made.Errors, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("budgetExhausted", document.RootElement.GetProperty("status").GetString());
        Assert.Equal(11, File.ReadAllLines(_folder["r.csv"]).Length);
    }

    [Fact]
    public void Interrupted_is_130()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Call made = Call.Of(stop.Token, "partition", "example:digits", "--anchors", "example:digits:0,1,2", "--quiet");
        Assert.Equal(130, made.Status);
        Assert.Single(made.ErrorLines);
    }

    [Theory]
    [InlineData(".svg")]
    [InlineData(".png")]
    [InlineData(".pdf")]
    [InlineData(".html")]
    [InlineData(".json")]
    [InlineData(".csv")]
    [InlineData(".npz")]
    public void Interrupted_before_the_first_region_it_still_saves(string ending)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Call made = Call.Of(stop.Token, "partition", "example:moons", "--boundary", "--quiet", "--json", "-o", _folder["r" + ending]);
        Assert.Equal((130, "crease: interrupted after 0 regions; what was found is kept\n"), (made.Status, made.Errors));
        Assert.True(new FileInfo(_folder["r" + ending]).Length > 0);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal(0, document.RootElement.GetProperty("regions").GetInt32());
    }

    [Fact]
    public void Time_limit_is_a_budget()
    {
        Call made = Call.Of("partition", "example:moons", "--time-limit", "1e-12", "--quiet");
        Assert.Equal((1, "crease: stopped after 0 regions (time limit of 1E-07 s); raise --time-limit, narrow the slice, or say --layers\n"), (made.Status, made.Errors));
        Assert.Equal(0, Call.Of("partition", "example:moons", "--time-limit", "86400", "--quiet").Status);
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        foreach (string threads in new[] { "1", "4" })
            Assert.Equal(0, Call.Of("partition", "example:spirals", "--boundary", "--threads", threads, "-o", _folder[threads + ".npz"], "-o", _folder[threads + ".svg"]).Status);
        foreach (string ending in new[] { ".npz", ".svg" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["4" + ending]));
    }

    [Fact]
    public void Default_domain_and_softmax_are_noted_unless_quiet()
    {
        string model = _folder.Write("soft.onnx", TinyOnnx.Chain("Relu", "Softmax"));
        Call made = Call.Of("partition", model, "--boundary");
        Assert.Equal(0, made.Status);
        Assert.Contains("the domain is [-1, 1] x [-1, 1]", made.Errors, StringComparison.Ordinal);
        Assert.Contains("Softmax_4", made.Errors, StringComparison.Ordinal);
        Assert.Empty(Call.Of("partition", model, "--quiet").Errors);
    }

    [Fact]
    public void Slices_may_be_files_anchors_boxes_and_directions()
    {
        string model = _folder.Write("relu.onnx", TinyOnnx.Chain("Relu"));
        using (FileStream file = File.Create(_folder["s.npz"]))
            SliceFile.Save(Networks.Slice.Box(-1, 1, -1, 1), file);
        int Regions(params string[] words) => Call.Of(["partition", model, "--json", "--quiet", .. words]).Json().GetProperty("regions").GetInt32();
        int expected = Regions();
        Assert.Equal(expected, Regions("--slice", _folder["s.npz"]));
        Assert.Equal(expected, Regions("--box", "-1,1,-1,1"));
        Assert.Equal(expected, Regions("--box", "-1,1,-1,1", "--origin", "0,0", "--direction", "3,0", "--direction", "0,2"));
        Assert.Equal(expected, Regions("--box", "-1,1,-1,1", "--origin", "0,0", "--direction", "0,1", "--direction", "-1,0"));
        Assert.True(Regions("--anchors", "example:moons:0,1,2") >= 1);
        Assert.Equal(Regions("--anchors", "example:moons:0,1", "--seed", "3"), Regions("--anchors", "example:moons:0,1", "--seed", "3"));
    }

    [Fact]
    public void Layers_and_colors_are_accepted()
    {
        Assert.Equal(1, Call.Of("partition", "example:moons", "--layers", "1", "--json").Json().GetProperty("regionsPerLayer").GetArrayLength());
        foreach (string color in new[] { "slope", "class", "area", "depth", "random" })
            Assert.Equal(0, Call.Of("partition", "example:moons", "--color", color, "--title", "a < b & c", "--width", "400", "-o", _folder[color + ".svg"]).Status);
    }

    public void Dispose() => _folder.Dispose();
}
