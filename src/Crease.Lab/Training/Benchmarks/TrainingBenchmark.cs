using Crease.Models;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Times the steps of a training run against the steps of libtorch that a program would write without Crease.</summary>
/// <remarks>
/// A real <see cref="TrainingRun"/> trains into a folder. Between its steps it is held up for blocks of as many plain steps of the same network on the same
/// rows, so that a drift of the machine meets both. Time is that of the processor: other jobs on the machine do not count.
/// </remarks>
public static class TrainingBenchmark
{
    private const double BlockSeconds = 0.3, WarmSeconds = 1;

    /// <summary>Measures one case.</summary>
    /// <param name="item">The case.</param>
    /// <param name="repeats">Counted pairs of blocks, at least 1.</param>
    /// <param name="run">Seed, cancellation and clock; libtorch has one thread.</param>
    /// <exception cref="TrainingException">libtorch is missing, or no temporary folder can be made.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static TrainingTiming Time(TrainingBenchmarkCase item, int repeats, RunContext run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (!LibTorchCompat.TryLoad(out string fault))
            throw new TrainingException(fault);
        TrainingOptions options = item.Options with { Seed = run.Seed, Metrics = "ends", Checkpoints = "ends" };
        DataParts sets = TrainingSource.Load(options.Data, options.Network.Architecture().TakesImages, options.Seed);
        using var plain = new PlainTraining(options, sets);
        int block = Warm(plain, run);
        options = options with { Steps = (long)block * (repeats + 1) };
        var (ours, theirs) = (new List<double>(), new List<double>());
        TimeSpan start = default;
        Trained(options, run, done =>
        {
            if (done % block != 0)
                return;
            // The first block compiles; what came before it is not counted either.
            if (done > block)
                ours.Add((Environment.CpuUsage.TotalTime - start).TotalSeconds / block);
            start = Environment.CpuUsage.TotalTime;
            for (int i = 0; i < block && done > block; i++)
                plain.Step();
            if (done > block)
                theirs.Add((Environment.CpuUsage.TotalTime - start).TotalSeconds / block);
            start = Environment.CpuUsage.TotalTime;
        });
        run.Cancellation.ThrowIfCancellationRequested();
        return new TrainingTiming { Case = item, StepsPerBlock = block, Seconds = ours, PlainSeconds = theirs, LineSeconds = LineSeconds(options, sets) };
    }

    private static void Trained(TrainingOptions options, RunContext run, Action<long> stepped)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crease-");
        try
        {
            TrainingRun.Create(Path.Combine(folder.FullName, "run"), options).Train(run, null, (done, _) => stepped(done));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Until compiled code has settled; tells how many steps make a block long enough for the clock of processor time.
    private static int Warm(PlainTraining plain, RunContext run)
    {
        long start = run.Clock.GetTimestamp();
        int steps = 0;
        double seconds;
        do
        {
            plain.Step();
            steps++;
            seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
        }
        while (seconds < WarmSeconds);
        return Math.Max(2, (int)(BlockSeconds * steps / seconds));
    }

    private static double LineSeconds(TrainingOptions options, DataParts sets)
    {
        const int Lines = 5;
        using var loop = new TrainingLoop(options, sets);
        TimeSpan start = default;
        for (int i = 0; i <= Lines; i++)
        {
            if (i == 1)
                start = Environment.CpuUsage.TotalTime;
            loop.OnTrain();
            loop.OnTest();
        }
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds / Lines;
    }
}
