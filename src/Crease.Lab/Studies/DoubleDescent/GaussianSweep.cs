using Crease.Numerics;

namespace Crease.Lab;

/// <summary>All sizes of Gaussian features.</summary>
internal static class GaussianSweep
{
    public static IReadOnlyList<GaussianTrial> Of(DoubleDescentOptions asked, DescentStore store, RunContext run, Action<StudyProgress>? told)
    {
        if (asked.GaussianDraws == 0)
            return [];
        int[] sizes = [.. GaussianTrial.Sizes];
        var trials = new GaussianTrial[sizes.Length];
        int done = 0;
        var one = new Lock();
        Workers.For(sizes.Length, run.Threads, i =>
        {
            run.Cancellation.ThrowIfCancellationRequested();
            trials[i] = store.Of($"gaussian-{sizes[i]}", new { used = sizes[i], draws = asked.GaussianDraws, seed = run.Seed }, () => GaussianTrial.Of(sizes[i], asked.GaussianDraws, run.Seed, run.Cancellation));
            lock (one)
                told?.Invoke(new StudyProgress("Gaussian features", ++done, sizes.Length));
        });
        return trials;
    }
}
