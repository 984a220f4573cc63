using System.Globalization;
using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Crease.Numerics;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease language probe</c> prints its controls, and what it saves scores the same.</summary>
public sealed class ProbeCommandTests : IDisposable
{
    private const int Texts = 360;

    private readonly TemporaryFolder _folder = new();

    public ProbeCommandTests()
    {
        var random = new RandomSource(1);
        string[] fields = ["warm", "place", "topic"];
        string[][] values = [.. Enumerable.Range(0, Texts).Select(i => new[] { i % 3 == 0 ? "1" : "0", i % 2 == 0 ? "north" : "south", $"t{i % 4}" })];
        FeatureRow[] rows = [.. values.Select((texts, i) => new FeatureRow(i, 6 + i % 9, texts, [.. Enumerable.Range(0, 14).Select(column => i == 5 && column == 3 ? double.NaN : random.Normal() + (texts[0] == "1" && column == 2 ? 2 : 0))]))];
        var about = new Dictionary<string, string> { ["model"] = "tiny", ["modelLayers"] = "2", ["width"] = "16", ["precision"] = "Bits32" };
        using FileStream stream = File.Create(_folder["f.parquet"]);
        FeatureWriter.WriteParquet(stream, 2, fields, rows, about);
        File.WriteAllText(_folder["p.csv"], "text,warm\n" + string.Concat(values.Select((texts, i) => $"\"the weather of day {i} is {(texts[0] == "1" ? "mild" : "cold")}\",{texts[0]}\n")));
        File.WriteAllText(_folder["time.json"], "{\"secondsToLayer\":[0.001,0.002]}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Controls_stand_beside_the_headline_and_words_that_say_all_win()
    {
        JsonElement found = Probe($"--label warm --source place --text {_folder["p.csv"]} --ablate all --time {_folder["time.json"]} --repeats 3 --json").Json();
        JsonElement score = found.GetProperty("scores")[0];
        Assert.Equal(["tokens", "characters", "words", "source", "shuffled labels"], score.GetProperty("controls").EnumerateArray().Select(control => control.GetProperty("name").GetString()));
        Assert.All(score.GetProperty("controls").EnumerateArray(), control => Assert.InRange(control.GetProperty("auc").GetDouble(), 0, 1));
        Assert.Equal(1, score.GetProperty("controls")[2].GetProperty("auc").GetDouble(), 3);
        Assert.True(score.GetProperty("low").GetDouble() > 0.7 && score.GetProperty("auc").GetDouble() > score.GetProperty("low").GetDouble());
        Assert.Equal(1, found.GetProperty("imputed").GetInt32());
        Assert.Equal(2 + 2 + 7, score.GetProperty("ablations").GetArrayLength());
        Assert.Equal(0.002, score.GetProperty("ablations")[3].GetProperty("secondsToLayer").GetDouble());
        Assert.Equal(6, score.GetProperty("sources").GetArrayLength());
        Assert.NotEqual(0, score.GetProperty("verdict").GetArrayLength());
        string table = Probe("--label warm --repeats 2").Output;
        foreach (string text in new[] { "spline features", "tokens", "shuffled labels", "words                        not measured: needs the texts", "Not controlled for: characters, words, source." })
            Assert.Contains(text, table);
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("forest --trees 20")]
    public void A_saved_probe_scores_as_the_library_does(string kind)
    {
        Assert.Equal(0, Probe($"--label warm,topic --kind {kind} --repeats 2 --save {_folder["probe.json"]}").Status);
        Call scored = Call.Of($"language score --features {_folder["f.parquet"]} --probe {_folder["probe.json"]} -o {_folder["s.csv"]} --json".Split(' '));
        Assert.Equal(["warm", "topic=t0", "topic=t1", "topic=t2", "topic=t3"], scored.Json().GetProperty("scores").EnumerateArray().Select(name => name.GetString()));
        double[][] expected = ProbeFile.Load(_folder["probe.json"]).Score(ProbeTable.Of(FeatureFile.Read(_folder["f.parquet"])));
        string[] lines = File.ReadAllLines(_folder["s.csv"]);
        Assert.Equal("row,tokens,warm,topic=t0,topic=t1,topic=t2,topic=t3", lines[0]);
        for (int row = 0; row < Texts; row++)
            Assert.Equal(expected[row], lines[row + 1].Split(',')[2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Files_of_every_ending_are_the_same_with_any_number_of_threads()
    {
        string[] endings = ["svg", "png", "pdf", "html", "csv", "score.svg", "length.pdf"];
        foreach (int threads in new[] { 1, 3 })
            Assert.Equal(0, Probe($"--label warm --repeats 2 --ablate all --threads {threads} {string.Join(' ', endings[..5].Select(ending => $"-o {_folder[$"{threads}.{ending}"]}"))} --by-score {_folder[$"{threads}.score.svg"]} --by-length {_folder[$"{threads}.length.pdf"]} -o {_folder[$"{threads}.json"]} --save {_folder[$"p{threads}.json"]}").Status);
        foreach (string ending in endings)
            Assert.Equal(File.ReadAllBytes(_folder[$"1.{ending}"]), File.ReadAllBytes(_folder[$"3.{ending}"]));
        Assert.Equal(File.ReadAllBytes(_folder["p1.json"]), File.ReadAllBytes(_folder["p3.json"]));
        Assert.Contains("each of", File.ReadAllText(_folder["1.score.svg"]), StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder["1.json"]));
        JsonElement score = document.RootElement.GetProperty("scores")[0];
        foreach (string bins in (string[])["ofTheClassByScore", "toldRightByTokens"])
        {
            // Of 360 texts, two splits test 108 each: at most 216 of them, each once.
            Assert.InRange(score.GetProperty(bins).EnumerateArray().Sum(bin => bin.GetProperty("count").GetInt32()), 109, 216);
            Assert.All(score.GetProperty(bins).EnumerateArray(), bin => Assert.True(bin.GetProperty("count").GetInt32() == 0 || bin.GetProperty("rateLow").GetDouble() <= bin.GetProperty("rate").GetDouble()));
        }
        Assert.Equal("complete", document.RootElement.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("--label nosuch", 2, "--label is 'nosuch'; f.parquet has the columns warm, place, topic")]
    [InlineData("--label warm --source nosuch", 2, "--source is 'nosuch'")]
    [InlineData("--label warm,warm", 2, "expected different names")]
    [InlineData("--label warm --kind tree", 2, "--kind is 'tree'; expected logistic or forest")]
    [InlineData("--label warm --ablate layer", 2, "--ablate is 'layer'; expected layers, first, features or all")]
    [InlineData("--label warm --label-share 0", 2, "--label-share is 0; expected a number in (0, 1]")]
    [InlineData("--label warm --repeats 0", 2, "--repeats is 0; expected 1 to 1000")]
    [InlineData("--label warm -o a.svg", 2, "say --ablate all")]
    [InlineData("--label warm -o a.npz", 2, "accepted are .svg, .png, .pdf, .html, .csv, .json")]
    [InlineData("--label warm --by-score a.html", 2, "--by-score a.html: the ending is not one of this result; accepted are .svg, .png, .pdf")]
    [InlineData("--label warm --by-length nosuch/a.svg", 2, "--by-length nosuch/a.svg: the folder does not exist")]
    [InlineData("--label warm --positive 2", 1, "expected one of two")]
    [InlineData("--label warm --kind forest --leaf 200", 1, "expected at most 126 rows in a leaf")]
    [InlineData("--label warm --text nosuch.csv", 1, "nosuch.csv")]
    [InlineData("", 2, "--label")]
    public void A_wrong_call_ends_in_one_line(string words, int status, string says) => Probe(words).MustRefuse(status, says);

    [Fact]
    public void A_probe_refuses_what_it_was_not_made_for()
    {
        Assert.Equal(0, Probe($"--label warm --repeats 1 --save {_folder["probe.json"]}").Status);
        using (FileStream stream = File.Create(_folder["other.parquet"]))
            FeatureWriter.WriteParquet(stream, 2, [], [new FeatureRow(0, 3, [], new double[14])], new Dictionary<string, string> { ["model"] = "wide", ["modelLayers"] = "2", ["width"] = "32" });
        Call.Of($"language score --features {_folder["other.parquet"]} --probe {_folder["probe.json"]}".Split(' ')).MustRefuse(1, "wide has 2 layers of width 32; the probe was trained on tiny with 2 layers of width 16");
        Call.Of($"language score --probe {_folder["probe.json"]}".Split(' ')).MustRefuse(2, "expected either MODEL with --data FILE, or --features FILE.parquet");
        Call.Of($"language score --features {_folder["f.parquet"]} --probe {_folder["p.csv"]}".Split(' ')).MustRefuse(1, "p.csv: cannot be read as a saved probe");
        Call.Of($"language score --features {_folder["f.parquet"]}".Split(' ')).MustRefuse(2, "--probe is missing");
    }

    // 250,000 rows of 14 features are 28 MB as numbers, and their scores 60 MB as a document.
    [Fact]
    public async Task Scores_of_many_rows_take_the_memory_of_few()
    {
        const int Rows = 250_000;
        Assert.Equal(0, Probe($"--label warm,topic --repeats 1 --save {_folder["probe.json"]}").Status);
        var about = new Dictionary<string, string> { ["model"] = "tiny", ["modelLayers"] = "2", ["width"] = "16" };
        using (FileStream stream = File.Create(_folder["many.parquet"]))
        {
            var random = new RandomSource(2);
            double[][] kinds = [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 14).Select(_ => random.Normal()).ToArray())];
            FeatureWriter.WriteParquet(stream, 2, [], Enumerable.Range(0, Rows).Select(i => new FeatureRow(i, 1 + i % 30, [], kinds[i % 50])), about);
        }
        var start = new System.Diagnostics.ProcessStartInfo(ProcessCall.Host, [ProcessCall.Tool, .. $"language score --features {_folder["many.parquet"]} --probe {_folder["probe.json"]} -o {_folder["s.csv"]} -o {_folder["s.json"]} --json".Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // 32 MiB: less than the features alone.
        start.Environment["DOTNET_GCHeapHardLimit"] = "2000000";
        using System.Diagnostics.Process crease = System.Diagnostics.Process.Start(start)!;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> output = crease.StandardOutput.ReadToEndAsync(cancellation), errors = crease.StandardError.ReadToEndAsync(cancellation);
        await crease.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromMinutes(5), cancellation);
        Assert.True(crease.ExitCode == 0, await errors);
        Assert.Equal(Rows + 1, File.ReadLines(_folder["s.csv"]).Count());
        using JsonDocument document = JsonDocument.Parse(await output);
        JsonElement prompts = document.RootElement.GetProperty("prompts");
        Assert.Equal(Rows, prompts.GetArrayLength());
        string[] last = File.ReadLines(_folder["s.csv"]).Last().Split(',');
        Assert.Equal(last[2..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)), prompts[Rows - 1].GetProperty("scores").EnumerateArray().Select(score => score.GetDouble()));
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(_folder["s.json"]));
        Assert.Equal(prompts.GetRawText(), file.RootElement.GetProperty("prompts").GetRawText());
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path, "*", new EnumerationOptions { AttributesToSkip = 0 }), name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private Call Probe(string words) => Call.Of($"language probe {_folder["f.parquet"]} {words}".Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
