using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease sweep</c> trains grids whose words are those of <c>crease train</c>.</summary>
public sealed class SweepCommandTests : IDisposable
{
    private const string Small = """
        {"train": {"data": "synthetic:moons,samples=60", "net": "2-{width}-2", "steps": 20, "batch": 10, "metrics": "ends", "checkpoints": "ends"},
         "axes": {"width": [2, 4], "rate": [0.01, 0.1]}, "seeds": 2, "measure": {"samples": 5, "slope-samples": 0, "box": "-1,1,-1,1"}}
        """;

    // A value of each word that is not its default.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["data"] = "\"example:circles\"",
        ["net"] = "\"2-9-2\"",
        ["steps"] = "77",
        ["batch"] = "7",
        ["test"] = "\"example:moons\"",
        ["samples"] = "50",
        ["targets"] = "1",
        ["label-noise"] = "0.25",
        ["shape"] = "\"1,1,2\"",
        ["activation"] = "\"gelu\"",
        ["beta"] = "\"0.5\"",
        ["template-penalty"] = "0.1",
        ["penalty-form"] = "\"last-layer\"",
        ["batch-norm"] = "true",
        ["init-scale"] = "8",
        ["normalize"] = "true",
        ["optimizer"] = "\"adam\"",
        ["rate"] = "0.5",
        ["weight-decay"] = "0",
        ["momentum"] = "0.9",
        ["nesterov"] = "true",
        ["clip"] = "1",
        ["loss"] = "\"mse\"",
        ["schedule"] = "\"cosine\"",
        ["warmup"] = "5",
        ["shift"] = "1",
        ["flip"] = "true",
        ["noise"] = "0.1",
        ["adversarial"] = "0.1",
        ["adversarial-steps"] = "3",
        ["precision"] = "64",
        ["metrics"] = "\"ends\"",
        ["checkpoints"] = "\"ends\"",
        ["metric-samples"] = "5",
        ["torch-threads"] = "2",
        ["device"] = "\"cuda\"",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Words => [.. new TrainingWords().Names.Select(word => word.Name)];

    public void Dispose() => _folder.Dispose();

    // Nesterov's momentum needs sgd with some; the others go by themselves.
    [Theory]
    [MemberData(nameof(Words))]
    public void Every_word_of_a_training_is_an_axis(string word)
    {
        Assert.Contains(word, Values.Keys);
        string others = string.Concat(new Dictionary<string, string> { ["data"] = "\"example:moons\"", ["net"] = "\"2-4-2\"" }.Where(item => item.Key != word).Select(item => $"\"{item.Key}\": {item.Value}, "));
        others += word == "nesterov" ? "\"optimizer\": \"sgd\", \"momentum\": 0.5, " : "";
        string rest = word is "data" or "net" ? (word == "data" ? "\"example:moons\"" : "\"2-4-2\"") : word == "targets" ? "0" : "null";
        string file = _folder.Write("grid.json", $$"""{"train": { {{others.TrimEnd(' ', ',')}} }, "axes": {"{{word}}": [{{Values[word]}}, {{rest}}]} }""");
        JsonElement planned = Call.Of("sweep", file, "--dry-run", "--json").Json();
        Assert.Equal(2, planned.GetProperty("runs").GetInt32());
        Assert.Equal("planned", planned.GetProperty("status").GetString());
        var training = new TrainingWords();
        SweepGrid grid = SweepGridFile.Read(file, training.Names, []);
        string[] options = [.. grid.Points(0).Select(point => JsonSerializer.Serialize(training.Read(grid.Words(point), point.Seed)))];
        Assert.NotEqual(options[0], options[1]);
    }

    [Fact]
    public void A_sweep_makes_runs_of_every_other_verb_a_table_and_figures()
    {
        LibTorch.Require();
        string file = _folder.Write("small.json", Small);
        JsonElement found = Call.Of("sweep", file, "--json", "-o", _folder["a.svg"], "-o", _folder["a.csv"], "-o", _folder["a.parquet"], "-o", _folder["a.json"]).Json();
        Assert.Equal((8, 0, "complete"), (found.GetProperty("runs").GetInt32(), found.GetProperty("failed").GetInt32(), found.GetProperty("status").GetString()));
        JsonElement[] rows = [.. found.GetProperty("rows").EnumerateArray()];
        Assert.All(rows, row => Assert.True(row.GetProperty("regions").GetInt32() > 1 && row.GetProperty("train_complexity").GetDouble() >= 0 && row.GetProperty("step").GetInt32() == 20));
        Assert.Equal(8, rows.Select(row => row.GetProperty("run").GetString()).Distinct().Count());
        Assert.Equal(9, File.ReadAllLines(_folder["a.csv"]).Length);
        Assert.Equal(File.ReadAllText(_folder["a.csv"]), File.ReadAllText(Path.Combine(_folder["small"], "table.csv")));
        Assert.Contains("rate", File.ReadAllText(_folder["a.svg"]), StringComparison.Ordinal);
        string run = Path.Combine(_folder["small"], "runs", rows[0].GetProperty("run").GetString()!);
        Assert.Equal("complete", Call.Of("partition", run, "--box=-1,1,-1,1", "--json").Json().GetProperty("status").GetString());
        Assert.Equal(20, Call.Of("train", "--resume", run, "--json").Json().GetProperty("steps").GetInt32());
        JsonElement planned = Call.Of("sweep", file, "--json", "--dry-run").Json();
        Assert.Equal((8, 160), (planned.GetProperty("finished").GetInt32(), planned.GetProperty("stepsDone").GetInt32()));
        Assert.Contains("means over seeds", Call.Of("sweep", file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_with_failed_runs_ends_with_its_table_and_one_line()
    {
        LibTorch.Require();
        string file = _folder.Write("small.json", """{"train": {"data": "synthetic:moons,samples=40", "optimizer": "sgd", "steps": 5}, "axes": {"net": ["2-3-2", "3-2"], "rate": [0.1, 1e30]}, "measure": {"box": "0,1", "samples": 2}}""");
        Call made = Call.Of("sweep", file, "--json");
        Assert.Equal(1, made.Status);
        Assert.StartsWith("crease: 4 of 4 runs failed; the first: --box has 2 numbers; expected xmin,xmax,ymin,ymax", Assert.Single(made.ErrorLines), StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        string[] messages = [.. document.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("message").GetString()!)];
        Assert.Contains("step ", messages[1], StringComparison.Ordinal);
        Assert.Contains("takes 3 inputs and the data have 2", messages[2], StringComparison.Ordinal);
        Assert.Equal("failed", document.RootElement.GetProperty("status").GetString());
        Assert.True(document.RootElement.GetProperty("rows")[0].GetProperty("test_accuracy").GetDouble() > 0);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_folder["small"], "table.csv")).Length);
    }

    [Fact]
    public void The_grid_of_the_guide_means_what_the_guide_prints()
    {
        string[] page = File.ReadAllLines(Path.Combine(GuideTests.Root(), "docs", "guide", "sweep.md"));
        _folder.Write("widths.json", string.Join('\n', Block("```json")));
        string[] call = Block("```bash")[0].Split(' ');
        Assert.Equal(["crease", "sweep", "widths.json", "--dry-run"], call);
        Call made = Call.Of("sweep", _folder["widths.json"], "--dry-run");
        Assert.Equal((0, ""), (made.Status, made.Errors));
        Assert.Equal(Block("```text"), made.Output.TrimEnd().Split('\n').Select(line => line.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).TrimEnd()));

        string[] Block(string fence)
        {
            int start = Array.IndexOf(page, fence) + 1;
            return page[start..Array.IndexOf(page, "```", start)];
        }
    }

    [Theory]
    [InlineData("""{"train": {"data": "example:moons"}}""", "", 1, "grid.json: has no 'net'; expected it in train or among the axes")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2", "rate": "x"}}""", "", 1, "grid.json: --rate is 'x'; expected a number")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"rate": [1, -1]}}""", "", 1, "grid.json: rate--1_seed-0: learning rate is -1; expected a finite number above 0")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2", "batch": 1e9, "steps": 1e18}}""", "", 1, "steps is 1000000000000000000; expected 1 to 1000000000")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"activation": ["relu", "nosuch"]}}""", "", 1, "activation")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"rate": [1]}, "exclude": [{"rate": 1}]}""", "", 1, "grid.json: excludes every combination")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "measure": {"radius": 0}}""", "", 1, "grid.json: radius is 0; expected a positive number")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "measure": {"epsilon": "x"}}""", "", 1, "grid.json: --epsilon")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}}""", "-o %a.svg", 2, "No axis of the grid varies")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"torch-threads": [1, 2]}}""", "--jobs 2", 2, "the grid varies torch-threads")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"rate": [1, 2]}}""", "-o %a.svg --x net", 2, "The grid has no axis 'net'; axes are rate")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"rate": [1, 2]}}""", "-o %a.svg --at rate", 2, "--at is 'rate'; expected AXIS=VALUE")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}, "axes": {"rate": [1, 2]}}""", "-o %a.gif", 2, "accepted are .svg, .png, .pdf, .csv, .parquet, .json")]
    [InlineData("""{"train": {"data": "example:moons", "net": "2-2"}}""", "--jobs 0", 2, "--jobs is 0; expected 1 to 256")]
    public void A_wrong_grid_or_call_ends_in_one_line_and_trains_nothing(string grid, string words, int status, string says)
    {
        string file = _folder.Write("grid.json", grid);
        Call.Of(["sweep", file, .. words.Replace("%", _folder.Path + "/", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)]).MustRefuse(status, says);
        Assert.False(Directory.Exists(_folder["grid"]));
    }
}
