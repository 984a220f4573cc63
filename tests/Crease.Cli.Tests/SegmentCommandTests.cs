using System.Text;
using System.Text.Json;
using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease segment</c>: documents, tables, files, limits.</summary>
public sealed class SegmentCommandTests : IDisposable
{
    private static readonly string[] Moons = ["segment", "example:moons", "--from=-1.5,-1", "--to=2.5,1.5"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Document_lists_every_breakpoint_with_its_creases_and_tiles_the_segment()
    {
        JsonElement document = Call.Of([.. Moons, "--seed", "7", "--json"]).Json();
        Documents.CheckCommon(document, seed: 7);
        int regions = document.GetProperty("regions").GetInt32();
        JsonElement[] breakpoints = [.. document.GetProperty("breakpoints").EnumerateArray()], intervals = [.. document.GetProperty("intervals").EnumerateArray()];
        Assert.Equal((regions - 1, regions), (breakpoints.Length, intervals.Length));
        Assert.Equal(regions, document.GetProperty("regionsPerLayer").EnumerateArray().Last().GetInt32());
        Assert.Equal(double.Hypot(4, 2.5), document.GetProperty("length").GetDouble(), 1e-14);
        Assert.Equal(0, intervals[0].GetProperty("from").GetDouble());
        Assert.Equal(document.GetProperty("length").GetDouble(), intervals[^1].GetProperty("to").GetDouble());
        for (int b = 0; b < breakpoints.Length; b++)
        {
            double at = breakpoints[b].GetProperty("position").GetDouble();
            Assert.Equal((at, at), (intervals[b].GetProperty("to").GetDouble(), intervals[b + 1].GetProperty("from").GetDouble()));
            JsonElement crease = breakpoints[b].GetProperty("creases").EnumerateArray().First();
            Assert.Equal(intervals[b + 1].GetProperty("newFromLayer").GetInt32(), crease.GetProperty("layer").GetInt32());
            Assert.InRange(crease.GetProperty("unit").GetInt32(), 0, 15);
        }
        JsonElement[] boundary = [.. document.GetProperty("boundary").EnumerateArray()];
        Assert.Equal([(0, 1), (1, 0), (0, 1)], boundary.Select(change => (change.GetProperty("before").GetInt32(), change.GetProperty("after").GetInt32())));
        Assert.True(document.GetProperty("cost").GetProperty("flops").GetDouble() > 0);
    }

    [Fact]
    public void Table_is_short_and_aligned()
    {
        Call made = Call.Of(Moons);
        Assert.Equal((0, ""), (made.Status, made.Errors));
        string[] lines = made.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 6, 10);
        Assert.All(lines, line => Assert.True(line[18] == ' ' && line[19] != ' ', line));
        Assert.Contains("complete, exact", made.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".svg", "<svg")]
    [InlineData(".png", "\u0089PNG")]
    [InlineData(".pdf", "%PDF")]
    [InlineData(".json", "{")]
    [InlineData(".csv", "region,from,to,class,slopeNorm,newFromLayer,codeHash\n")]
    [InlineData(".npz", "PK")]
    public void Every_ending_starts_as_such_a_file_does(string ending, string start)
    {
        string path = _folder["result" + ending];
        Assert.Equal(0, Call.Of([.. Moons, "--title", "a < b & c", "--width", "500", "-o", path]).Status);
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Archive_holds_maps_that_meet_and_can_be_cut_again()
    {
        Assert.Equal(0, Call.Of([.. Moons, "-o", _folder["s.npz"]]).Status);
        Npy[] arrays = Npz.Read(_folder["s.npz"], "ends", "slopes", "offsets", "first_creases", "creases");
        int regions = arrays[0].Values.Length - 1;
        Assert.Equal([regions, 2], arrays[1].Extents);
        Assert.Equal(arrays[4].Extents[0], arrays[3].Values[^1]);
        for (int r = 1; r < regions; r++)
        {
            double t = arrays[0].Values[r];
            for (int o = 0; o < 2; o++)
                Assert.Equal(arrays[1].Values[2 * r - 2 + o] * t + arrays[2].Values[2 * r - 2 + o], arrays[1].Values[2 * r + o] * t + arrays[2].Values[2 * r + o], 1e-12);
        }
        JsonElement again = Call.Of("segment", "example:moons", "--slice", _folder["s.npz"], "--json").Json();
        Assert.Equal(arrays[0].Values[1..^1], again.GetProperty("breakpoints").EnumerateArray().Select(b => b.GetProperty("position").GetDouble()));
    }

    [Fact]
    public void Ends_may_be_rows_of_data()
    {
        JsonElement document = Call.Of("segment", "example:digits", "--from", "example:digits:0", "--to", "example:digits:1", "--json").Json();
        Documents.CheckCommon(document);
        JsonElement change = document.GetProperty("boundary").EnumerateArray().First();
        Assert.Equal(Call.Of("explain", "example:digits", "--at", "example:digits:0", "--json").Json().GetProperty("class").GetInt32(), change.GetProperty("before").GetInt32());
    }

    [Fact]
    public void Pairs_and_layers_are_accepted()
    {
        JsonElement pair = Call.Of("segment", "example:digits", "--from", "example:digits:0", "--to", "example:digits:1", "--classes", "3,5", "--layers", "5", "--json").Json();
        Assert.All(pair.GetProperty("boundary").EnumerateArray(), change => Assert.Equal(8, change.GetProperty("before").GetInt32() + change.GetProperty("after").GetInt32()));
        Assert.Equal(1, Call.Of([.. Moons, "--layers", "1", "--json"]).Json().GetProperty("regionsPerLayer").GetArrayLength());
    }

    [Fact]
    public void Budget_keeps_what_was_found_and_says_so()
    {
        Call made = Call.Of([.. Moons, "--max-regions", "10", "--json", "--quiet", "-o", _folder["r.csv"], "-o", _folder["r.svg"]]);
        Assert.Equal(1, made.Status);
        Assert.Single(made.ErrorLines);
        Assert.Contains("stopped after 10 regions (budget)", made.Errors, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("budgetExhausted", document.RootElement.GetProperty("status").GetString());
        Assert.Equal(11, File.ReadAllLines(_folder["r.csv"]).Length);
    }

    [Fact]
    public void Interrupted_is_130()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Call made = Call.Of(stop.Token, [.. Moons, "--json", "--quiet"]);
        Assert.Equal(130, made.Status);
        Assert.Single(made.ErrorLines);
        using JsonDocument document = JsonDocument.Parse(made.Output);
        Assert.Equal("interrupted", document.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        foreach (string threads in new[] { "1", "4" })
            Assert.Equal(0, Call.Of([.. Moons, "--threads", threads, "-o", _folder[threads + ".npz"], "-o", _folder[threads + ".svg"]]).Status);
        foreach (string ending in new[] { ".npz", ".svg" })
            Assert.Equal(File.ReadAllBytes(_folder["1" + ending]), File.ReadAllBytes(_folder["4" + ending]));
    }

    public void Dispose() => _folder.Dispose();
}
