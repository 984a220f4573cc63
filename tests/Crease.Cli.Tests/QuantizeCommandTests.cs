using System.Text.Json;
using Crease.Models;
using Crease.Networks;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease quantize</c>: documents, tables, models, figures.</summary>
public sealed class QuantizeCommandTests : IDisposable
{
    private static readonly string[] Moons = ["quantize", "example:moons", "--bits", "2,4..5", "--data", "example:moons", "--samples", "40", "--distance-samples", "10", "--quiet"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Document_holds_losses_changes_and_the_slice()
    {
        JsonElement document = Call.Of([.. Moons, "--epsilon", "0.05,0.15", "--box", "-2,3,-1.5,2", "--seed", "3", "--json"]).Json();
        Documents.CheckCommon(document, 3, "sampled");
        JsonElement before = document.GetProperty("before");
        JsonElement[] bits = [.. document.GetProperty("bits").EnumerateArray()];
        Assert.Equal([2, 4, 5], bits.Select(each => each.GetProperty("bits").GetInt32()));
        foreach (JsonElement each in bits)
        {
            Assert.Equal(before.GetProperty("accuracy").GetDouble() - each.GetProperty("accuracy").GetDouble(), each.GetProperty("quantizationLoss").GetDouble(), 1e-12);
            JsonElement[] epsilons = [.. each.GetProperty("epsilons").EnumerateArray()];
            Assert.Equal([0.05, 0.15], epsilons.Select(epsilon => epsilon.GetProperty("epsilon").GetDouble()));
            Assert.All(epsilons, epsilon => Assert.True(epsilon.GetProperty("certified").GetDouble() <= epsilon.GetProperty("robustAccuracy").GetDouble()));
            Assert.Equal("transfer", each.GetProperty("audit").GetProperty("lines").EnumerateArray().Last().GetProperty("name").GetString());
            Assert.Equal(2, each.GetProperty("hamming").GetArrayLength());
            Assert.InRange(each.GetProperty("slice").GetProperty("changedClasses").GetDouble(), 1e-6, 0.5);
        }
        Assert.True(before.GetProperty("slice").GetProperty("regions").GetInt32() > 50);
    }

    [Fact]
    public void Models_are_read_by_other_verbs_and_are_those_that_were_measured()
    {
        string nets = _folder["nets"], one = _folder["one"];
        Assert.Equal(0, Call.Of([.. Moons, "-o", nets]).Status);
        Network quantized = QuantizedNetwork.Of(Model.Load("example:moons"), new QuantizationOptions { Bits = 4 }).Network;
        Network read = Model.Load(Path.Combine(nets, "4-bit"));
        DataSet data = DataSource.Load("example:moons");
        Assert.All(data.Inputs, row => Assert.Equal(quantized.Evaluate(row), read.Evaluate(row)));
        Assert.Equal(0, Call.Of("partition", Path.Combine(nets, "2-bit"), "--box", "-2,3,-1.5,2", "--quiet").Status);
        Assert.Equal(0, Call.Of("quantize", "example:moons", "--bits", "3", "--asymmetric", "--per", "channel", "--quiet", "-o", one).Status);
        Assert.Equal(["network.json", "network.safetensors"], Directory.GetFiles(one).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // Again is fine; a folder with something else is not.
        Assert.Equal(0, Call.Of("quantize", "example:moons", "--bits", "3", "--quiet", "-o", one).Status);
        File.WriteAllText(Path.Combine(one, "notes.txt"), "mine");
        Call.Of("quantize", "example:moons", "--bits", "3", "--quiet", "-o", one).MustRefuse(2, "the folder holds 'notes.txt'");
    }

    [Fact]
    public void Curves_panels_and_table_are_saved_and_threads_do_not_matter()
    {
        string Saved(string threads, string ending)
        {
            string file = _folder[$"t{threads}{ending}"];
            Call made = Call.Of([.. Moons, "--epsilon", "0.1", "--no-audit", "--threads", threads, "-o", file, "--panels", _folder[$"p{threads}.svg"]]);
            Assert.Equal((0, ""), (made.Status, made.Errors));
            Assert.DoesNotContain("NaN", made.Output, StringComparison.Ordinal);
            return File.ReadAllText(file);
        }
        foreach (string ending in new[] { ".svg", ".csv" })
            Assert.Equal(Saved("1", ending), Saved("3", ending));
        Assert.Equal(File.ReadAllText(_folder["p1.svg"]), File.ReadAllText(_folder["p3.svg"]));
        string[] lines = File.ReadAllLines(_folder["t1.csv"]);
        Assert.Equal(1 + 4, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        Assert.Contains("2 bits", File.ReadAllText(_folder["p1.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_ends_the_cut_and_what_was_found_is_kept()
    {
        Call made = Call.Of([.. Moons, "--box", "-2,3,-1.5,2", "--max-regions", "20"]);
        Assert.Equal(1, made.Status);
        Assert.Contains("raise --max-regions", made.Errors, StringComparison.Ordinal);
        Assert.Contains("of the slice", made.Output, StringComparison.Ordinal);
    }
}
