using System.Text.Json;
using Parquet;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease partition --stream</c> and <c>crease bench stream</c>.</summary>
public sealed class StreamCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.csv")]
    public async Task Document_agrees_with_that_of_the_whole_partition(string name)
    {
        JsonElement whole = Call.Of("partition", "example:spirals", "--json", "--quiet").Json();
        JsonElement streamed = Call.Of("partition", "example:spirals", "--stream", _folder[name], "--json", "--quiet", "--seed", "3", "-o", _folder["t.json"]).Json();
        Documents.CheckCommon(streamed, seed: 3);
        foreach (string key in new[] { "network", "dimension", "regions", "domainArea", "citations" })
            Assert.Equal(whole.GetProperty(key).GetRawText(), streamed.GetProperty(key).GetRawText());
        Assert.Equal(whole.GetProperty("area").GetDouble(), streamed.GetProperty("area").GetDouble(), 1e-12);
        foreach (string statistic in new[] { "area", "vertices", "slopeNorm" })
        {
            foreach (string key in new[] { "mean", "std", "min", "max" })
                Assert.Equal(Statistic(whole, statistic, key), Statistic(streamed, statistic, key), 1e-10);
        }
        Assert.Equal(_folder[name], streamed.GetProperty("file").GetString());
        Assert.Equal(new FileInfo(_folder[name]).Length, streamed.GetProperty("fileBytes").GetInt64());
        Assert.Equal(streamed.GetProperty("regions").GetInt64(), await Rows(_folder[name]));
        using JsonDocument saved = JsonDocument.Parse(File.ReadAllText(_folder["t.json"]));
        Assert.Equal(streamed.GetRawText().ReplaceLineEndings(), saved.RootElement.GetRawText().ReplaceLineEndings());
        Assert.Equal(new[] { _folder["t.json"], _folder[name] }.Order(), Directory.GetFiles(_folder.Path).Order());
    }

    [Fact]
    public void Table_is_short_and_aligned()
    {
        Call made = Call.Of("partition", "example:circles", "--stream", _folder["t.csv"]);
        Assert.Equal(0, made.Status);
        string[] lines = made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(7, lines.Length);
        Assert.All(lines, line => Assert.True(line[18] == ' ' && line[19] != ' ', line));
        Assert.Contains("complete, exact", made.Output, StringComparison.Ordinal);
        Assert.Contains("t.csv (", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.csv")]
    public async Task Budget_keeps_what_was_found_and_says_so(string name)
    {
        Call made = Call.Of("partition", "example:moons", "--max-regions", "10", "--json", "--quiet", "--stream", _folder[name]);
        Assert.Equal(1, made.Status);
        Assert.Equal(["crease: stopped after 10 regions (budget); raise --max-regions, narrow the slice, or say --layers"], made.ErrorLines);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("budgetExhausted", document.RootElement.GetProperty("status").GetString());
        Assert.Equal((10, 10), (document.RootElement.GetProperty("regions").GetInt32(), await Rows(_folder[name])));
    }

    [Fact]
    public async Task Interrupted_is_130_and_the_file_is_whole()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Call made = Call.Of(stop.Token, "partition", "example:moons", "--json", "--quiet", "--stream", _folder["t.parquet"]);
        Assert.Equal(130, made.Status);
        Assert.Equal(["crease: interrupted after 0 regions; what was found is kept"], made.ErrorLines);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("interrupted", document.RootElement.GetProperty("status").GetString());
        Assert.Equal(0, await Rows(_folder["t.parquet"]));
    }

    [Fact]
    public void Layers_that_fold_are_those_of_the_call()
    {
        JsonElement whole = Call.Of("partition", "example:moons", "--json", "--quiet", "--layers", "1").Json();
        JsonElement streamed = Call.Of("partition", "example:moons", "--json", "--quiet", "--layers", "1", "--stream", _folder["t.csv"]).Json();
        Assert.Equal(whole.GetProperty("regions").GetInt32(), streamed.GetProperty("regions").GetInt32());
    }

    [Fact]
    public async Task Bench_streams_as_many_regions_as_asked_within_its_memory()
    {
        JsonElement document = Call.Of("bench", "stream", "--regions", "3000", "--stream", _folder["b.parquet"], "--json").Json();
        Documents.CheckCommon(document);
        Assert.Equal((3000, 3000), (document.GetProperty("regions").GetInt32(), await Rows(_folder["b.parquet"])));
        Assert.Equal(3L << 29, document.GetProperty("limitBytes").GetInt64());
        Assert.True(document.GetProperty("peakBytes").GetInt64() > 0);
        Assert.True(document.GetProperty("regionsPerSecond").GetDouble() > 0);
    }

    public void Dispose() => _folder.Dispose();

    internal static async Task<int> Rows(string path)
    {
        if (path.EndsWith(".csv", StringComparison.Ordinal))
            return File.ReadLines(path).Count() - 1;
        await using ParquetReader reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        return reader.RowGroups.Sum(group => (int)group.RowCount);
    }

    private static double Statistic(JsonElement document, string statistic, string key) => document.GetProperty("statistics").GetProperty(statistic).GetProperty(key).GetDouble();
}
