using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>A run that is given more steps goes on as if it had had them from the start.</summary>
public sealed class TrainingExtensionTests
{
    private static readonly TrainingOptions Options = new()
    {
        Data = new() { Data = "synthetic:moons,samples=20" },
        Network = new() { Net = "2-4-2", BatchNormalization = true },
        Schedule = new() { Kind = ScheduleKind.Step, StepLength = 15, Warmup = 3 },
        Augmentation = new() { Noise = 0.1 },
        Steps = 40,
        Batch = 4,
        Metrics = "every:5",
        Checkpoints = "every:10",
    };

    [Fact]
    public void More_steps_lead_where_a_longer_run_is()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingRun.Create(folder.At("long"), Options with { Steps = 70 }).Train();
        TrainingRun.Create(folder.At("run"), Options).Train();
        Assert.Equal(70, TrainingRun.Resume(folder.At("run"), steps: 70).Train());
        foreach (string file in Files(folder.At("long")).Where(file => file != "run.json"))
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("long"), file)), File.ReadAllBytes(Path.Combine(folder.At("run"), file)));
        Assert.Equal(Files(folder.At("long")), Files(folder.At("run")));
    }

    [Theory]
    [InlineData(17, 55)]
    [InlineData(40, 41)]
    [InlineData(40, 69)]
    public void Stops_before_and_after_change_no_byte(int first, int second)
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options with { Metrics = "log:6", Checkpoints = "log:4" };
        TrainingRun.Create(folder.At("whole"), options).Train();
        TrainingRun.Resume(folder.At("whole"), steps: 70).Train();
        TrainUntil(TrainingRun.Create(folder.At("run"), options), first);
        TrainUntil(TrainingRun.Resume(folder.At("run"), steps: 70), second);
        Assert.Equal(70, TrainingRun.Resume(folder.At("run")).Train());
        Assert.Equal(Files(folder.At("whole")), Files(folder.At("run")));
        foreach (string file in Files(folder.At("whole")))
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("whole"), file)), File.ReadAllBytes(Path.Combine(folder.At("run"), file)));
        // Nothing that the shorter run had is lost: its last step is still there.
        Assert.Contains(Path.Combine("checkpoints", "step-00000040.safetensors"), Files(folder.At("run")));
        Assert.Contains(File.ReadLines(folder.At("run/metrics.jsonl")), line => line.StartsWith("{\"step\":40,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_is_extended_twice()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingRun.Create(folder.At("run"), Options with { Metrics = "ends", Checkpoints = "ends" }).Train();
        TrainingRun.Resume(folder.At("run"), steps: 50);
        Assert.Equal(60, TrainingRun.Resume(folder.At("run"), steps: 60).Train());
        Assert.Equal([0, 40, 50, 60], Steps(folder.At("run/metrics.jsonl")));
    }

    [Fact]
    public void Steps_that_cannot_be_are_refused_and_nothing_is_changed()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingRun.Create(folder.At("run"), Options);
        TrainingRun.Create(folder.At("cosine"), Options with { Schedule = new() { Kind = ScheduleKind.Cosine } });
        byte[] before = File.ReadAllBytes(folder.At("run/run.json"));
        Assert.StartsWith("'steps' is 40 and the run has 40; expected more.", Assert.Throws<ArgumentException>(() => TrainingRun.Resume(folder.At("run"), steps: 40)).Message, StringComparison.Ordinal);
        Assert.Contains("spread over its 40 steps", Assert.Throws<ArgumentException>(() => TrainingRun.Resume(folder.At("cosine"), steps: 50)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.At("run/run.json")));
        File.WriteAllText(folder.At("run/run.json"), System.Text.Encoding.UTF8.GetString(before)[..^1] + ", \"earlierEnds\": [30, 20] }");
        string message = Assert.Throws<TrainingException>(() => TrainingRun.Resume(folder.At("run"))).Message;
        Assert.Contains("run.json is no description of a run (its earlier ends are 30, 20", message, StringComparison.Ordinal);
    }

    private static void TrainUntil(TrainingRun run, int last)
    {
        using var stop = new CancellationTokenSource();
        run.Train(new() { Cancellation = stop.Token }, null, (step, _) =>
        {
            if (step == last)
                stop.Cancel();
        });
    }

    private static long[] Steps(string path) => [.. File.ReadLines(path).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("step").GetInt64())];

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
