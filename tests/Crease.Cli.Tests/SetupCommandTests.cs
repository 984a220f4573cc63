using System.Diagnostics;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease setup</c> as an installed tool sees it: without the folder of libtorch that a checkout names.</summary>
public sealed class SetupCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tool_without_libtorch_names_the_call_that_fetches_it()
    {
        Call train = await Bare("train", "--data", "synthetic:moons", "--net", "2-4-2", "-o", _folder["run"]);
        Assert.Equal(1, train.Status);
        Assert.Contains("fetch it with 'crease setup training', or name a folder with libtorch 2.10.0 in CREASE_LIBTORCH", Assert.Single(train.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
        Call setup = await Bare("setup");
        Assert.Equal((0, ""), (setup.Status, setup.Errors));
        Assert.Contains("not set up; fetch libtorch with: crease setup training", setup.Output, StringComparison.Ordinal);
        Call wrong = await Bare("setup", "training", "--quiet", "--source", _folder["nothing"]);
        Assert.Equal(1, wrong.Status);
        Assert.Contains($"{_folder["nothing"]}: holds no libtorch-cpu-", Assert.Single(wrong.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_with_libtorch_says_where()
    {
        LibTorch.Require();
        Assert.True(Call.Of("setup", "--json").Json().GetProperty("training").GetProperty("isReady").GetBoolean());
        Assert.Contains($"ready: libtorch 2.10.0 in {LibTorchCompat.Location}", Call.Of("setup").Output, StringComparison.Ordinal);
    }

    // The tool with the configuration of an installed one, for a user without anything.
    private async Task<Call> Bare(params string[] words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && LibTorchCompat.Location != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), "needs libtorch elsewhere than beside the tool");
        string configuration = _folder.Write("runtimeconfig.json", string.Concat(File.ReadLines(Path.ChangeExtension(ProcessCall.Tool, ".runtimeconfig.json")).Where(line => !line.Contains("Crease.Lab.LibTorch", StringComparison.Ordinal))));
        var start = new ProcessStartInfo(ProcessCall.Host, ["exec", "--runtimeconfig", configuration, ProcessCall.Tool, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_DATA_HOME"] = _folder["data"];
        start.Environment["CREASE_LIBTORCH"] = "";
        using Process crease = Process.Start(start)!;
        Task<string> output = crease.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = crease.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await crease.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Call(crease.ExitCode, await output, await errors);
    }
}
