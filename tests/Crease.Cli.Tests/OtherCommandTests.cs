using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease explain</c>, <c>network</c>, <c>demo</c> and the words around them.</summary>
public sealed class OtherCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Explain_document_is_an_affine_map_that_meets_the_output()
    {
        JsonElement document = Call.Of("explain", "example:digits", "--at", "example:digits:4", "--json").Json();
        Documents.CheckCommon(document);
        double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(entry => entry.GetDouble())];
        double[] input = Numbers(document.GetProperty("input")), output = Numbers(document.GetProperty("output"));
        double[] slopes = Numbers(document.GetProperty("affineMap").GetProperty("slopes")), offsets = Numbers(document.GetProperty("affineMap").GetProperty("offsets"));
        Assert.Equal((64, 10, 640), (input.Length, output.Length, slopes.Length));
        for (int o = 0; o < output.Length; o++)
            Assert.Equal(output[o], offsets[o] + input.Select((x, i) => x * slopes[o * 64 + i]).Sum(), 1e-9);
        Assert.Equal(Array.IndexOf(output, output.Max()), document.GetProperty("class").GetInt32());
        foreach (JsonElement layer in document.GetProperty("layers").EnumerateArray())
        {
            Assert.True(layer.GetProperty("code").GetArrayLength() > 0);
            foreach (string key in new[] { "creaseDistance", "creaseDistanceIsExact", "centroidNorm", "centroidDistance", "radius" })
                Assert.True(layer.TryGetProperty(key, out _), key);
        }
        Assert.True(document.GetProperty("regionDistance").GetDouble() >= 0);
        Assert.True(document.TryGetProperty("boundaryDistance", out _) && document.TryGetProperty("boundaryDistanceIsExact", out _));
    }

    [Fact]
    public void Explain_table_names_what_is_exact()
    {
        Call made = Call.Of("explain", "example:moons", "--at", "-0.25,1");
        Assert.Equal((0, ""), (made.Status, made.Errors));
        foreach (string row in new[] { "class", "affine map", "template", "region border", "decision boundary", "layer" })
            Assert.Contains("\n" + row, "\n" + made.Output, StringComparison.Ordinal);
        Assert.Contains("(exact", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_saves_documents_and_arrays()
    {
        Assert.Equal(0, Call.Of("explain", "example:moons", "--at", "0,0", "-o", _folder["e.json"], "-o", _folder["e.npz"]).Status);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder["e.json"]));
        Npy[] arrays = Npz.Read(_folder["e.npz"], "slopes", "offsets", "input", "output", "crease_distances");
        Assert.Equal(document.RootElement.GetProperty("affineMap").GetProperty("outputs").GetInt32(), arrays[0].Extents[0]);
        Assert.Equal(arrays[3].Values, arrays[1].Values);
    }

    [Fact]
    public void Network_lists_nodes_and_says_whether_it_can_be_cut()
    {
        JsonElement document = Call.Of("network", "example:digits", "--json").Json();
        Documents.CheckCommon(document);
        Assert.True(document.GetProperty("piecewiseAffine").GetBoolean());
        Assert.Equal(document.GetProperty("parameters").GetInt64(), document.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("parameters").GetInt64()));
        Assert.Equal(document.GetProperty("flops").GetInt64(), document.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("flops").GetInt64()));
        Call smooth = Call.Of("network", _folder.Write("smooth.onnx", TinyOnnx.Chain("Erf")));
        Assert.Equal((0, ""), (smooth.Status, smooth.Errors));
        Assert.Contains("'crease partition' does not", smooth.Output, StringComparison.Ordinal);
        Assert.Contains("accepts it", Call.Of("network", "example:moons").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_saves_its_document()
    {
        Assert.Equal(0, Call.Of("network", "example:moons", "-o", _folder["n.json"]).Status);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder["n.json"]));
        Assert.Equal(2, document.RootElement.GetProperty("inputShape")[0].GetInt32());
    }

    [Fact]
    public async Task Demo_draws_in_the_current_folder_and_tells_five_lines()
    {
        Call made = await ProcessCall.Of(_folder.Path, null, "demo");
        Assert.Equal((0, ""), (made.Status, made.Errors));
        string[] lines = made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.Equal("saved crease-demo.svg, crease-demo.html", lines[5].TrimEnd());
        Assert.Equal([_folder["crease-demo.html"], _folder["crease-demo.svg"]], Directory.GetFiles(_folder.Path).Order());
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.True(new FileInfo(file).Length > 10_000, file));
    }

    [Fact]
    public void Demo_document_is_that_of_the_partition()
    {
        JsonElement document = Call.Of("demo", "--json", "-o", _folder["d.svg"]).Json();
        Documents.CheckCommon(document);
        Assert.Equal(1, document.GetProperty("eulerCharacteristic").GetInt32());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("partition --help")]
    [InlineData("explain --help")]
    [InlineData("segment --help")]
    public void Help_and_version_are_not_errors(string call)
    {
        Call made = Call.Of(call.Split(' '));
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.NotEmpty(made.Output);
    }

    public void Dispose() => _folder.Dispose();
}
