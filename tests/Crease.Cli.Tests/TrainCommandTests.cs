using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease train</c> makes models of every other verb, and says in one line what is wrong.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_a_model_of_other_verbs()
    {
        LibTorch.Require();
        string run = _folder["run"];
        using JsonDocument trained = JsonDocument.Parse(Call.Of($"train --data synthetic:moons,samples=200 --net 2-8-2 --steps 50 --batch 20 --metrics every:10 --checkpoints ends --json -o {run}".Split(' ')).Output);
        Assert.Equal((50, 50, "complete"), (trained.RootElement.GetProperty("steps").GetInt32(), trained.RootElement.GetProperty("allSteps").GetInt32(), trained.RootElement.GetProperty("status").GetString()));
        Assert.Equal(6, File.ReadAllLines(Path.Combine(run, "metrics.jsonl")).Length);
        using JsonDocument partition = JsonDocument.Parse(Call.Of($"partition {run} --box=-2,3,-2,2 --json".Split(' ')).Output);
        Assert.Equal(1, partition.RootElement.GetProperty("eulerCharacteristic").GetInt32());
        Assert.True(partition.RootElement.GetProperty("regions").GetInt32() > 8);
        using JsonDocument again = JsonDocument.Parse(Call.Of($"train --resume {run} --json".Split(' ')).Output);
        Assert.Equal(50, again.RootElement.GetProperty("resumedAt").GetInt32());
        using JsonDocument further = JsonDocument.Parse(Call.Of($"train --resume {run} --steps 65 --json".Split(' ')).Output);
        Assert.Equal((50, 65, 65), (further.RootElement.GetProperty("resumedAt").GetInt32(), further.RootElement.GetProperty("steps").GetInt32(), further.RootElement.GetProperty("allSteps").GetInt32()));
        Call.Of($"train --resume {run} --steps 65".Split(' ')).MustRefuse(1, "'steps' is 65 and the run has 65; expected more");
    }

    [Theory]
    [InlineData("a,b,label\n1,2,0\n3,nan,1\n", "--net 2-4-2", "points.csv: line 3 holds 'nan' in column 2; expected a finite number")]
    [InlineData("a,b,label\n1,2,0\n3,1\n", "--net 2-4-2", "points.csv: line 3 has 2 cells; expected 3")]
    [InlineData("a,b,label\n1,2,-1\n3,4,1\n", "--net 2-4-2", "points.csv: row 0 has the label -1; expected classes from 0")]
    [InlineData("a,b\n1,2\n", "--net 2-4-2", "points.csv: has no labels; pass data with labels, or the number of its last columns that are targets")]
    [InlineData("", "--net 2-4-2", "points.csv: is empty")]
    [InlineData("a,b,label\n1,2,7\n3,4,1\n", "--net 2-4-2", "has 2 outputs and the data have 8 classes or targets; pass a network that ends with 8")]
    [InlineData("a,b,c,label\n1,2,3,0\n1,2,3,1\n", "--net 2-4-2", "takes 2 inputs and the data have 3; pass a network that starts with 3")]
    [InlineData("a,b,c,label\n1,2,3,0\n1,2,3,1\n", "--net 3-4-2 --test synthetic:swiss-roll", "has 1 targets and")]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", "--net 2-4-2 --test example:digits", "has inputs of shape [64]")]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", "--net cnn:4/4", "no square images of one or three channels")]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", "--net 2-4-2 --samples 9", "has 2 rows and 9 are asked for; pass 1 to 2 samples")]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", "--net 2-4-2 --shape 1,3,3", "has inputs of 2 numbers; the shape [1, 3, 3] has 9")]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", "--net 1-4-1 --targets 2", "has 2 columns and 2 are targets; expected one column of inputs at least")]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", "--net 1-4-1 --targets 1 --label-noise 0.5", "label noise needs labels; the data have targets")]
    [InlineData("a,b,label\n1,2.5,0\n3,4,1\n", "--net gpt:1-1-4", "expected whole numbers from 0 and labels")]
    [InlineData("a,b,label\n1,2000000000,0\n3,4,1\n", "--net gpt:1-1-4", "expected at most 1048576")]
    public void Data_that_do_not_fit_end_in_one_line_and_start_no_run(string table, string words, string says)
    {
        Call made = Call.Of(["train", "--data", _folder.Write("points.csv", table), .. words.Split(' '), "-o", _folder["run"]]);
        Assert.Equal(1, made.Status);
        Assert.Contains(says, Assert.Single(made.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Theory]
    [InlineData("synthetic:sinusoids", "1-8-1", "cross-entropy", "has targets and no classes; pass the loss mse")]
    [InlineData("synthetic:sinusoids", "1-8-2", "mse", "the data have 1 classes or targets")]
    [InlineData("synthetic:sinusoids", "1-8-1", "mse", null)]
    [InlineData("synthetic:swiss-roll", "3-8-1", "mse", null)]
    [InlineData("synthetic:modular-addition,modulus=5,form=tokens", "gpt:1-1-4", "cross-entropy", null)]
    [InlineData("synthetic:modular-addition,modulus=5", "10-8-5", "mse", null)]
    public void Targets_and_tokens_of_synthetic_sets_are_trained_on(string data, string net, string loss, string? says)
    {
        LibTorch.Require();
        Call made = Call.Of("train", "--data", data, "--net", net, "--loss", loss, "--steps", "3", "-o", _folder["run"]);
        Assert.True(made.Status == (says is null ? 0 : 1), made.Errors);
        Assert.Contains(says ?? "", made.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_in_one_line()
    {
        LibTorch.Require();
        string huge = _folder.Write("huge.csv", "a,b,label\n1e300,2,0\n3,4,1\n");
        foreach (string data in new[] { huge, "synthetic:moons" })
        {
            Call made = Call.Of("train", "--data", data, "--net", "2-4-2", "--optimizer", "sgd", "--rate", "1e30", "--steps", "5", "-o", _folder[data == huge ? "a" : "b"]);
            Assert.Equal(1, made.Status);
            Assert.Matches(@"step [01]: the loss .* is (NaN|∞); the last good checkpoint is .*\.safetensors", Assert.Single(made.ErrorLines));
        }
    }

    [Theory]
    [InlineData("train", 2, "needs -o RUN for a new run, or --resume RUN")]
    [InlineData("train -o x", 2, "needs --data DATA and --net NET")]
    [InlineData("train --resume x --batch 5", 2, "--resume goes on with the options of the run; leave out --batch")]
    [InlineData("train --resume x --steps 5", 1, "expected the folder of a run")]
    [InlineData("train --data synthetic:moons --net 2-2 --loss hinge -o x", 2, "--loss is 'hinge'; expected cross-entropy or mse")]
    [InlineData("train --data synthetic:moons --net 2-2 --schedule fast -o x", 2, "--schedule is 'fast'; expected constant")]
    [InlineData("train --data synthetic:moons --net 2-2 --precision 16 -o x", 2, "--precision is 16; expected 32 or 64")]
    [InlineData("train --data synthetic:moons --net 2-4-2 --penalty-form rows -o x", 2, "--penalty-form is 'rows'; expected templates or last-layer")]
    [InlineData("train --data synthetic:moons --net 2-4-2 --beta 1 -o x", 1, "'beta' is '1'; expected a number in (0, 1)")]
    [InlineData("train --data synthetic:moons --net 2-4-2 --template-penalty -1 -o x", 1, "template penalty is -1; expected a finite number of at least 0")]
    [InlineData("train --data synthetic:moons --net 3-2 -o x", 1, "takes 3 inputs and the data have 2")]
    [InlineData("train --data synthetic:moons --net 2-2 --rate 0 -o x", 1, "learning rate is 0; expected a finite number above 0")]
    [InlineData("train --data synthetic:moons --net 2-99999-99999-2 -o x", 1, "The network 2-99999-99999-2 has 10000399997 weights; expected at most 1000000000")]
    [InlineData("train --data modular-addition:5 --net gpt:1000000-1-4 -o x", 1, "has 1000000 layers; expected at most 1000")]
    [InlineData("train --data synthetic:moons --net 2-2 --checkpoints every:0 -o x", 1, "'checkpoints' is 'every:0'; expected published, log:N")]
    [InlineData("train --data nosuch.csv --net 2-2 -o x", 1, "nosuch.csv: no such file")]
    [InlineData("train --resume nosuch", 1, "expected the folder of a run")]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        Call.Of(call.Split(' ')).MustRefuse(status, says);
        Assert.False(Directory.Exists("x"));
    }
}
