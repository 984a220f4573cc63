using System.Text.Json;
using Crease.Lab.Tests;
using Crease.Measures;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease compute</c> counts models and trainings and names its assumptions.</summary>
public sealed class ComputeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_network_has_the_operations_of_its_layers()
    {
        JsonElement json = Json("compute", "example:moons", "--batch", "10");
        JsonElement[] layers = [.. json.GetProperty("layers").EnumerateArray()];
        JsonElement first = layers.First(layer => layer.GetProperty("kind").GetString() == "dense");
        Assert.Equal(10 * 2 * 16, first.GetProperty("forward").GetProperty("multiplyAdds").GetInt64());
        Assert.Equal(3 * 16, first.GetProperty("parameters").GetInt64());
        Assert.Equal(layers.Sum(layer => layer.GetProperty("forward").GetProperty("flop").GetInt64()), json.GetProperty("forward").GetProperty("flop").GetInt64());
        Assert.Equal(2 * json.GetProperty("forward").GetProperty("multiplyAdds").GetInt64(), json.GetProperty("forward").GetProperty("productFlop").GetInt64());
    }

    [Fact]
    public void A_language_model_is_counted_from_its_configuration_alone()
    {
        Directory.CreateDirectory(_folder["llama"]);
        File.WriteAllText(_folder["llama/config.json"], """{"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256, "tie_word_embeddings": false}""");
        JsonElement json = Json("compute", _folder["llama"], "--trained-tokens", "15e12", "--tokens", "128");
        Assert.Equal(8_030_261_248, json.GetProperty("parameters").GetInt64());
        Assert.Equal(1_929_782_493_184, json.GetProperty("forward").GetProperty("productFlop").GetInt64());
        JsonElement training = json.GetProperty("training");
        Assert.Equal(["operation-count", "parameters"], training.GetProperty("methods").EnumerateArray().Select(method => method.GetProperty("method").GetString()));
        Assert.False(training.GetProperty("methodsDisagree").GetBoolean());
        Assert.Equal(7.2e23, training.GetProperty("methods")[1].GetProperty("flop").GetDouble(), 0.005 * 7.2e23);
        Assert.Equal("below", Threshold(json, "systemic risk").GetProperty("verdict").GetString());
        Assert.Equal("above", Threshold(json, "general purpose").GetProperty("verdict").GetString());
    }

    [Fact]
    public void A_run_is_counted_from_what_it_did()
    {
        LibTorch.Require();
        string run = _folder["run"];
        Assert.Equal(0, Call.Of($"train --data synthetic:moons,samples=100,noise=0.1 --samples 70 --net 2-8-2 --steps 25 --batch 32 --metrics every:10 --quiet -o {run}".Split(' ')).Status);
        JsonElement json = Json("compute", run);
        // Three batches of an epoch hold 32, 32 and 6 rows; 25 steps are eight epochs and a batch. Lines of metrics at 0, 10, 20 and 25 look at 70 and 30 rows.
        double rows = 8 * 70 + 32, forward = json.GetProperty("forward").GetProperty("productFlop").GetDouble(), backward = json.GetProperty("backward").GetProperty("productFlop").GetDouble();
        Assert.Equal(rows * (forward + backward), json.GetProperty("training").GetProperty("cumulativeFlop").GetDouble());
        JsonElement evaluated = Assert.Single(json.GetProperty("training").GetProperty("excluded").EnumerateArray());
        Assert.Equal(4 * 100 * forward, evaluated.GetProperty("estimate").GetProperty("flop").GetDouble());
    }

    [Fact]
    public void An_export_lists_assumptions_rows_disagreement_and_the_date_of_the_rules()
    {
        string ledger = _folder.Write("ledger.json", """{"items": [{"name": "main", "kind": "pre-training", "parameters": 7e9, "tokens": 2e14, "evidence": "log"}, {"name": "tests", "kind": "evaluation", "flop": 1e20}]}"""u8.ToArray());
        string saved = _folder["out.json"];
        JsonElement json = Json("compute", "--ledger", ledger, "--hardware", "1000,1000,300,0.4", "--per-day", "1e22", "-o", saved);
        JsonElement training = json.GetProperty("training");
        Assert.Equal("pre-training", training.GetProperty("included")[1].GetProperty("kind").GetString());
        Assert.Equal("evaluation", Assert.Single(training.GetProperty("excluded").EnumerateArray()).GetProperty("kind").GetString());
        Assert.All([.. training.GetProperty("included").EnumerateArray(), .. training.GetProperty("excluded").EnumerateArray()], item => Assert.NotEqual(0, item.GetProperty("estimate").GetProperty("assumptions").GetArrayLength()));
        Assert.True(training.TryGetProperty("methodSpread", out _));
        Assert.Equal("2025-07-18", json.GetProperty("rules").GetProperty("date").GetString());
        Assert.Equal("not legal advice", json.GetProperty("disclaimer").GetString());
        double flop = 8.4e24 + 1000 * 3.6e6 * 300e12 * 0.4;
        Assert.Equal(flop, training.GetProperty("cumulativeFlop").GetDouble(), 1e-9 * flop);
        Assert.Equal("indeterminate", Threshold(json, "systemic risk").GetProperty("verdict").GetString());
        Assert.Equal((1e25 - flop) / 1e22, Threshold(json, "systemic risk").GetProperty("days").GetDouble(), 1e-6);
        Assert.True(File.Exists(saved));
        (int status, string text, _) = Call.Of("compute", "--ledger", ledger);
        Assert.Equal(0, status);
        Assert.Contains("not legal advice", text, StringComparison.Ordinal);
        Assert.Contains("8.4 × 10^24 FLOP is not above 1.0 × 10^25; with an error of ±30", text, StringComparison.Ordinal);
        Assert.Contains("none is given", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_modifies_a_model_is_measured_by_a_third_of_its_compute()
    {
        JsonElement little = Json("compute", "--hardware", "8,100,312,0.5", "--modifies", "1e24");
        Assert.False(Threshold(little, "modifier").GetProperty("isAbove").GetBoolean());
        JsonElement much = Json("compute", "--hardware", "8000,1000,312,0.5", "--modifies", "1e24");
        Assert.True(Threshold(much, "modifier").GetProperty("isAbove").GetBoolean());
        Assert.Equal(1e23 / 3, Threshold(Json("compute", "--hardware", "1,1,1", "--modifies", "unknown"), "modifier").GetProperty("threshold").GetDouble(), 1e10);
    }

    [Fact]
    public void Tables_and_figures_are_saved()
    {
        (string table, string figure) = (_folder["ops.csv"], _folder["ops.svg"]);
        Assert.Equal(0, Call.Of("compute", "example:digits", "--examples", "1e6", "-o", table, "-o", figure).Status);
        string[] lines = File.ReadAllLines(table);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(letter => letter == ','), line.Count(letter => letter == ',')));
        Assert.Single(lines, line => line.StartsWith("training,", StringComparison.Ordinal));
        Assert.Contains("FLOP per forward pass", File.ReadAllText(figure), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonElement Threshold(JsonElement json, string name) => json.GetProperty("rules").GetProperty("thresholds").EnumerateArray().Single(threshold => threshold.GetProperty("name").GetString() == name);

    private static JsonElement Json(params string[] words)
    {
        (int status, string output, string errors) = Call.Of([.. words, "--json"]);
        Assert.True(status == 0, errors);
        return JsonDocument.Parse(output).RootElement;
    }
}
