using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Crease.Models;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease dynamics</c> measures a run and a folder of models alike, goes on where it stopped, and says in one line what is wrong.</summary>
public sealed class DynamicsCommandTests : IDisposable
{
    private const string Measured = "--samples 20 --slope-samples 10 --attack-samples 20 --attack-steps 5 --epsilon 0.05,0.1 --box=-2,3,-2,2 --json";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_and_the_same_networks_as_a_folder_of_models_give_the_same_numbers()
    {
        string run = Trained(), models = _folder["models"];
        Directory.CreateDirectory(models);
        File.Copy(Path.Combine(run, "network.json"), Path.Combine(models, "network.json"));
        foreach (string file in Directory.GetFiles(Path.Combine(run, "checkpoints")))
            File.Copy(file, Path.Combine(models, Path.GetFileName(file).Replace("step-", "net_", StringComparison.Ordinal)));
        using JsonDocument first = Document($"dynamics {run} {Measured}");
        // The run's own rows are split off by its seed; the same rows as files.
        (string train, string test) = (_folder["train.csv"], _folder["test.csv"]);
        DataParts sets = DynamicsData.Of(CheckpointSeries.Open(run).Run!);
        Write(train, sets.Train.Inputs, sets.Train.Labels!);
        Write(test, sets.Test!.Inputs, sets.Test.Labels!);
        using JsonDocument second = Document($"dynamics {models} --data {train} --test {test} {Measured}");
        Assert.Equal(first.RootElement.GetProperty("networks").GetRawText(), second.RootElement.GetProperty("networks").GetRawText());
        Assert.Equal(4, first.RootElement.GetProperty("networks").GetArrayLength());
        JsonElement last = first.RootElement.GetProperty("networks")[3];
        Assert.True(last.GetProperty("train").GetProperty("accuracy").GetDouble() > 0.8 && last.GetProperty("regions").GetInt32() > 5);
        Assert.Equal(2, last.GetProperty("robustAccuracies").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, first.RootElement.GetProperty("phases").ValueKind);
    }

    [Fact]
    public void A_second_call_reads_what_the_first_one_kept_and_measures_what_is_new()
    {
        string run = Trained();
        using JsonDocument whole = Document($"dynamics {run} {Measured}");
        string store = Path.Combine(run, "dynamics", "rows.jsonl");
        string[] lines = File.ReadAllLines(store);
        Assert.Equal(4, lines.Length);
        // What a kill leaves: some rows, and a part of one.
        File.WriteAllText(store, lines[0] + "\n" + lines[1] + "\n" + lines[2][..40]);
        using JsonDocument again = Document($"dynamics {run} {Measured} --threads 1");
        Assert.Equal(whole.RootElement.GetProperty("networks").GetRawText(), again.RootElement.GetProperty("networks").GetRawText());
        Assert.Equal(5, File.ReadAllLines(store).Length);
        // Other options are other rows.
        using JsonDocument other = Document($"dynamics {run} {Measured} --radius 0.2");
        Assert.NotEqual(whole.RootElement.GetProperty("networks").GetRawText(), other.RootElement.GetProperty("networks").GetRawText());
    }

    [Fact]
    public void Test_rows_beyond_the_training_rows_are_attacked_in_the_box_of_both()
    {
        string run = Trained();
        (string train, string test) = (_folder["train.csv"], _folder["test.csv"]);
        Write(train, [[0, 0], [1, 1], [0, 1], [1, 0]], [0, 1, 0, 1]);
        Write(test, [[0.5, 2], [-1, 0]], [0, 1]);
        using JsonDocument found = Document($"dynamics {run} --data {train} --test {test} {Measured}");
        Assert.Equal([-1, 2], found.RootElement.GetProperty("attack").GetProperty("box").EnumerateArray().Select(end => end.GetDouble()));
    }

    [Fact]
    public void Curves_tables_and_movies_are_saved()
    {
        string run = Trained();
        string[] files = [_folder["c.svg"], _folder["c.png"], _folder["c.csv"], _folder["c.npz"], _folder["c.json"]], movies = [_folder["m.gif"], _folder["m.html"]];
        Call made = Call.Of($"dynamics {run} --samples 10 --slope-samples 5 --epsilon none {string.Join(' ', files.Select(file => "-o " + file))} {string.Join(' ', movies.Select(file => "--movie " + file))} --width 400".Split(' '));
        Assert.Equal((0, ""), (made.Status, made.Errors));
        foreach (string file in files.Concat(movies))
            Assert.True(new FileInfo(file).Length > 100, file);
        Assert.Contains("local complexity", File.ReadAllText(files[0]), StringComparison.Ordinal);
        Assert.Null(AuditedFigure.LineOf(File.ReadAllText(files[0])));
        Assert.Equal(0, Call.Of("dynamics", run, "--samples", "10", "--slope-samples", "0", "--epsilon", "0.1", "-o", _folder["r.svg"], "--quiet").Status);
        Assert.StartsWith("Masking audit: not run", AuditedFigure.LineOf(File.ReadAllText(_folder["r.svg"])), StringComparison.Ordinal);
        Assert.Equal(5, File.ReadAllLines(files[2]).Length);
        Assert.Contains("regions", made.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dynamics nosuch", 1, "nosuch: no such folder; expected a run directory or a folder of models")]
    [InlineData("dynamics .", 1, "holds no networks")]
    [InlineData("dynamics {models}", 2, "a folder of models does not know its data; pass --data DATA")]
    [InlineData("dynamics {models} --test example:moons", 2, "--test needs --data DATA")]
    [InlineData("dynamics {models} --data example:moons --epsilon 0.1,x", 2, "--epsilon is 'x'")]
    [InlineData("dynamics {models} --data example:moons --epsilon 0.2,0.1", 2, "epsilons hold 0.1 at index 1; expected positive numbers, ascending")]
    [InlineData("dynamics {models} --data example:moons --norm l3", 2, "norm is 'l3'; expected linf or l2")]
    [InlineData("dynamics {models} --data example:moons --loss hinge", 2, "--loss is 'hinge'; expected cross-entropy or mse")]
    [InlineData("dynamics {models} --data example:moons --color pink", 2, "--color is 'pink'")]
    [InlineData("dynamics {models} --data example:moons -o a.gif", 2, "a.gif: the ending is not one of this result")]
    [InlineData("dynamics {models} --data example:moons --movie a.avi", 2, "--movie a.avi: the ending is not one of this result")]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        string models = _folder["models"];
        Directory.CreateDirectory(models);
        File.WriteAllText(Path.Combine(models, "net1.onnx"), "no network");
        Call.Of(call.Replace("{models}", models, StringComparison.Ordinal).Split(' ')).MustRefuse(status, says);
    }

    [Fact]
    public void A_network_that_does_not_fit_the_rows_is_named()
    {
        string run = Trained();
        Call made = Call.Of("dynamics", run, "--data", "example:digits");
        Assert.Equal(1, made.Status);
        Assert.Contains("step-00000000.safetensors: takes inputs of shape [2]", made.Errors, StringComparison.Ordinal);
    }

    private string Trained()
    {
        LibTorch.Require();
        string run = _folder["run"];
        Assert.Equal(0, Call.Of($"train --data synthetic:moons,samples=200,noise=0.1 --samples 120 --net 2-8-8-2 --steps 60 --batch 20 --rate 0.01 --metrics ends --checkpoints every:20 --quiet -o {run}".Split(' ')).Status);
        return run;
    }

    private static JsonDocument Document(string call)
    {
        Call made = Call.Of(call.Split(' '));
        Assert.Equal((0, ""), (made.Status, made.Errors));
        return JsonDocument.Parse(made.Output);
    }

    private static void Write(string file, double[][] rows, int[] labels) =>
        File.WriteAllLines(file, rows.Select((row, i) => FormattableString.Invariant($"{row[0]:R},{row[1]:R},{labels[i]}")).Prepend("x,y,label"));
}
