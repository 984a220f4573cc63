using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease explain --data</c>, <c>layers</c>, <c>distances</c>, <c>codes</c> and <c>soften</c>.</summary>
public sealed class TemplateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Explain_splits_scores_and_crosses_the_nearest_wall()
    {
        JsonElement document = Call.Of("explain", "example:moons", "--at", "example:moons:0", "--bound", "--json").Json();
        Documents.CheckCommon(document);
        JsonElement[] scores = [.. document.GetProperty("scores").EnumerateArray()];
        double[] output = [.. document.GetProperty("output").EnumerateArray().Select(value => value.GetDouble())];
        for (int o = 0; o < output.Length; o++)
            Assert.Equal(output[o], scores[o].GetProperty("match").GetDouble() + scores[o].GetProperty("offset").GetDouble(), 1e-10);
        JsonElement wall = document.GetProperty("wall"), lipschitz = document.GetProperty("lipschitz");
        Assert.Equal(document.GetProperty("regionDistance").GetDouble(), wall.GetProperty("distance").GetDouble());
        Assert.Equal(1, wall.GetProperty("foldingUnits").GetInt32());
        Assert.InRange(wall.GetProperty("bendRadians").GetDouble(), 0, Math.PI);
        Assert.InRange(lipschitz.GetProperty("local").GetDouble(), 0, lipschitz.GetProperty("bound").GetDouble());
        Assert.False(document.GetProperty("convexity").GetProperty("isConvex").GetBoolean());
        Assert.Matches("^[0-9a-f]{16}$", document.GetProperty("codeHash").GetString());
    }

    [Fact]
    public void Explain_draws_templates_of_numbers_and_images()
    {
        Assert.Equal(0, Call.Of("explain", "example:digits", "--at", "example:digits:4", "-o", _folder["t.svg"], "-o", _folder["t.png"]).Status);
        Assert.Contains("<image", File.ReadAllText(_folder["t.svg"]), StringComparison.Ordinal);
        Assert.Equal(0, Call.Of("explain", "example:moons", "--at", "0,1", "-o", _folder["m.svg"]).Status);
        Assert.Contains(">input<", File.ReadAllText(_folder["m.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_saves_centroids_of_a_network_and_of_a_series()
    {
        JsonElement document = Call.Of("explain", "example:moons", "--at", "example:moons:0", "--json", "-o", _folder["c.npz"], "--centroids", _folder["c.svg"]).Json();
        JsonElement[] layers = [.. document.GetProperty("layers").EnumerateArray()];
        Npy[] arrays = Npz.Read(_folder["c.npz"], "centroids", "radii");
        Assert.Equal([layers.Length, 2], arrays[0].Extents);
        for (int l = 0; l < layers.Length; l++)
        {
            double[] centroid = [.. layers[l].GetProperty("centroid").EnumerateArray().Select(value => value.GetDouble())];
            Assert.Equal(layers[l].GetProperty("centroidNorm").GetDouble(), Math.Sqrt(centroid.Sum(value => value * value)), 1e-9);
            Assert.Equal(centroid, arrays[0].Values[(2 * l)..(2 * l + 2)]);
        }
        Assert.Contains(">relu1<", File.ReadAllText(_folder["c.svg"]), StringComparison.Ordinal);

        Assert.Equal(0, Call.Of("normalization", "example:moons", "--data", "example:moons", "--distance-samples", "0", "--batches", "2", "-o", _folder["step-1.safetensors"]).Status);
        File.Copy(_folder["step-1.safetensors"], _folder["step-20.safetensors"]);
        Assert.Equal(0, Call.Of("explain", _folder["step-20.safetensors"], "--at", "0,1", "--centroids", _folder["one.svg"]).Status);
        Assert.Equal(0, Call.Of("explain", _folder.Path, "--at", "0,1", "--centroids", _folder["both.svg"]).Status);
        foreach (string step in new[] { ">step 1<", ">step 20<" })
        {
            Assert.DoesNotContain(step, File.ReadAllText(_folder["one.svg"]), StringComparison.Ordinal);
            Assert.Contains(step, File.ReadAllText(_folder["both.svg"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Explain_takes_many_inputs()
    {
        JsonElement document = Call.Of("explain", "example:digits", "--data", "example:digits", "--samples", "40", "--json", "-o", _folder["t.npz"], "-o", _folder["t.csv"], "-o", _folder["t.svg"]).Json();
        Documents.CheckCommon(document);
        Assert.Equal(40, document.GetProperty("samples").GetInt32());
        Assert.InRange(document.GetProperty("meanAbsoluteCosine").GetDouble(), 0.01, 0.99);
        Assert.InRange(document.GetProperty("identityError").GetDouble(), 0, 1e-10);
        Assert.Contains("limited by the samples", document.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Npy[] arrays = Npz.Read(_folder["t.npz"], "slopes", "offsets", "scores");
        Assert.Equal([40, 10, 64], arrays[0].Extents);
        Assert.Equal(46, File.ReadAllLines(_folder["t.csv"]).Length);
    }

    [Fact]
    public void Layers_count_regions_and_mark_a_unit()
    {
        JsonElement document = Call.Of("layers", "example:moons", "--json", "--unit", "2:3", "--boundary", "-o", _folder["l.svg"]).Json();
        Documents.CheckCommon(document);
        JsonElement partition = Call.Of("partition", "example:moons", "--json").Json();
        Assert.Equal(partition.GetProperty("regionsPerLayer").ToString(), document.GetProperty("regionsPerLayer").ToString());
        JsonElement marked = document.GetProperty("marked");
        Assert.Equal((1, 3), (marked.GetProperty("layer").GetInt32(), marked.GetProperty("unit").GetInt32()));
        Assert.InRange(marked.GetProperty("bends").GetInt32(), 1, marked.GetProperty("edges").GetInt32());
        Assert.Contains("orange: layer 2, unit 3", File.ReadAllText(_folder["l.svg"]), StringComparison.Ordinal);
        // A first-layer crease is a straight line.
        Assert.Equal(0, Call.Of("layers", "example:moons", "--json", "--unit", "1:0").Json().GetProperty("marked").GetProperty("bends").GetInt32());
    }

    [Fact]
    public void Layers_that_do_not_fit_the_budget_say_so()
    {
        Call made = Call.Of("layers", "example:spirals", "--max-regions", "50", "--json");
        Assert.Equal(1, made.Status);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("budgetExhausted", document.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void Distances_are_those_of_explain()
    {
        JsonElement document = Call.Of("distances", "example:moons", "--data", "example:moons", "--samples", "30", "--json", "-o", _folder["d.csv"], "-o", _folder["d.npz"], "-o", _folder["d.html"]).Json();
        Documents.CheckCommon(document);
        JsonElement[] layers = [.. document.GetProperty("networks")[0].GetProperty("layers").EnumerateArray()];
        Assert.Equal(30, layers.Sum(layer => layer.GetProperty("nearestFor").GetInt32()));
        Assert.All(layers, layer => Assert.Equal(30, layer.GetProperty("histogram").EnumerateArray().Sum(count => count.GetInt32())));
        Assert.True(layers[1].GetProperty("cumulativeMedian").GetDouble() <= layers[0].GetProperty("cumulativeMedian").GetDouble());
        double[] row = [.. File.ReadAllLines(_folder["d.csv"])[1].Split(',')[2..].Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        JsonElement explained = Call.Of("explain", "example:moons", "--at", "example:moons:0", "--json").Json().GetProperty("layers");
        Assert.Equal(explained.EnumerateArray().Select(layer => layer.GetProperty("creaseDistance").GetDouble()), row);
        Assert.Equal([1, 30, 2], Npz.Read(_folder["d.npz"], "distances")[0].Extents);
    }

    [Fact]
    public void Distances_of_several_networks_have_a_row_each()
    {
        JsonElement document = Call.Of("distances", "example:moons", "example:moons", "--data", "example:moons", "--samples", "10", "--json", "-o", _folder["d.svg"]).Json();
        Assert.Equal(2, document.GetProperty("networks").GetArrayLength());
        Assert.Contains("over 2 networks", File.ReadAllText(_folder["d.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_find_neighbors_and_groups_of_digits()
    {
        JsonElement document = Call.Of("codes", "example:digits", "--data", "example:optdigits", "--samples", "300", "--clusters", "10", "--json", "-o", _folder["c.svg"], "-o", _folder["c.npz"], "-o", _folder["c.csv"]).Json();
        Documents.CheckCommon(document);
        Assert.True(document.GetProperty("neighborLabelAgreement").GetDouble() > 0.9);
        Assert.True(document.GetProperty("clusters").GetProperty("purity").GetDouble() > 0.5);
        Assert.Equal(300, document.GetProperty("neighbors").GetArrayLength());
        Npy[] arrays = Npz.Read(_folder["c.npz"], "distances", "neighbors");
        Assert.Equal([300, 300], arrays[0].Extents);
        Assert.Equal([300, 5], arrays[1].Extents);
        Assert.Equal(301, File.ReadAllLines(_folder["c.csv"]).Length);
    }

    [Fact]
    public void A_soft_network_is_saved_and_other_verbs_take_it()
    {
        string soft = _folder["soft.safetensors"];
        Assert.Equal(0, Call.Of("soften", "example:moons", "--data", "example:moons", "--beta", "0.8", "-o", soft, "--quiet").Status);
        Assert.Contains("soft relu", Call.Of("network", soft).Output, StringComparison.Ordinal);
        Assert.Equal(0, Call.Of("complexity", soft, "--data", "example:moons", "--samples", "20", "--quiet").Status);
        Assert.Equal(0, Call.Of("attack", soft, "--data", "example:moons", "--attack", "fgsm", "--norm", "linf", "--epsilon", "0.1", "--samples", "20", "--quiet").Status);
        Assert.Equal(0, Call.Of("kernel", soft, "--data", "example:moons", "--samples", "20", "--quiet").Status);
        Call.Of("explain", soft, "--at", "0,0", "--quiet").MustRefuse(1, "smooth");
        Call.Of("soften", "example:moons", "--data", "example:moons", "-o", _folder["other.safetensors"], "--quiet").MustRefuse(2, "saves one soft network and --beta holds 12 numbers; give one");
        Call.Of("soften", "example:digits", "--data", "example:digits", "--beta", "0.8", "-o", _folder["other.safetensors"], "--quiet").MustRefuse(1, "of another network");
    }

    [Fact]
    public void Soft_networks_come_near_the_hard_one()
    {
        JsonElement document = Call.Of("soften", "example:digits", "--data", "example:digits", "--beta", "0.2,0.9,0.999", "--json", "-o", _folder["s.svg"]).Json();
        Documents.CheckCommon(document);
        JsonElement[] points = [.. document.GetProperty("points").EnumerateArray()];
        Assert.True(points[2].GetProperty("agreement").GetDouble() >= points[0].GetProperty("agreement").GetDouble());
        Assert.True(points[2].GetProperty("difference").GetDouble() < 0.1 * points[0].GetProperty("difference").GetDouble());
        Assert.Equal(0, Call.Of("soften", "example:moons", "--data", "example:moons").Status);
    }

    [Fact]
    public void Codes_say_how_many_samples_share_a_region()
    {
        Assert.Contains("no two samples share one", Call.Of("codes", "example:digits", "--data", "example:digits").Output, StringComparison.Ordinal);
        string twice = _folder.Write("twice.csv", "x,z\n0,1\n0,1\n0,1\n1,0\n");
        Assert.Contains("2 distinct codes, 2 distinct affine maps; at most 3 samples share one", Call.Of("codes", "example:moons", "--data", twice).Output, StringComparison.Ordinal);
        Assert.Contains("--neighbors is 4; expected 1 to 3", Call.Of("codes", "example:moons", "--data", twice, "--neighbors", "4").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Bench_compares_templates_with_forward_passes()
    {
        JsonElement timing = Assert.Single(Call.Of("bench", "templates", "--case", "784-200", "--samples", "70", "--repeats", "1", "--json").Json().GetProperty("cases").EnumerateArray());
        Assert.Equal((70, 10), (timing.GetProperty("samples").GetInt32(), timing.GetProperty("classes").GetInt32()));
        Assert.Equal(10 * timing.GetProperty("forwardSeconds").GetDouble() / timing.GetProperty("templateSeconds").GetDouble(), timing.GetProperty("ratio").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData("explain", "example:digits", "--data")]
    [InlineData("distances", "example:digits", "--data")]
    [InlineData("codes", "example:digits", "--data")]
    public void Threads_change_no_byte(string verb, string model, string option)
    {
        string[] files = [_folder["a.npz"], _folder["b.npz"]];
        for (int i = 0; i < 2; i++)
            Assert.Equal(0, Call.Of(verb, model, option, "example:digits", "--samples", "30", "--threads", $"{1 + 4 * i}", "-o", files[i]).Status);
        Assert.Equal(File.ReadAllBytes(files[0]), File.ReadAllBytes(files[1]));
    }

    public void Dispose() => _folder.Dispose();
}
