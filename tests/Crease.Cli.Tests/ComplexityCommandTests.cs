using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease complexity</c>: documents, tables, files, wrong calls.</summary>
public sealed class ComplexityCommandTests : IDisposable
{
    private static readonly string[] Digits = ["complexity", "example:digits", "--data", "example:digits", "--radius", "0.1", "--samples", "40"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_has_layers_that_add_up_to_the_total()
    {
        JsonElement document = Call.Of([.. Digits, "--random", "--per-sample", "--deformation", "--seeds", "3", "--seed", "7", "--json"]).Json();
        Documents.CheckCommon(document, 7, "sampled");
        Assert.Equal((25, 50), (document.GetProperty("directions").GetInt32(), document.GetProperty("vertices").GetInt32()));
        Assert.Equal("shared", document.GetProperty("sharing").GetString());
        Assert.False(document.GetProperty("approximate").GetBoolean());
        JsonElement[] layers = [.. document.GetProperty("layers").EnumerateArray()];
        Assert.Equal(["relu", "relu", "relu", "logits"], layers.Select(layer => layer.GetProperty("kind").GetString()!));
        Assert.Equal([true, false, false, false], layers.Select(layer => layer.GetProperty("exact").GetBoolean()));
        foreach (string points in new[] { "data", "random" })
        {
            JsonElement found = document.GetProperty(points);
            Assert.Equal(40, found.GetProperty("samples").GetInt32());
            double[] means = [.. found.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("mean").GetDouble())];
            Assert.Equal(means[..^1].Sum(), found.GetProperty("total").GetProperty("mean").GetDouble(), 1e-9);
            int[][] counts = [.. found.GetProperty("counts").EnumerateArray().Select(row => row.EnumerateArray().Select(entry => entry.GetInt32()).ToArray())];
            Assert.Equal(means[0], counts.Average(row => row[0]), 1e-9);
            Assert.True(found.GetProperty("total").GetProperty("standardErrorOverSamples").GetDouble() > 0);
        }
        Assert.Equal("uniform in [0, 1]", document.GetProperty("random").GetProperty("source").GetString());
        Assert.Equal(3, document.GetProperty("directionSeeds").GetProperty("means").GetArrayLength());
        Assert.Equal(document.GetProperty("data").GetProperty("total").GetProperty("mean").GetDouble(), document.GetProperty("directionSeeds").GetProperty("means")[0].GetDouble());
        Assert.Equal(0.2 * Math.Sqrt(2), document.GetProperty("deformation").GetProperty("inputDiameter").GetDouble(), 1e-12);
    }

    [Fact]
    public void Logits_are_added_when_asked_for_and_ranges_of_random_points_are_taken()
    {
        JsonElement without = Call.Of([.. Digits, "--json"]).Json(), with = Call.Of([.. Digits, "--include-logits", "--json"]).Json();
        double Total(JsonElement document) => document.GetProperty("data").GetProperty("total").GetProperty("mean").GetDouble();
        double logits = with.GetProperty("data").GetProperty("layers").EnumerateArray().Last().GetProperty("mean").GetDouble();
        Assert.Equal(Total(without) + logits, Total(with), 1e-9);
        Assert.True(logits > 0);
        Assert.Equal("uniform in [-1, 2]", Call.Of("complexity", "example:moons", "--random=-1,2", "--json").Json().GetProperty("random").GetProperty("source").GetString());
    }

    [Fact]
    public void Table_is_short_and_aligned()
    {
        Call made = Call.Of([.. Digits, "--random"]);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        string[] lines = made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 8, 12);
        Assert.All(lines, line => Assert.True(line[18] == ' ' && line[19] != ' ', line));
        Assert.Contains("(not in the total)", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Smooth_networks_are_accepted_and_called_approximate()
    {
        string model = _folder.Write("smooth.onnx", TinyOnnx.Chain("Erf"));
        JsonElement document = Call.Of("complexity", model, "--random", "--json").Json();
        Assert.True(document.GetProperty("approximate").GetBoolean());
        Assert.Contains("approximate", Call.Of("complexity", model, "--random").Output, StringComparison.Ordinal);
        Assert.Equal(0, Call.Of("complexity", model, "--map", "20", "-o", _folder["m.svg"], "--quiet").Status);
        Assert.Contains("approximate", File.ReadAllText(_folder["m.svg"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".svg", "<svg")]
    [InlineData(".png", "\u0089PNG")]
    [InlineData(".pdf", "%PDF")]
    [InlineData(".json", "{")]
    [InlineData(".csv", "s,t,total\n")]
    [InlineData(".npz", "PK")]
    public void Maps_save_under_every_ending(string ending, string start)
    {
        string path = _folder["map" + ending];
        Assert.Equal(0, Call.Of("complexity", "example:moons", "--box=-2,2,-1,1", "--map", "40", "--title", "a < b & c", "--width", "500", "-o", path).Status);
        Assert.StartsWith(start, Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Pixels_of_a_map_are_counts_at_their_centers()
    {
        Assert.Equal(0, Call.Of("complexity", "example:moons", "--box=-2,2,-1,1", "--map", "16", "-o", _folder["m.npz"], "-o", _folder["m.csv"]).Status);
        Npy[] arrays = Npz.Read(_folder["m.npz"], "total", "extent");
        Assert.Equal([8, 16], arrays[0].Extents);
        Assert.Equal([-2, 2, -1, 1], arrays[1].Values);
        string[] rows = File.ReadAllLines(_folder["m.csv"]);
        Assert.Equal(1 + 8 * 16, rows.Length);
        string points = _folder.Write("points.csv", string.Join('\n', rows.Skip(1).Select(row => string.Join(',', row.Split(',')[..2]))));
        Assert.Equal(0, Call.Of("complexity", "example:moons", "--data", points, "-o", _folder["c.npz"]).Status);
        Assert.Equal(arrays[0].Values, Npz.Read(_folder["c.npz"], "data_totals")[0].Values);
        Assert.True(arrays[0].Values.Max() > 0);
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        foreach (string threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Call.Of([.. Digits, "--random", "--own-directions", "--threads", threads, "-o", _folder[threads + ".npz"], "-o", _folder[threads + ".csv"]]).Status);
            Assert.Equal(0, Call.Of("complexity", "example:spirals", "--map", "60", "--threads", threads, "-o", _folder[threads + ".svg"], "--quiet").Status);
        }
        foreach (string ending in new[] { ".npz", ".csv", ".svg" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["3" + ending]));
    }

    [Theory]
    [InlineData("example:moons", 2, "needs --data DATA, --random or --map N")]
    [InlineData("example:moons --data example:moons --directions 3", 2, "--directions is 3; the network takes 2 inputs, so 1 to 2 orthonormal directions exist")]
    [InlineData("example:moons --data example:moons --directions 0", 2, "--directions is 0; expected at least 1")]
    [InlineData("example:moons --data example:moons --radius 0", 2, "--radius is 0; expected a positive number")]
    [InlineData("example:moons --data example:moons --radius wide", 2, "--radius is 'wide'; expected a number")]
    [InlineData("example:moons --data example:moons --samples 0", 2, "--samples is 0; expected 1 to 1000000")]
    [InlineData("example:moons --data example:moons --seeds 1", 2, "--seeds is 1; expected 2 to 1000")]
    [InlineData("example:moons --random 1,0", 2, "--random is '1,0'; expected lo,hi with lo < hi")]
    [InlineData("example:moons --random --seeds 3", 2, "--seeds needs --data DATA")]
    [InlineData("example:moons --random --deformation --directions 1", 2, "--deformation needs at least 2 directions")]
    [InlineData("example:moons --map 30 --deformation", 2, "--deformation needs --data DATA or --random")]
    [InlineData("example:moons --map 1", 2, "--map is 1; expected 2 to 8192")]
    [InlineData("example:digits --map 30", 2, "so the slice must be said")]
    [InlineData("example:moons --random -o x.png", 2, "accepted are .json, .csv, .npz")]
    [InlineData("example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2")]
    [InlineData("example:moons --data nosuch.csv", 1, "nosuch.csv: no such file")]
    [InlineData("nosuch.onnx --random", 1, "nosuch.onnx: no such file")]
    public void Wrong_calls_are_one_line(string words, int status, string says)
    {
        Call.Of(["complexity", .. words.Split(' '), "--quiet"]).MustRefuse(status, says);
    }

    [Fact]
    public void Interrupted_is_130()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Call made = Call.Of(stop.Token, [.. Digits, "--quiet"]);
        Assert.Equal((130, 1), (made.Status, made.ErrorLines.Length));
    }

    public void Dispose() => _folder.Dispose();
}
