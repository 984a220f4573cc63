using System.Text.Json;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease generator</c>: documents, tables, files.</summary>
public sealed class GeneratorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_holds_sample_and_map()
    {
        JsonElement document = Call.Of("generator", "--net", "2-8-8-3", "--samples", "300", "--seed", "2", "--json").Json();
        Documents.CheckCommon(document, 2, "sampled");
        Assert.Equal((2, 3, 2), (document.GetProperty("latents").GetInt32(), document.GetProperty("outputs").GetInt32(), document.GetProperty("singularValues").GetInt32()));
        JsonElement sample = document.GetProperty("sample"), map = document.GetProperty("map");
        Assert.InRange(sample.GetProperty("effectiveSize").GetDouble(), 1, 300);
        Assert.Equal("uniform on the manifold", sample.GetProperty("target").GetString());
        Assert.InRange(map.GetProperty("regions").GetInt32(), 2, int.Parse(map.GetProperty("regionBound").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(map.GetProperty("denserHalfCovers").GetDouble(), 0, 0.5);
        Assert.Equal(4, map.GetProperty("domainArea").GetDouble());
    }

    [Fact]
    public void The_decoder_of_a_trained_autoencoder_is_a_generator()
    {
        LibTorch.Require();
        Call trained = Call.Of("train", "--data", "synthetic:swiss-roll,samples=300", "--targets", "inputs", "--net", "3-16-2-16-3", "--activation", "leaky", "--rate", "0.01", "--steps", "150", "--metrics", "every:50", "-o", _folder["run"]);
        Assert.True(trained.Status == 0, trained.Errors);
        double[] losses = [.. File.ReadLines(Path.Combine(_folder["run"], "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("trainLoss").GetDouble())];
        Assert.True(losses[^1] < 0.7 * losses[0], string.Join(", ", losses));
        JsonElement whole = Call.Of("generator", _folder["run"], "--top", "2", "--samples", "50", "--json").Json(), decoder = Call.Of("generator", _folder["run"], "--from-layer", "dense2", "--samples", "50", "--json").Json();
        Assert.Equal((3, 3, 2, 3), (whole.GetProperty("latents").GetInt32(), whole.GetProperty("outputs").GetInt32(), decoder.GetProperty("latents").GetInt32(), decoder.GetProperty("outputs").GetInt32()));
        Assert.InRange(decoder.GetProperty("map").GetProperty("regions").GetInt32(), 2, 1000);
        Call.Of("generator", _folder["run"], "--from-layer", "dense4").MustRefuse(1, "Nothing comes after node 'dense4'");
    }

    [Fact]
    public void Few_effective_samples_are_told()
    {
        Call made = Call.Of("generator", "--net", "6-16-16-20", "--latent", "normal", "--divide-by-density", "--samples", "400");
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.Contains("warning            The effective sample size is", made.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_tables_and_the_map_are_saved_the_same_on_any_number_of_threads()
    {
        foreach (string threads in new[] { "1", "3" })
        {
            Call made = Call.Of("generator", "--net", "2-8-8-3", "--samples", "50", "--threads", threads, "-o", _folder[threads + ".csv"], "-o", _folder[threads + ".npz"], "-o", _folder[threads + ".svg"], "--quiet");
            Assert.Equal((0, ""), (made.Status, made.Errors));
        }
        foreach (string ending in new[] { ".csv", ".npz", ".svg" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["3" + ending]));
        string[] rows = File.ReadAllLines(_folder["1.csv"]);
        Assert.Equal("sample,z1,z2,x1,x2,x3,logVolume,weight", rows[0]);
        Assert.Equal(1, rows.Skip(1).Sum(row => double.Parse(row.Split(',')[^1], System.Globalization.CultureInfo.InvariantCulture)), 1e-9);
        Assert.Contains("volume element", File.ReadAllText(_folder["1.svg"]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
