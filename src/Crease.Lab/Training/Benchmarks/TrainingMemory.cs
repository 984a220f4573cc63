using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Whether memory stays where it is over many steps.</summary>
public static class TrainingMemory
{
    /// <summary>Number of steps.</summary>
    public const long Steps = 100_000;

    /// <summary>The step from which on memory should not grow.</summary>
    public const long Settled = 10_000;

    /// <summary>Trains a 2-16-16-2 network on two moons with metrics and checkpoints as usual.</summary>
    /// <param name="resident">Tells the bytes of the process that are in memory.</param>
    /// <param name="run">Seed and cancellation.</param>
    /// <returns>Memory after 1,000 steps, after 10,000 and after each further 10,000.</returns>
    /// <exception cref="TrainingException">libtorch is missing, or no temporary folder can be made.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public static IReadOnlyList<MemorySample> Measure(Func<long> resident, RunContext run)
    {
        var samples = new List<MemorySample>();
        var options = new TrainingOptions
        {
            Data = new() { Data = "synthetic:moons,samples=1000" },
            Network = new() { Net = "2-16-16-2" },
            Batch = 50,
            Steps = Steps,
            Seed = run.Seed,
        };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crease-");
        try
        {
            TrainingRun.Create(Path.Combine(folder.FullName, "run"), options).Train(run, null, (done, _) =>
            {
                if (done == Settled / 10 || done % Settled == 0)
                    samples.Add(new MemorySample(done, resident(), GC.GetGCMemoryInfo().HeapSizeBytes));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        run.Cancellation.ThrowIfCancellationRequested();
        return samples;
    }
}
