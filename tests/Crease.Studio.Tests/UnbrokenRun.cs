using Crease.Lab;
using Crease.Numerics;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>A training that nobody interrupts before the step where another one stands.</summary>
internal static class UnbrokenRun
{
    /// <summary>Asserts that a run which was interrupted has the files that one without interruption has at the same step.</summary>
    /// <param name="folder">Folder of the run; it is paused.</param>
    /// <param name="steps">Steps that it has done at least.</param>
    public static void AssertSame(string folder, long steps)
    {
        RunSummary run = RunSummary.Read(folder);
        Assert.True(run.Done >= steps, $"{run.Done} steps are done");
        using var place = new TemporaryFolder();
        string whole = place.At("whole");
        using var stop = new CancellationTokenSource();
        TrainingRun.Create(whole, run.Options).Train(RunContext.Default with { Cancellation = stop.Token }, stepped: (done, _) =>
        {
            if (done == run.Done)
                stop.Cancel();
        });
        string[] files = Files(whole);
        Assert.True(files.Length >= 7);
        Assert.Equal(files, Files(folder));
        foreach (string file in files)
            Assert.True(File.ReadAllBytes(Path.Combine(whole, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, file))), file);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(file => file != Path.GetRelativePath(folder, Dynamics.StoreIn(folder))).Order(StringComparer.Ordinal)];
}
