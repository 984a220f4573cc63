using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease volume</c>: documents, tables, files, limits, wrong words.</summary>
public sealed class VolumeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public VolumeCommandTests() => _model = _folder.Write("relu.onnx", TinyOnnx.Chain(3, "Relu"));

    [Fact]
    public void Document_of_regions_has_every_documented_key()
    {
        JsonElement document = Call.Of("volume", _model, "--box", "-1,1,-1,1,-1,1", "--seed", "7", "--json").Json();
        Documents.CheckCommon(document, seed: 7);
        foreach (string key in new[] { "regions", "vertices", "edges", "faces", "volume", "domainVolume" })
            Assert.Equal(JsonValueKind.Number, document.GetProperty(key).ValueKind);
        Assert.Equal(1, document.GetProperty("eulerCharacteristic").GetInt32());
        Assert.Equal(8, document.GetProperty("volume").GetDouble(), 1e-11);
        Assert.Equal(document.GetProperty("regions").GetInt32(), document.GetProperty("regionsPerLayer").EnumerateArray().Last().GetInt32());
    }

    [Fact]
    public void Document_of_a_surface_has_every_documented_key()
    {
        JsonElement document = Call.Of("volume", _model, "--surface", "--level", "0.5", "--output-index", "1", "--json").Json();
        Documents.CheckCommon(document);
        foreach (string key in new[] { "regions", "triangles", "surfaceVertices", "boundaryEdges", "surfaceEuler", "area", "enclosedVolume", "components", "level", "output" })
            Assert.Equal(JsonValueKind.Number, document.GetProperty(key).ValueKind);
        Assert.True(document.GetProperty("watertight").GetBoolean());
        Assert.True(document.TryGetProperty("genus", out _));
    }

    [Theory]
    [InlineData(false, ".ply", "ply\n")]
    [InlineData(false, ".obj", "# Crease")]
    [InlineData(false, ".json", "{")]
    [InlineData(false, ".csv", "region,volume,class,slopeNorm,faces,vertices,codeHash\n")]
    [InlineData(false, ".npz", "PK")]
    [InlineData(true, ".ply", "ply\n")]
    [InlineData(true, ".obj", "# Crease")]
    [InlineData(true, ".json", "{")]
    [InlineData(true, ".csv", "x1,y1,z1,")]
    [InlineData(true, ".npz", "PK")]
    [InlineData(true, ".svg", "<svg")]
    [InlineData(true, ".png", "\u0089PNG")]
    [InlineData(true, ".pdf", "%PDF")]
    public void Every_ending_starts_as_such_a_file_does(bool surface, string ending, string start)
    {
        string path = _folder["result" + ending];
        Call made = Call.Of(["volume", _model, "-o", path, .. surface ? ["--surface"] : Array.Empty<string>()]);
        Assert.True(made.Status == 0, made.Errors);
        Assert.StartsWith(start, Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
        Assert.Contains("complete, exact", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        foreach (string threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Call.Of("volume", _model, "--threads", threads, "-o", _folder[threads + ".npz"]).Status);
            Assert.Equal(0, Call.Of("volume", _model, "--surface", "--threads", threads, "-o", _folder[threads + ".ply"]).Status);
        }
        foreach (string ending in new[] { ".npz", ".ply" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["3" + ending]));
    }

    [Fact]
    public void Boxes_may_be_files_and_directions()
    {
        using (FileStream file = File.Create(_folder["s.npz"]))
            SliceFile.Save(Networks.Slice.Box(-1, 1, -1, 1, -1, 1), file);
        int Regions(params string[] words) => Call.Of(["volume", _model, "--json", "--quiet", .. words]).Json().GetProperty("regions").GetInt32();
        int expected = Regions();
        Assert.Equal(expected, Regions("--slice", _folder["s.npz"]));
        Assert.Equal(expected, Regions("--direction", "0,2,0", "--direction", "0,1,-3", "--direction", "5,1,1"));
        Assert.True(Regions("--box", "-0.1,0.1,-0.1,0.1,-0.1,0.1") <= expected);
    }

    [Fact]
    public void Budget_keeps_what_was_found_and_says_so()
    {
        Call made = Call.Of("volume", _model, "--max-regions", "2", "--json", "--quiet");
        Assert.Equal(1, made.Status);
        Assert.Contains("stopped after 2 regions (budget)", made.Errors, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("budgetExhausted", document.RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("--box 0,1", 2, "--box has 2 numbers; expected xmin,xmax,ymin,ymax,zmin,zmax")]
    [InlineData("--box 0,1,1,0,0,1", 2, "expected xmin < xmax, ymin < ymax and zmin < zmax")]
    [InlineData("--level 1", 2, "--level needs --surface")]
    [InlineData("--output-index 1", 2, "--output-index needs --surface")]
    [InlineData("--surface --output-index 3", 2, "--output-index is 3; the network has outputs 0 to 2")]
    [InlineData("--max-regions 0", 2, "--max-regions is 0; expected at least 1")]
    [InlineData("--layers 2", 2, "--layers is 2; expected 1 to 1")]
    [InlineData("--direction 1,0,0", 2, "--direction is given 1 times; expected three times")]
    [InlineData("--direction 1,0,0 --direction 0,1,0 --direction 1,1,0", 2, "the three lie in one plane")]
    [InlineData("--slice nosuch.npz", 1, "nosuch.npz: no such file")]
    [InlineData("-o x.svg", 2, "accepted are .ply, .obj, .json, .csv, .npz")]
    public void Wrong_words_are_one_line(string words, int status, string said)
    {
        Call made = Call.Of(["volume", _model, .. words.Split(' ')]);
        Assert.Equal(status, made.Status);
        Assert.Contains(said, Assert.Single(made.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_that_do_not_fit_are_refused_by_name()
    {
        Assert.Contains("max pooling", Call.Of("volume", "example:digits", "--quiet").Errors, StringComparison.Ordinal);
        Assert.Contains("needs a network with 3 inputs; this one takes 2", Call.Of("volume", "example:moons", "--quiet").Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
