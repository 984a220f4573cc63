using System.Text.Json;
using Crease.Lab;
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
        if (!LibTorchCompat.TryLoad(out string fault))
            Assert.Skip(fault);
        string run = _folder["run"];
        using JsonDocument trained = JsonDocument.Parse(Call.Of($"train --data synthetic:moons,samples=200 --net 2-8-2 --steps 50 --batch 20 --metrics every:10 --checkpoints ends --json -o {run}".Split(' ')).Output);
        Assert.Equal((50, 50, "complete"), (trained.RootElement.GetProperty("steps").GetInt32(), trained.RootElement.GetProperty("allSteps").GetInt32(), trained.RootElement.GetProperty("status").GetString()));
        Assert.Equal(6, File.ReadAllLines(Path.Combine(run, "metrics.jsonl")).Length);
        using JsonDocument partition = JsonDocument.Parse(Call.Of($"partition {run} --box=-2,3,-2,2 --json".Split(' ')).Output);
        Assert.Equal(1, partition.RootElement.GetProperty("eulerCharacteristic").GetInt32());
        Assert.True(partition.RootElement.GetProperty("regions").GetInt32() > 8);
        using JsonDocument again = JsonDocument.Parse(Call.Of($"train --resume {run} --json".Split(' ')).Output);
        Assert.Equal(50, again.RootElement.GetProperty("resumedAt").GetInt32());
    }

    [Theory]
    [InlineData("train", 2, "needs -o RUN for a new run, or --resume RUN")]
    [InlineData("train -o x", 2, "needs --data DATA and --net NET")]
    [InlineData("train --resume x --steps 5", 2, "--resume goes on with the options of the run; leave out --steps")]
    [InlineData("train --data synthetic:moons --net 2-2 --loss hinge -o x", 2, "--loss is 'hinge'; expected cross-entropy or mse")]
    [InlineData("train --data synthetic:moons --net 2-2 --schedule fast -o x", 2, "--schedule is 'fast'; expected constant")]
    [InlineData("train --data synthetic:moons --net 2-2 --precision 16 -o x", 2, "--precision is 16; expected 32 or 64")]
    [InlineData("train --data synthetic:moons --net 3-2 -o x", 1, "takes 3 inputs and the data have 2")]
    [InlineData("train --data synthetic:moons --net 2-2 --rate 0 -o x", 1, "learning rate is 0; expected a finite number above 0")]
    [InlineData("train --data nosuch.csv --net 2-2 -o x", 1, "nosuch.csv: no such file")]
    [InlineData("train --resume nosuch", 1, "expected the folder of a run")]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        Call made = Call.Of(call.Split(' '));
        Assert.Equal(status, made.Status);
        Assert.Contains(says, made.Errors, StringComparison.Ordinal);
        Assert.Equal(1, made.Errors.Count(character => character == '\n'));
        Assert.False(Directory.Exists("x"));
    }
}
