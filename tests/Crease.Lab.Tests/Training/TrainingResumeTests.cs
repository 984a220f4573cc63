using Crease.Models;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Lab.Tests.Training;

/// <summary>One process at a time goes on with a run, wherever its data are now.</summary>
public sealed class TrainingResumeTests
{
    private const string Moons = "x,y,label\n0,0,0\n1,1,1\n0.1,0.2,0\n0.9,1.2,1\n";

    private static readonly TrainingOptions Options = new() { Data = new() { Data = "synthetic:moons,samples=20" }, Network = new() { Net = "2-4-2" }, Steps = 40, Batch = 2, Metrics = "every:5", Checkpoints = "every:10" };

    [Fact]
    public void A_run_that_is_being_trained_is_refused_to_others()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options;
        TrainingRun.Create(folder.At("whole"), options).Train();
        string? refused = null;
        TrainingRun.Create(folder.At("run"), options).Train(null, null, (step, _) =>
        {
            if (step == 25)
                refused = Assert.Throws<TrainingException>(() => TrainingRun.Resume(folder.At("run")).Train()).Message;
        });
        Assert.Equal($"{folder.At("run")} is being trained by another process; wait for it, or stop it and resume the run.", refused);
        Assert.Equal(Files(folder.At("whole")), Files(folder.At("run")));
        foreach (string file in Files(folder.At("whole")).Where(file => file != "run.json"))
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("whole"), file)), File.ReadAllBytes(Path.Combine(folder.At("run"), file)));
        Assert.Equal(40, TrainingRun.Resume(folder.At("run")).Train());
    }

    [Fact]
    public void Data_that_were_moved_are_told_and_compared()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("data.csv"), Moons);
        TrainingOptions options = Options with { Data = new() { Data = folder.At("data.csv") } };
        TrainingRun.Create(folder.At("whole"), options).Train();
        using var stop = new CancellationTokenSource();
        long stopped = TrainingRun.Create(folder.At("run"), options).Train(new() { Cancellation = stop.Token }, null, (step, _) =>
        {
            if (step == 15)
                stop.Cancel();
        });
        Assert.Equal(15, stopped);
        File.Move(folder.At("data.csv"), folder.At("moved.csv"));
        string message = Assert.Throws<TrainingException>(() => TrainingRun.Resume(folder.At("run"))).Message;
        Assert.Contains("the data of the run cannot be read (", message, StringComparison.Ordinal);
        Assert.EndsWith("pass where they are now with --data and --test.", message, StringComparison.Ordinal);
        File.WriteAllText(folder.At("other.csv"), Moons.Replace("0.9", "0.8", StringComparison.Ordinal));
        Assert.Contains("SHA-256 differs", Assert.Throws<TrainingException>(() => TrainingRun.Resume(folder.At("run"), folder.At("other.csv"))).Message, StringComparison.Ordinal);
        Assert.Equal(40, TrainingRun.Resume(folder.At("run"), folder.At("moved.csv")).Train());
        foreach (string file in Files(folder.At("whole")))
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("whole"), file)), File.ReadAllBytes(Path.Combine(folder.At("run"), file)));
    }

    [Fact]
    public void A_kill_between_checkpoints_costs_a_minute_at_most()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        TrainingOptions options = Options with { Steps = 200, Checkpoints = "ends" };
        TrainingRun.Create(folder.At("whole"), options).Train();
        // The clock goes on by a second at every look, and there is a look at every step.
        var clock = new SteppingClock(1000);
        Assert.Throws<InvalidOperationException>(() => TrainingRun.Create(folder.At("run"), options).Train(new() { Clock = clock }, null, (step, _) =>
        {
            if (step == 190)
                throw new InvalidOperationException("killed");
        }));
        TrainingRun again = TrainingRun.Resume(folder.At("run"));
        Assert.Equal(200, again.Train());
        Assert.InRange(again.StartedAt, 190 - 62, 189);
        Assert.Equal(Files(folder.At("whole")), Files(folder.At("run")));
        foreach (string file in Files(folder.At("whole")))
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.At("whole"), file)), File.ReadAllBytes(Path.Combine(folder.At("run"), file)));
    }

    [Fact]
    public void Metrics_are_counted_and_timed_apart_from_steps()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        var shares = new List<(long Step, double Share)>();
        TrainingRun run = TrainingRun.Create(folder.At("run"), Options);
        int left = -1;
        run.Train(null, _ => left = left < 0 ? run.MetricsTime.Left : left, null, (step, share) => shares.Add((step, share)));
        Assert.Equal((9, 0, 20, 8), (run.MetricsTime.Taken, run.MetricsTime.Left, run.MetricsTime.Rows, left));
        Assert.True(run.MetricsTime.Seconds > 0);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => 5L * i), shares.Select(each => each.Step).Distinct());
        Assert.Equal(9, shares.Count(each => each.Share == 1));
        Assert.All(shares, each => Assert.InRange(each.Share, 0.01, 1));
    }

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
