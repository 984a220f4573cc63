using System.Text;
using System.Text.Json.Nodes;
using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Saved probes score as they did, and damaged ones are refused in one line.</summary>
public sealed class ProbeFileTests
{
    private static readonly ProbeOrigin Origin = new("tiny", 2, 16, "float32");

    [Theory]
    [InlineData(ProbeKind.Logistic)]
    [InlineData(ProbeKind.Forest)]
    public void A_saved_probe_scores_as_before(ProbeKind kind)
    {
        using var folder = new TemporaryFolder();
        (Probe probe, ProbeTable table) = Trained(kind);
        ProbeFile.Save(probe, folder.At("probe.json"));
        Probe loaded = ProbeFile.Load(folder.At("probe.json"));
        Assert.Equal(probe.Score(table), loaded.Score(table));
        Assert.Equal(probe.Origin, loaded.Origin);
        Assert.Equal(2, loaded.LayersNeeded);
        ProbeFile.Save(loaded, folder.At("again.json"));
        Assert.Equal(File.ReadAllBytes(folder.At("probe.json")), File.ReadAllBytes(folder.At("again.json")));
    }

    [Fact]
    public void Columns_are_found_by_name_and_gaps_are_filled()
    {
        (Probe probe, ProbeTable table) = Trained(ProbeKind.Logistic);
        var turned = new ProbeTable([.. table.Names.Reverse()], [.. table.Rows.Select(row => row.Reverse().ToArray())]);
        Assert.Equal(probe.Score(table), probe.Score(turned));
        double[] gap = [.. table.Rows[0]], mean = [.. table.Rows[0]];
        (gap[3], mean[3]) = (double.NaN, probe.Scale.Means[3]);
        Assert.Equal(probe.Score(mean), probe.Score(gap));
        Assert.Contains("lack the column 'layer2_f1'", Assert.Throws<ArgumentException>(() => probe.Score(ProbeTable.OfLayers(1, [new double[7]]))).Message);
    }

    [Fact]
    public void A_model_of_another_shape_is_refused()
    {
        string message = Assert.Throws<ArgumentException>(() => Origin.Check("other", 3, 16)).Message;
        Assert.Equal("other has 3 layers of width 16; the probe was trained on tiny with 2 layers of width 16, so expected a model of that shape", message);
        Origin.Check("renamed", 2, 16);
    }

    [Theory]
    [InlineData("format", "\"other\"", "is no saved probe")]
    [InlineData("version", "2", "'version' is 2; expected 1")]
    [InlineData("kind", "\"tree\"", "expected logistic or forest")]
    [InlineData("features", "[]", "expected 1 to")]
    [InlineData("features", "[1]", "no text")]
    [InlineData("means", "[1e999]", "expected 14")]
    [InlineData("scores", "[{\"name\":\"a\"}]", "'weights' is absent")]
    [InlineData("model", "[]", "'model' is absent or of another kind")]
    [InlineData("model", "{\"name\":\"x\",\"layers\":0,\"width\":1,\"precision\":\"\"}", "'layers' is 0")]
    [InlineData("model", "{\"name\":\"x\",\"layers\":1,\"width\":1,\"precision\":\"\"}", "'layer2_f1'")]
    public void Hostile_files_give_one_line(string key, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        JsonObject document = Saved(ProbeKind.Logistic);
        document.Remove(key);
        string text = document.ToJsonString();
        File.WriteAllText(folder.At("p.json"), $"{text[..^1]},\"{key}\":{value}}}");
        string message = Assert.Throws<ModelException>(() => ProbeFile.Load(folder.At("p.json"))).Message;
        Assert.StartsWith("p.json: ", message);
        Assert.Contains(expected, message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("left", 0, "leads to 0")]
    [InlineData("left", -4000, "leads to -4000")]
    [InlineData("right", 4000, "leads to 4000")]
    [InlineData("features", 99, "feature 99; expected 0 to 13")]
    [InlineData("features", -1, "feature -1")]
    public void Trees_that_never_end_or_leave_their_arrays_are_refused(string key, int value, string expected)
    {
        using var folder = new TemporaryFolder();
        JsonObject document = Saved(ProbeKind.Forest);
        document["scores"]![0]!["trees"]![0]![key]![0] = value;
        File.WriteAllText(folder.At("p.json"), document.ToJsonString());
        Assert.Contains(expected, Assert.Throws<ModelException>(() => ProbeFile.Load(folder.At("p.json"))).Message);
    }

    [Fact]
    public void Damaged_bytes_never_give_another_error()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Encoding.UTF8.GetBytes(Saved(ProbeKind.Forest).ToJsonString());
        var random = new RandomSource(1);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] bytes = [.. whole];
            for (int i = 0; i < 3; i++)
                bytes[random.Index(bytes.Length)] = (byte)random.Index(256);
            File.WriteAllBytes(folder.At("p.json"), trial % 3 == 0 ? bytes[..random.Index(bytes.Length)] : bytes);
            try
            {
                ProbeFile.Load(folder.At("p.json")).Score(new double[14]);
            }
            catch (ModelException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }
            catch (ArgumentException)
            {
                // A digit of the number of features may still be a valid file.
            }
        }
        Assert.Contains("cannot be read", Assert.Throws<ModelException>(() => ProbeFile.Load(folder.At("absent.json"))).Message);
    }

    private static JsonObject Saved(ProbeKind kind)
    {
        using var stream = new MemoryStream();
        ProbeFile.Write(Trained(kind).Probe, stream);
        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    private static (Probe Probe, ProbeTable Table) Trained(ProbeKind kind)
    {
        (ProbeTable table, ProbeLabel label) = ProbeTexts.Of(120, 2, 1, 3);
        return (Probe.Train(table, [label], ProbeOptions.Default with { Kind = kind, Trees = 10 }, Origin, RunContext.Default), table);
    }
}
