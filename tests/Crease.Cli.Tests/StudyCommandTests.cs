using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Crease.Tests.Corpus;
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
        foreach (string file in new[] { "report.html", "report.md", "report.json", "figures/curves-default.svg", "figures/curves-x8.png", "figures/exact.svg", "figures/sweep-batch-norm.svg", "figures/partition-default.gif", "tables/runs.csv", "tables/effects.csv", "tables/sweep-values.csv", "tables/curves.csv" })
            Assert.True(new FileInfo(Path.Combine(folder, file)).Length > 0, file);
        Assert.All(new[] { "curves-default", "sweep-batch-norm" }, figure => Assert.StartsWith("Masking audit: not run", AuditedFigure.LineOf(File.ReadAllText(Path.Combine(folder, "figures", figure + ".svg"))), StringComparison.Ordinal));
        Assert.Equal(["batch-norm", "batch-norm-1", "default", "usual", "x8"], Directory.GetDirectories(Path.Combine(folder, "runs")).Select(Path.GetFileName).Order());
        Assert.Contains(found.RootElement.GetProperty("checks").EnumerateArray(), check => check.GetProperty("claim").GetString()!.StartsWith("batch-norm grows, ε = ", StringComparison.Ordinal));
        string report = File.ReadAllText(Path.Combine(folder, "report.json"));
        File.Delete(Path.Combine(folder, "report.json"));
        // Without its data a run could not be trained again: only what is kept is read.
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "runs/default/state.safetensors"));
        Assert.Equal(0, Call.Of(call.Split(' ')).Status);
        Assert.Equal(report, File.ReadAllText(Path.Combine(folder, "report.json")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "runs/default/state.safetensors")));
        string shown = Call.Of(call.Replace(" --json", "", StringComparison.Ordinal).Split(' ')).Output;
        Assert.Contains("Effects of larger values on when robustness comes\nsetting ", shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Call other = Call.Of($"study grokking {Small.Replace("--width 8", "--width 9", StringComparison.Ordinal)} -o {folder}".Split(' '));
        Assert.Equal(1, other.Status);
        Assert.Contains("holds a run with other options", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_study_of_spline_features_reports_and_a_second_call_measures_no_text_again()
    {
        LibTorch.Require();
        string model = TinyLlama.Write(_folder), data = _folder["data"], folder = _folder["study"];
        Directory.CreateDirectory(Path.Combine(data, "toxicity"));
        Directory.CreateDirectory(Path.Combine(data, "safe"));
        File.WriteAllText(Path.Combine(data, "toxicity/wikipedia_talk_toxicity_test.csv"), "rev_id,comment,toxic\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"{i},{(i % 2 == 0 ? "ab ab" : "b a b")} {i},{i % 2 == 0}\n")));
        File.WriteAllText(Path.Combine(data, "safe/gsm8k_test.jsonl"), string.Concat(Enumerable.Range(0, 60).Select(i => $"{{\"question\":\"b {i} a {i}?\"}}\n")));
        string call = $"study spline-features --model {model} --tokenizer {_folder["tokenizer.bin"]} --data {data} --texts 60 --tokens 10 --repeats 2 --trees 4 --json -o {folder}";
        JsonElement found = Call.Of([.. call.Split(' '), "--threads", "1"]).Json();
        Assert.Equal(6, found.GetProperty("checks").GetArrayLength());
        string[] files = ["report.html", "report.md", "report.json", "figures/elsewhere-logistic-ablations.svg", "figures/same-logistic-ablations.png", "tables/headlines.csv", "tables/texts.csv"];
        foreach (string file in files)
            Assert.True(new FileInfo(Path.Combine(folder, file)).Length > 0, file);
        byte[][] before = [.. files.Select(file => File.ReadAllBytes(Path.Combine(folder, file)))];
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "features.log"));
        File.Delete(Path.Combine(folder, "report.json"));
        Assert.Equal(0, Call.Of([.. call.Split(' '), "--threads", "2"]).Status);
        Assert.Equal(before, files.Select(file => File.ReadAllBytes(Path.Combine(folder, file))));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "features.log")));
        Call other = Call.Of(call.Replace("--tokens 10", "--tokens 8", StringComparison.Ordinal).Split(' '));
        other.MustRefuse(1, "features.log holds the features of another model, tokenizer, choice or length of texts");
    }

    [Theory]
    [InlineData("study grokking", 2, "'crease study grokking' needs -o FOLDER")]
    [InlineData("study grokking -o x --preset long", 2, "--preset is 'long'; expected short or full or effects")]
    [InlineData("study grokking -o x --depth one", 2, "--depth is 'one'; expected a whole number")]
    [InlineData("study grokking -o x --depth 1", 1, "depth and width are 1 and")]
    [InlineData("study grokking -o x --sweeps speed", 1, "sweeps holds 'speed'; expected all, depth")]
    [InlineData("study grokking -o x --sweeps depth --values 2,x", 2, "--values is '2,x'; expected finite numbers separated by commas")]
    [InlineData("study grokking -o x --sweeps depth --values 1,2", 1, "values of the sweep depth are 1,2; expected at least two whole numbers from 2 to 64, ascending")]
    [InlineData("study grokking -o x --sweeps depth,width --values 2,3", 1, "values are 2,3 for the sweeps 'depth,width'; expected values for one sweep")]
    [InlineData("study grokking -o x --sweeps depth --sweep-scale 0", 1, "sweep scale is 0; expected a number above 0")]
    [InlineData("study grokking -o x --data nosuch.csv", 1, "nosuch.csv: no such file")]
    [InlineData("study spline-features -o x", 1, "no model; give --model MODEL; no texts; give --data FOLDER")]
    [InlineData("study spline-features -o x --model m --data d --texts 5", 1, "texts is 5; expected 20 to 1000000")]
    [InlineData("study spline-features -o x --model m --data nosuch", 1, "holds no toxic and clean texts of one source")]
    [InlineData("study spline-fit -o x --curve tan", 1, "curve is 'tan'; expected sin, chirp, sawtooth, bumps")]
    [InlineData("study spline-fit -o x --heads 1,1", 1, "heads is 1,1; expected different whole numbers from 1 to 256")]
    [InlineData("study spline-fit -o x --units a", 2, "--units is 'a'; expected finite numbers separated by commas")]
    [InlineData("study tradeoff -o x --noises 0.2,0.1", 1, "noises is 0.2,0.1; expected numbers above 0, ascending")]
    [InlineData("study tradeoff -o x --epsilon 0.5", 1, "epsilon is 0.5; expected one of the radii")]
    [InlineData("study double-descent -o x --features wavelets", 1, "features holds 'wavelets'; expected fourier or relu")]
    [InlineData("study double-descent -o x --ratios 1,0.5", 1, "ratios is 1,0.5; expected numbers above 0, ascending")]
    [InlineData("study double-descent -o x --samples 9999", 1, "has 3823 rows and 9999 are asked for")]
    [InlineData("study alchemy -o x", 2, "alchemy")]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        Call.Of(call.Split(' ')).MustRefuse(status, says);
        Assert.False(Directory.Exists("x"));
    }
}
