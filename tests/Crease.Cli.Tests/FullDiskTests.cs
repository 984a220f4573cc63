using System.Diagnostics;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Jobs whose files may not grow beyond a limit, as on a full disk, in processes of their own.</summary>
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

    // Rows take 39 KiB in the log, in groups of 128, and 82 as a table of text.
    [Theory]
    [InlineData(1, "f.csv.part", "0 texts are kept, and the same call with --resume goes on from there")]
    [InlineData(20, "f.csv.part", "128 texts are kept, and the same call with --resume goes on from there")]
    [InlineData(50, "f.csv", null)]
    public async Task Features_of_prompts_that_may_not_be_written_end_in_one_line_and_go_on_to_the_same_bytes(int kibibytes, string file, string? kept)
    {
        LibTorch.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs limits of a shell");
        string[] call = ["language", "features", TinyLlama.Write(_folder), "--data", Prompts(), "-o", _folder["f.csv"]];
        Refused(await Limited(kibibytes, call), file, kept);
        Assert.False(File.Exists(_folder["f.csv"]));
        Call again = Call.Of([.. call, "--resume"]);
        Assert.True(again.Status == 0, again.Errors);
        Assert.False(File.Exists(_folder["f.csv.part"]));
        Assert.Equal(0, Call.Of([.. call[..^1], _folder["whole.csv"]]).Status);
        Assert.Equal(File.ReadAllBytes(_folder["whole.csv"]), File.ReadAllBytes(_folder["f.csv"]));
    }

    [Theory]
    [InlineData(1, "language score --features %f.parquet --probe %probe.json -o %s.csv", "the scores found so far cannot be kept there (a file may grow no further)")]
    [InlineData(6, "language score --features %f.parquet --probe %probe.json -o %s.csv", "s.csv: cannot be written (")]
    [InlineData(8, "language score --features %f.parquet --probe %probe.json -o %s.json", "s.json: cannot be written (")]
    [InlineData(1, "language probe %f.parquet --label label --repeats 1 --save %p.json", "p.json: cannot be written (")]
    [InlineData(4, "language probe %f.parquet --label label --repeats 1 -o %p.html", "p.html: cannot be written (")]
    [InlineData(2, "language probe %f.parquet --label label --repeats 1 --by-score %p.svg", "p.svg: cannot be written (")]
    [InlineData(2, "language map %f.parquet --method pca --color label -o %m.csv", "m.csv: cannot be written (")]
    [InlineData(1, "language dimension %model.bin --text ab -o %d.json", "d.json: cannot be written (")]
    [InlineData(1, "language audit %model.bin --questions example:questions -o %a.csv", "a.csv: cannot be written (")]
    [InlineData(1, "language needle --tokenizer %tokenizer.bin --needles %n.csv --documents %p.csv -o %corpus.csv", "corpus.csv: cannot be written (")]
    public async Task Results_of_language_verbs_that_may_not_be_written_end_in_one_line_and_leave_nothing(int kibibytes, string call, string says)
    {
        LibTorch.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs limits of a shell");
        string model = TinyLlama.Write(_folder), features = _folder["f.parquet"];
        _folder.Write("n.csv", "text,label\nab ab,1\n");
        Assert.Equal(0, Call.Of("language", "features", model, "--data", Prompts(), "-o", features).Status);
        Assert.Equal(0, Call.Of("language", "probe", features, "--label", "label", "--repeats", "1", "--save", _folder["probe.json"]).Status);
        string[] before = Files(_folder.Path);
        Refused(await Limited(kibibytes, [.. call.Split(' ').Select(word => word.StartsWith('%') ? _folder[word[1..]] : word)]), says, null);
        Assert.Equal(before, Files(_folder.Path));
    }

    private static void Refused(Call call, string says, string? kept)
    {
        Assert.True(call.Status == 1, $"exit status {call.Status}: {call.Errors}");
        string said = call.ErrorLines[^1];
        Assert.Single(call.ErrorLines, line => !line.StartsWith("note: ", StringComparison.Ordinal));
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Contains("no further", said, StringComparison.Ordinal);
        Assert.Contains(kept ?? "", said, StringComparison.Ordinal);
        Assert.Equal("", call.Output);
    }

    private string Prompts()
    {
        string longer = string.Concat(Enumerable.Repeat("ab ", 20));
        return _folder.Write("p.csv", "text,label\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"ab {i} {(i % 2 == 0 ? "a a" : "b")}{(i < 3 ? longer : "")},{i % 2}\n")));
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
