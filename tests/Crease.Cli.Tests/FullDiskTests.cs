using System.Diagnostics;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>A training whose files may not grow beyond a limit, as on a full disk, in a process of its own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly string[] Training = "train --data synthetic:moons,samples=200 --net 2-32-32-2 --steps 100 --batch 20 --metrics every:1 --checkpoints every:30".Split(' ');

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The files have 1 (description), 6 (checkpoint), 16 (state) and 23 KiB (metrics), so that each limit meets another one.
    [Theory]
    [InlineData(1, "run.json", null)]
    [InlineData(4, "step-00000000.safetensors", "no step is kept yet, and --resume starts from the first")]
    [InlineData(10, "state.safetensors", "no step is kept yet")]
    [InlineData(18, "metrics.jsonl", "as it was after 60 steps, and --resume goes on from there")]
    public async Task A_training_that_may_write_no_more_ends_in_one_line_and_goes_on_to_the_same_bytes(int kibibytes, string file, string? kept)
    {
        LibTorch.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs limits of a shell");
        string run = _folder["run"], whole = _folder["whole"];
        Call full = await Limited(kibibytes, [.. Training, "-o", run]);
        Assert.True(full.Status == 1, $"exit status {full.Status}: {full.Errors}");
        string said = Assert.Single(full.ErrorLines);
        Assert.Contains($"{file}: cannot be written (", said, StringComparison.Ordinal);
        Assert.Contains(kept ?? "nothing was started", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Files(run), name => name.EndsWith(".part", StringComparison.Ordinal));
        if (File.Exists(Path.Combine(run, "metrics.jsonl")))
            Assert.All(File.ReadAllLines(Path.Combine(run, "metrics.jsonl")), line => Assert.EndsWith("}", line, StringComparison.Ordinal));
        Call again = Call.Of(kept is null ? [.. Training, "-o", run] : ["train", "--resume", run]);
        Assert.True(again.Status == 0, again.Errors);
        Assert.Equal(0, Call.Of([.. Training, "-o", whole]).Status);
        Assert.Equal(Files(whole), Files(run));
        Assert.All(Files(whole), name => Assert.True(File.ReadAllBytes(Path.Combine(whole, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(run, name))), name));
    }

    private static string[] Files(string run) => [.. Directory.GetFiles(run, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(run, file)).Order(StringComparer.Ordinal)];

    private static async Task<Call> Limited(int kibibytes, string[] words)
    {
        string shell = FormattableString.Invariant($"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\"");
        var start = new ProcessStartInfo("bash", ["-c", shell, ProcessCall.Host, ProcessCall.Tool, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The runtime maps its own code through a file of memory, which the limit would meet first.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process crease = Process.Start(start)!;
        Task<string> output = crease.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = crease.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await crease.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Call(crease.ExitCode, await output, await errors);
    }
}
