using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease study</c> makes a report of runs that survive, and says in one line what is wrong.</summary>
public sealed class StudyCommandTests : IDisposable
{
    private const string Small = "--samples 60 --width 8 --batch 30 --steps 60 --batch-norm-steps 50 --sweep-steps 40 --checkpoints log:6 --complexity-samples 20 --directions 5 --attack-samples 20 --attack-steps 3 --exact-samples 4";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_study_of_grokking_reports_runs_sweeps_and_claims_and_a_second_call_trains_nothing()
    {
        LibTorch.Require();
        string folder = _folder["study"], call = $"study grokking {Small} --sweeps batch-norm --json -o {folder}";
        using JsonDocument found = JsonDocument.Parse(Call.Of(call.Split(' ')).Output);
        Assert.Equal("complete", found.RootElement.GetProperty("status").GetString());
        Assert.True(found.RootElement.GetProperty("checks").GetArrayLength() >= 5);
        foreach (string file in new[] { "report.html", "report.md", "report.json", "figures/curves-default.svg", "figures/curves-x8.png", "figures/exact.svg", "figures/sweep-batch-norm.svg", "figures/partition-default.gif", "tables/runs.csv", "tables/effects.csv", "tables/curves.csv" })
            Assert.True(new FileInfo(Path.Combine(folder, file)).Length > 0, file);
        Assert.Equal(["batch-norm", "batch-norm-0", "batch-norm-1", "default", "x8"], Directory.GetDirectories(Path.Combine(folder, "runs")).Select(Path.GetFileName).Order());
        string report = File.ReadAllText(Path.Combine(folder, "report.json"));
        File.Delete(Path.Combine(folder, "report.json"));
        // Without its data a run could not be trained again: only what is kept is read.
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "runs/default/state.safetensors"));
        Assert.Equal(0, Call.Of(call.Split(' ')).Status);
        Assert.Equal(report, File.ReadAllText(Path.Combine(folder, "report.json")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "runs/default/state.safetensors")));
        Call other = Call.Of($"study grokking {Small.Replace("--width 8", "--width 9", StringComparison.Ordinal)} -o {folder}".Split(' '));
        Assert.Equal(1, other.Status);
        Assert.Contains("holds a run with other options", other.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("study grokking", 2, "'crease study grokking' needs -o FOLDER")]
    [InlineData("study grokking -o x --preset long", 2, "--preset is 'long'; expected short or full")]
    [InlineData("study grokking -o x --depth one", 2, "--depth is 'one'; expected a whole number")]
    [InlineData("study grokking -o x --depth 1", 1, "depth and width are 1 and")]
    [InlineData("study grokking -o x --sweeps speed", 1, "sweeps holds 'speed'; expected all, depth")]
    [InlineData("study grokking -o x --data nosuch.csv", 1, "nosuch.csv: no such file")]
    [InlineData("study alchemy -o x", 2, "alchemy")]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        Call.Of(call.Split(' ')).MustRefuse(status, says);
        Assert.False(Directory.Exists("x"));
    }
}
