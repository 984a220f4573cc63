using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Parquet;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Signals and limits on a job of millions of regions, in a process of its own whose outputs are pipes.</summary>
public sealed class RealProcessTests : IDisposable
{
    private const int Interrupt = 2, Terminate = 15;

    // About 8 million regions: no machine finishes before it is stopped.
    private const int Width = 2048;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Interrupted_mid_stream_it_leaves_a_readable_file_and_a_complete_document()
    {
        using Process crease = Start("--box", "-10,10,-10,10", "--stream", _folder["t.parquet"], "--json");
        (Task<string> output, Task<string> errors) = Listen(crease);
        // The first row group is in the file: the job is under way.
        await Until(crease, () => Directory.GetFiles(_folder.Path, "*.tmp").Any(file => Size(file) > 1000));
        Assert.Equal(0, Kill(crease.Id, Interrupt));
        await crease.WaitForExitAsync(TestContext.Current.CancellationToken);
        int regions = Check(130, crease, await output, await errors, "interrupted", "interrupted after");
        Assert.True(regions > 100_000);
        Assert.Equal(regions, await StreamCommandTests.Rows(_folder["t.parquet"]));
        await using ParquetReader reader = await ParquetReader.CreateAsync(_folder["t.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("interrupted", reader.CustomMetadata["crease.status"]);
        Assert.Equal([_folder["t.parquet"], _folder["wide.onnx"]], Directory.GetFiles(_folder.Path).Order());
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task Interrupted_mid_cut_it_keeps_prints_and_saves_what_was_found(int signal)
    {
        using Process crease = Start("--json", "-o", _folder["t.csv"], "-o", _folder["t.svg"]);
        // The note about the domain is the last word before the cut.
        string? note = await crease.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("note: no slice was given", note, StringComparison.Ordinal);
        (Task<string> output, Task<string> errors) = Listen(crease);
        Assert.Equal(0, Kill(crease.Id, signal));
        await crease.WaitForExitAsync(TestContext.Current.CancellationToken);
        int regions = Check(130, crease, await output, await errors, "interrupted", "interrupted after");
        Assert.Equal(regions, await StreamCommandTests.Rows(_folder["t.csv"]));
        Assert.Equal([_folder["t.csv"], _folder["t.svg"], _folder["wide.onnx"]], Directory.GetFiles(_folder.Path).Order());
    }

    [Theory]
    [InlineData("--stream")]
    [InlineData("-o")]
    public async Task Out_of_time_it_keeps_what_was_found_and_shows_no_progress_in_a_pipe(string option)
    {
        using Process crease = Start("--box", "-10,10,-10,10", "--time-limit", "1.5", option, _folder["t.csv"], "--json");
        (Task<string> output, Task<string> errors) = Listen(crease);
        await crease.WaitForExitAsync(TestContext.Current.CancellationToken);
        int regions = Check(1, crease, await output, await errors, "budgetExhausted", $"(time limit of 1.5 s); raise --time-limit");
        Assert.Equal(regions, await StreamCommandTests.Rows(_folder["t.csv"]));
        Assert.Equal([_folder["t.csv"], _folder["wide.onnx"]], Directory.GetFiles(_folder.Path).Order());
    }

    public void Dispose() => _folder.Dispose();

    private static int Check(int exit, Process crease, string output, string errors, string status, string says)
    {
        Assert.True(crease.ExitCode == exit, $"exit status {crease.ExitCode}: {errors}");
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', errors);
        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Equal(status, document.RootElement.GetProperty("status").GetString());
        return document.RootElement.GetProperty("regions").GetInt32();
    }

    private static (Task<string> Output, Task<string> Errors) Listen(Process crease) =>
        (crease.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), crease.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

    // The trial file of the check for a writable folder comes and goes.
    private static long Size(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private static async Task Until(Process crease, Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.False(crease.HasExited, "the job ended before it was interrupted");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private Process Start(params string[] words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs signals and GNU env");
        // A test run in the background ignores interrupts, and its children would too.
        return Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", ProcessCall.Host, ProcessCall.Tool, "partition", _folder.Write("wide.onnx", TinyOnnx.Wide(Width)), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
