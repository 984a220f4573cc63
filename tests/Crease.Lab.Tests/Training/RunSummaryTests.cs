using Crease.Models;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>What a folder says about its run.</summary>
public sealed class RunSummaryTests
{
    private static readonly TrainingOptions Moons = new()
    {
        Data = new() { Data = "synthetic:moons,samples=100,noise=0.1" },
        Network = new() { Net = "2-8-2" },
        Steps = 60,
        Metrics = "every:10",
        Checkpoints = "ends",
    };

    [Fact]
    public void A_stopped_run_is_at_its_saved_step_with_its_whole_lines()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var lines = new List<TrainingMetrics>();
        TrainingRun run = TrainingRun.Create(folder.At("run"), Moons);
        Assert.Equal(0, RunSummary.Read(folder.At("run")).Done);
        long done = run.Train(new RunContext { Cancellation = stop.Token }, line =>
        {
            lines.Add(line);
            if (line.Step == 30)
                stop.Cancel();
        });
        File.AppendAllText(folder.At("run/metrics.jsonl"), "{\"step\":4");
        RunSummary summary = RunSummary.Read(folder.At("run"));
        Assert.Equal((done, false), (summary.Done, summary.IsComplete));
        Assert.Equal(lines, summary.Metrics);
        Assert.Equal(Moons, summary.Options with { Data = Moons.Data });
        TrainingRun.Resume(folder.At("run")).Train();
        Assert.True(RunSummary.Read(folder.At("run")).IsComplete);
    }

    [Fact]
    public void A_folder_without_a_run_or_with_a_damaged_one_is_refused()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        Assert.False(RunSummary.IsRun(folder.At("none")));
        Assert.Throws<TrainingException>(() => RunSummary.Read(folder.At("none")));
        TrainingRun.Create(folder.At("run"), Moons);
        foreach (byte[] damaged in (byte[][])[[], [1, 2, 3], [255, 255, 255, 255, 255, 255, 255, 255], [4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]])
        {
            File.WriteAllBytes(folder.At("run/state.safetensors"), damaged);
            Assert.DoesNotContain('\n', Assert.Throws<ModelException>(() => RunSummary.Read(folder.At("run"))).Message);
        }
    }
}
