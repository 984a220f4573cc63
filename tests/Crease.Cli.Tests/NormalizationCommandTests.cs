using System.Text.Json;
using Crease.Models;
using Crease.Networks;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease normalization</c>: documents, tables, files.</summary>
public sealed class NormalizationCommandTests : IDisposable
{
    private static readonly string[] Moons = ["normalization", "example:moons", "--data", "example:moons", "--batches", "10", "--samples", "120", "--distance-samples", "10", "--quiet"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_holds_laws_distances_jitter_and_separation()
    {
        JsonElement document = Call.Of([.. Moons, "--seed", "3", "--json"]).Json();
        Documents.CheckCommon(document, 3, "sampled");
        Assert.False(document.GetProperty("hasBatchNormalization").GetBoolean());
        JsonElement[] layers = [.. document.GetProperty("layers").EnumerateArray()];
        Assert.Equal(2, layers.Length);
        foreach (JsonElement layer in layers)
        {
            foreach (string error in new[] { "minimizerError", "varianceError", "anchorError", "shiftError", "scaleError" })
                Assert.InRange(layer.GetProperty(error).GetDouble(), 0, 1e-10);
        }
        Assert.Equal(["batch statistics", "without"], document.GetProperty("distances").EnumerateArray().Select(each => each.GetProperty("variant").GetString()));
        Assert.Equal([8, 32, 128], document.GetProperty("jitter").GetProperty("sizes").EnumerateArray().Select(each => each.GetProperty("batchSize").GetInt32()));
        Assert.InRange(document.GetProperty("jitter").GetProperty("slope").GetDouble(), -0.8, -0.2);
        Assert.Equal(2, document.GetProperty("separation").GetProperty("otherClass").GetArrayLength());
        Assert.Equal(3, document.GetProperty("caveats").GetArrayLength());
        Assert.Contains("expands (2 to 16)", document.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(0, document.GetProperty("partitions").GetArrayLength());
    }

    [Fact]
    public void Same_seed_gives_the_same_table_on_any_number_of_threads()
    {
        string[] Lines(string threads) => [.. Call.Of([.. Moons, "--threads", threads]).Output.Split('\n').Where(line => !line.StartsWith("time", StringComparison.Ordinal))];
        Assert.Equal(Lines("1"), Lines("3"));
        Assert.DoesNotContain("NaN", string.Concat(Lines("2")), StringComparison.Ordinal);
    }

    [Fact]
    public void Folded_network_is_read_back_and_cut()
    {
        string weights = _folder["model.safetensors"];
        Assert.Equal((0, ""), Of([.. Moons, "-o", weights]));
        Network network = Model.Load("example:moons"), folded = Model.Load(weights);
        DataSet data = DataSource.Load("example:moons").Take(120);
        double[] inputs = [.. data.Inputs.SelectMany(row => row)];
        double[] expected = BatchNormalized.Of(network, inputs, 120).Network.Evaluate(inputs, 120), found = folded.Evaluate(inputs, 120);
        for (int i = 0; i < found.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-11);
        Assert.Equal(0, Call.Of("partition", weights, "--quiet").Status);
        // Again is fine; another network's description beside it is not.
        Assert.Equal((0, ""), Of([.. Moons, "-o", weights]));
        Call other = Call.Of("normalization", "--net", "2-3-2", "--data", "example:moons", "--batches", "2", "--quiet", "-o", _folder["other.safetensors"]);
        other = other with { Output = "" };
        other.MustRefuse(1, "the folder holds the network.json of another network");

        static (int, string) Of(string[] words)
        {
            Call made = Call.Of(words);
            return (made.Status, made.Errors);
        }
    }

    [Fact]
    public void Figures_and_tables_are_saved()
    {
        Call made = Call.Of("normalization", "--net", "2-4-4-2", "--data", "example:moons", "--batches", "4", "--batch-sizes", "8,64", "--quiet", "--json",
            "-o", _folder["a.svg"], "-o", _folder["a.csv"], "--jitter", _folder["b.svg"]);
        JsonElement document = made.Json();
        Assert.Equal(["without", "batch statistics"], document.GetProperty("partitions").EnumerateArray().Select(each => each.GetProperty("variant").GetString()));
        Assert.Contains("without", File.ReadAllText(_folder["a.svg"]), StringComparison.Ordinal);
        Assert.Contains("4 batches of 64", File.ReadAllText(_folder["b.svg"]), StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(_folder["a.csv"]);
        Assert.Equal("batchSize,layer,unit,relativeShift,shift", rows[0]);
        Assert.Equal(1 + 2 * 8, rows.Length);
    }

    public void Dispose() => _folder.Dispose();
}
