using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease dimension</c>: documents, tables, files.</summary>
public sealed class DimensionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_has_estimates_with_intervals_scales_and_blocks()
    {
        JsonElement document = Call.Of("dimension", "synthetic:swiss-roll,samples=600", "--scales", "64", "--blocks", "8", "--estimators", "twonn,mle,corrint", "--seed", "5", "--pointwise", "--json").Json();
        Documents.CheckCommon(document, 5, "sampled");
        Assert.Equal((600, 3, 0), (document.GetProperty("points").GetInt32(), document.GetProperty("columns").GetInt32(), document.GetProperty("duplicates").GetInt32()));
        JsonElement[] estimates = [.. document.GetProperty("estimates").EnumerateArray()];
        Assert.Equal(["twonn", "mle", "corrint"], estimates.Select(each => each.GetProperty("estimator").GetString()!));
        foreach (JsonElement estimate in estimates)
            Assert.InRange(estimate.GetProperty("value").GetDouble(), 1.7, 2.3);
        Assert.InRange(estimates[0].GetProperty("value").GetDouble(), estimates[0].GetProperty("interval")[0].GetDouble(), estimates[0].GetProperty("interval")[1].GetDouble());
        Assert.False(estimates[2].TryGetProperty("interval", out _));
        Assert.Equal(600, estimates[1].GetProperty("pointwise").GetArrayLength());
        Assert.Equal([1, 2, 4, 8, 16, 32], document.GetProperty("scales").EnumerateArray().Select(scale => scale.GetProperty("rank").GetInt32()));
        Assert.Equal([1, 2, 4, 8], document.GetProperty("blocks").EnumerateArray().Select(scale => scale.GetProperty("parts").GetInt32()));
    }

    [Fact]
    public void Classes_and_layers_are_measured_by_themselves()
    {
        JsonElement classes = Call.Of("dimension", "example:moons", "--per-class", "--estimators", "mle", "--json").Json().GetProperty("classes");
        Assert.Equal([150, 150], classes.EnumerateArray().Select(each => each.GetProperty("points").GetInt32()));
        JsonElement document = Call.Of("dimension", "example:digits", "--network", "example:digits", "--estimators", "twonn,pca-fo", "--json").Json();
        Documents.CheckCommon(document, 0, "sampled");
        JsonElement[] layers = [.. document.GetProperty("layers").EnumerateArray()];
        Assert.Equal(("input", "dense"), (layers[0].GetProperty("kind").GetString(), layers[^1].GetProperty("kind").GetString()));
        Assert.Equal((64, 10), (layers[0].GetProperty("units").GetInt32(), layers[^1].GetProperty("units").GetInt32()));
        // The input layer is the data.
        double data = Call.Of("dimension", "example:digits", "--estimators", "twonn", "--json").Json().GetProperty("estimates")[0].GetProperty("value").GetDouble();
        Assert.Equal(data, layers[0].GetProperty("estimates")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public void What_is_undefined_is_null_with_advice_and_status_1()
    {
        _folder.Write("same.csv", "1,2\n1,2\n1,2\n3,4\n");
        Call made = Call.Of("dimension", _folder["same.csv"], "--json");
        Assert.Equal((1, ""), (made.Status, made.Errors));
        using var parsed = JsonDocument.Parse(made.Output);
        JsonElement document = parsed.RootElement;
        Assert.Equal(("undefined", 2, 2), (document.GetProperty("status").GetString(), document.GetProperty("points").GetInt32(), document.GetProperty("duplicates").GetInt32()));
        foreach (JsonElement estimate in document.GetProperty("estimates").EnumerateArray())
        {
            Assert.Equal(JsonValueKind.Null, estimate.GetProperty("value").ValueKind);
            Assert.Equal("tooFewPoints", estimate.GetProperty("status").GetString());
            Assert.Contains("add points", estimate.GetProperty("advice").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_hold_what_the_document_holds()
    {
        string[] files = [_folder["d.svg"], _folder["d.png"], _folder["d.csv"], _folder["d.npz"], _folder["d.json"]];
        Call made = Call.Of([.. new[] { "dimension", "example:circles", "--scales", "32", "--blocks", "4", "--estimators", "mle,mada,fishers" }, .. files.SelectMany(file => new[] { "-o", file })]);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.Contains("GRIDE", File.ReadAllText(files[0]), StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(files[2]);
        Assert.Equal("part,index,distance,estimator,value,low,high,points,status", lines[0]);
        Assert.Equal(3 + 5 + 3, lines.Length - 1);
        Assert.DoesNotContain(lines, line => line.Contains("NaN", StringComparison.Ordinal));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(files[4]));
        double mle = document.RootElement.GetProperty("estimates")[0].GetProperty("value").GetDouble();
        Assert.StartsWith(FormattableString.Invariant($"data,0,,mle,{mle:R},"), lines[1], StringComparison.Ordinal);
        DataSet pointwise = DataSource.Load(files[3]);
        Assert.Equal(300, pointwise.Inputs.Length);
    }

    [Fact]
    public void Matrices_of_distances_are_taken()
    {
        double[][] rows = DataSource.Load("example:moons").Inputs;
        var text = new StringBuilder();
        foreach (double[] a in rows)
            text.AppendJoin(',', rows.Select(b => Math.Sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).ToString("R", System.Globalization.CultureInfo.InvariantCulture))).Append('\n');
        _folder.Write("distances.csv", text.ToString());
        double given = Value(Call.Of("dimension", _folder["distances.csv"], "--metric", "precomputed", "--estimators", "mle", "--json"));
        Assert.Equal(Value(Call.Of("dimension", "example:moons", "--estimators", "mle", "--json")), given, 1e-9);
    }

    [Fact]
    public void Every_estimator_can_be_named_and_asked_for_at_once()
    {
        JsonElement estimates = Call.Of("dimension", "synthetic:swiss-roll,samples=300", "--estimators", "all", "--neighbors", "16", "--json").Json().GetProperty("estimates");
        foreach (JsonElement estimate in estimates.EnumerateArray())
        {
            Assert.Equal("found", estimate.GetProperty("status").GetString());
            // No variance of a roll stands out of a broken stick.
            Assert.InRange(estimate.GetProperty("value").GetDouble(), estimate.GetProperty("estimator").GetString()!.EndsWith("broken-stick", StringComparison.Ordinal) ? 0 : 0.9, 4.5);
        }
        Assert.Equal(33, estimates.GetArrayLength());
    }

    [Fact]
    public void The_benchmark_compares_with_a_scan_and_the_peak()
    {
        _folder.Write("points.csv", string.Concat(Enumerable.Range(0, 400).Select(i => FormattableString.Invariant($"{Math.Sin(i)},{Math.Cos(3 * i)}\n"))));
        JsonElement timing = Call.Of("bench", "dimension", "--data", _folder["points.csv"], "--repeats", "1", "--json").Json();
        Documents.CheckCommon(timing, 0, "sampled");
        Assert.Equal((400, 2), (timing.GetProperty("points").GetInt32(), timing.GetProperty("columns").GetInt32()));
        Assert.True(timing.GetProperty("peakFlopsPerProcessorSecond").GetDouble() > 1e7);
    }

    public void Dispose() => _folder.Dispose();

    private static double Value(Call made) => made.Json().GetProperty("estimates")[0].GetProperty("value").GetDouble();
}
