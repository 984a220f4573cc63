using System.Text.Json;
using Xunit;

namespace Crease.Lab.Tests.Sweeps;

/// <summary>What a grid means, and that every file that means none is refused in one line.</summary>
public sealed class SweepGridTests : IDisposable
{
    private static readonly SweepWord[] Train = [.. "data net rate weight-decay batch-norm clip".Split(' ').Select(name => new SweepWord(name, false)), new("batch", true), new("steps", true)];
    private static readonly SweepWord[] Measure = [new("samples", true), new("radius", false)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Points_are_the_product_of_axes_without_what_is_excluded_times_seeds()
    {
        SweepGrid grid = Read("""
            {"train": {"data": "d", "net": "2-{width}-2"}, "axes": {"width": [2, 4, 8], "rate": [0.1, 0.01], "batch-norm": [true, false]},
             "exclude": [{"width": 8, "rate": [0.1, 0.01]}, {"rate": 0.1, "batch-norm": true, "width": 2}], "seeds": 2}
            """);
        IReadOnlyList<SweepPoint> points = grid.Points(5);
        string[] expected =
        [
            .. from norm in (string[])["true", "false"]
               from rate in (string[])["0.1", "0.01"]
               from width in (string[])["2", "4", "8"]
               from seed in (int[])[5, 6]
               where width != "8" && (rate, norm, width) != ("0.1", "true", "2")
               select $"batch-norm-{norm}_rate-{rate}_width-{width}_seed-{seed}",
        ];
        Assert.Equal(expected, points.Select(point => point.Name));
        Assert.Equal(24, grid.Combinations);
    }

    [Fact]
    public void Points_do_not_depend_on_the_order_in_which_a_file_names_things()
    {
        SweepGrid one = Read("""{"train": {"data": "d", "net": "n"}, "axes": {"rate": [1, 2], "clip": [3, 4], "batch": [5, 6]}, "zip": [["clip", "rate"]], "seeds": [7, 3]}""");
        SweepGrid other = Read("""{"seeds": [7, 3], "zip": [["rate", "clip"]], "axes": {"batch": [5, 6], "clip": [3, 4], "rate": [1, 2]}, "train": {"net": "n", "data": "d"}}""");
        Assert.Equal(one.Points(0).Select(point => point.Name), other.Points(0).Select(point => point.Name));
        Assert.Equal(Names(one), Names(other));
        Assert.Equal("batch-5_clip-3_rate-1_seed-7", one.Points(0)[0].Name);
        Assert.Equal(8, one.Points(0).Count);

        static string Names(SweepGrid grid) => string.Join(' ', grid.Points(0).SelectMany(point => grid.Words(point)));
    }

    [Fact]
    public void A_grid_that_grows_keeps_the_names_of_its_points()
    {
        string[] small = [.. Read("""{"train": {"data": "d", "net": "n"}, "axes": {"rate": [1, 2], "clip": [3]}, "seeds": 2}""").Points(0).Select(point => point.Name)];
        string[] large = [.. Read("""{"train": {"data": "d", "net": "n"}, "axes": {"clip": [null, 3], "rate": {"from": 0.5, "to": 3, "steps": 6}}, "seeds": 3}""").Points(0).Select(point => point.Name)];
        Assert.Subset(large.ToHashSet(), small.ToHashSet());
    }

    [Fact]
    public void Names_of_points_are_distinct_folders_whatever_their_values()
    {
        string[] values = ["a/b", "a-b", "a_b", "..", "none", "", "c:\\d", new('x', 400), new('x', 401), "é"];
        SweepGrid grid = Read(JsonSerializer.Serialize(new { train = new { net = "n" }, axes = new Dictionary<string, string?[]> { ["data"] = [null, .. values] } }));
        string[] names = [.. grid.Points(0).Select(point => point.Name)];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^data-[A-Za-z0-9.+_-]{0,120}$", name));
    }

    [Theory]
    [InlineData("""{"from": 0.001, "to": 0.1, "steps": 3, "scale": "log"}""", "0.001 0.01 0.1")]
    [InlineData("""{"from": 1, "to": 0, "steps": 5}""", "1 0.75 0.5 0.25 0")]
    [InlineData("""{"from": 0.1, "to": 0.4, "steps": 4}""", "0.1 0.2 0.3 0.4")]
    [InlineData("""{"from": 8, "to": 64, "steps": 4, "scale": "log", "whole": true}""", "8 16 32 64")]
    [InlineData("""{"from": 1, "to": 3, "steps": 9, "whole": true}""", "1 2 3")]
    [InlineData("""[1e-3, 1E0, 0.10, null, true, "x"]""", "0.001 1 0.1 none true x")]
    public void Ranges_hold_both_ends_and_numbers_as_one_would_write_them(string axis, string expected)
    {
        SweepGrid grid = Read($$"""{"train": {"data": "d", "net": "n"}, "axes": {"rate": {{axis}} } }""");
        Assert.Equal(expected.Split(' '), grid.Axes[0].Values.Select(SweepAxis.Text));
    }

    [Fact]
    public void Ranges_of_whole_words_are_whole_and_each_value_stands_once()
    {
        SweepGrid grid = Read("""{"train": {"data": "d", "net": "n"}, "axes": {"batch": {"from": 1, "to": 10, "steps": 7, "scale": "log"} } }""");
        Assert.Equal(["1", "2", "3", "5", "7", "10"], grid.Axes[0].Values.Select(SweepAxis.Text));
    }

    [Fact]
    public void Words_of_a_point_are_those_of_all_with_braces_filled_and_its_axes()
    {
        SweepGrid grid = Read("""{"train": {"data": "s:m,samples={batch}", "net": "2-{width}-{width}-2", "clip": null}, "axes": {"width": [3], "batch": [7], "weight-decay": [null, 0.5]}, "measure": {"radius": 0.1, "networks": "all"}}""");
        string[] words = [.. grid.Points(0).Select(point => string.Join(' ', grid.Words(point).Select(item => $"{item.Key}={item.Value}")))];
        Assert.Equal(["data=s:m,samples=7 net=2-3-3-2", "data=s:m,samples=7 net=2-3-3-2 weight-decay=0.5"], words);
        Assert.True(grid.MeasuresAll);
        Assert.Equal(["radius"], grid.Measure!.Keys);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("{", "expected JSON of at most 8 levels")]
    [InlineData("[1]", "is a list; expected an object with train, axes")]
    [InlineData("null", "is null; expected an object")]
    [InlineData("""{"train": {}, "trian": {}}""", "the grid has 'trian', which has no meaning there; accepted are train, axes, zip, exclude, seeds, measure")]
    [InlineData("""{"axes": {}}""", "has no 'train'")]
    [InlineData("""{"train": 5}""", "train is 5; expected an object")]
    [InlineData("""{"train": {"ratee": 1}}""", "train has 'ratee', which has no meaning there; accepted are data, net, rate")]
    [InlineData("""{"train": {"rate": [1]}}""", "train.rate is a list; expected a text, a number, true, false or null")]
    [InlineData("""{"train": {"rate": 1e999}}""", "train.rate is 1e999; expected a finite number")]
    [InlineData("""{"train": {"rate": NaN}}""", "line 1: ")]
    [InlineData("""{"train": {"rate": 1, "rate": 2}}""", "every name stands once")]
    [InlineData("""{"train": {"net": [[[[[[[[1]]]]]]]]}}""", "at most 8 levels")]
    [InlineData("""{"train": {"net": "2-{width}-2"}}""", "train names {width}, which is no axis")]
    [InlineData("""{"train": {"net": "2-{width}-2"}, "axes": {"width": [1, null]}}""", "axes.width holds null")]
    [InlineData("""{"train": {"net": "{status}"}, "axes": {"status": [1]}}""", "axes has 'status', which is a column of every table")]
    [InlineData("""{"train": {"rate": 1}, "axes": {"rate": [1]}}""", "'rate' is in train and in axes")]
    [InlineData("""{"train": {}, "axes": {"width": [1]}}""", "axes has 'width', which is neither a word of 'crease train' nor stands as {width} in one; accepted are data, net, rate")]
    [InlineData("""{"train": {}, "axes": {"seed": [1]}}""", "seeds are no axis")]
    [InlineData("""{"train": {}, "axes": {"rate": 1}}""", "axes.rate is 1; expected a list of values, or a range")]
    [InlineData("""{"train": {}, "axes": {"rate": []}}""", "axes.rate holds no values")]
    [InlineData("""{"train": {}, "axes": {"rate": [1, 1.0]}}""", "axes.rate holds 1 twice")]
    [InlineData("""{"train": {}, "axes": {"rate": [{}]}}""", "axes.rate[0] is an object")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": 1, "to": 2}}}""", "axes.rate is a range without from, to or steps")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": 0, "to": 2, "steps": 3, "scale": "log"}}}""", "axes.rate goes from 0 to 2; expected different ends above 0")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": 1, "to": 1, "steps": 3}}}""", "expected different ends")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": -1e308, "to": 1e308, "steps": 3}}}""", "expected different ends")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": 1, "to": 2, "steps": 1e9}}}""", "axes.rate.steps is 1e9; expected a whole number from 2 to 1000")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": 1, "to": 2, "steps": 2, "scale": "cubic"}}}""", "axes.rate.scale is 'cubic'; expected linear or log")]
    [InlineData("""{"train": {}, "axes": {"rate": {"from": 1, "to": 2, "step": 2}}}""", "axes.rate has 'step'")]
    [InlineData("""{"train": {}, "axes": {"rate": [1, 2], "clip": [1]}, "zip": [["rate", "clip"]]}""", "zip[0] joins axes of 2, 1 values")]
    [InlineData("""{"train": {}, "axes": {"rate": [1, 2], "clip": [1, 2]}, "zip": [["rate", "clip"], ["clip", "rate"]]}""", "zip names 'rate' twice")]
    [InlineData("""{"train": {}, "axes": {"rate": [1]}, "zip": [["rate"]]}""", "expected a list of two or more axes")]
    [InlineData("""{"train": {}, "axes": {"rate": [1]}, "zip": [["rate", 5]]}""", "zip[0] names '5', which is no axis; axes are rate")]
    [InlineData("""{"train": {}, "axes": {"rate": [1]}, "exclude": [{"clip": 1}]}""", "exclude[0] names 'clip', which is no axis; axes are rate")]
    [InlineData("""{"train": {}, "axes": {"rate": [1]}, "exclude": [{"rate": 2}]}""", "exclude[0].rate names 2, which is no value of that axis; expected one of 1")]
    [InlineData("""{"train": {}, "exclude": [{}]}""", "exclude[0] is an object; expected an object of axes and values")]
    [InlineData("""{"train": {}, "seeds": 0}""", "seeds is 0; expected a whole number from 1 to 1000")]
    [InlineData("""{"train": {}, "seeds": [1, -1]}""", "seeds holds -1; expected whole numbers of at least 0")]
    [InlineData("""{"train": {}, "seeds": [1, 1]}""", "seeds holds a seed twice")]
    [InlineData("""{"train": {}, "measure": {"data": "x"}}""", "measure has 'data', which has no meaning there; accepted are samples, radius, networks")]
    [InlineData("""{"train": {}, "measure": {"networks": "first"}}""", "measure.networks is 'first'; expected last or all")]
    [InlineData("""{"train": {"net": "\ud800"}}""", "expected texts of Unicode")]
    [InlineData("""{"train": {"a\u0000b\u001b[31m": 1}}""", "which has no meaning there")]
    public void A_file_that_is_no_grid_is_refused_in_one_line(string text, string says)
    {
        GridException fault = Assert.Throws<GridException>(() => Read(text));
        Assert.StartsWith("grid.json: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, letter => char.IsControl(letter));
        Assert.True(fault.Message.Length < 1000);
    }

    [Fact]
    public void Huge_grids_are_refused_before_they_are_listed()
    {
        string range = """{"from": 1, "to": 2, "steps": 1000}""";
        Assert.Contains("asks for billions of runs", Assert.Throws<GridException>(() => Read($$"""{"train": {}, "axes": {"rate": {{range}}, "clip": {{range}}, "weight-decay": {{range}}, "batch-norm": {{range}} } }""")).Message, StringComparison.Ordinal);
        Assert.Contains("asks for 100000 runs", Assert.Throws<GridException>(() => Read($$"""{"train": {}, "axes": {"rate": {{range}} }, "seeds": 100}""")).Message, StringComparison.Ordinal);
        Assert.Contains("more than 1048576 bytes", Assert.Throws<GridException>(() => Read(new string(' ', 1 << 21))).Message, StringComparison.Ordinal);
        Assert.Contains("axes.rate holds 1001 values", Assert.Throws<GridException>(() => Read($$"""{"train": {}, "axes": {"rate": [{{string.Join(',', Enumerable.Range(0, 1001))}}] } }""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_of()
    {
        Assert.Contains("nosuch.json: no such file", Assert.Throws<GridException>(() => SweepGridFile.Read(_folder.At("nosuch.json"), Train, Measure)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<GridException>(() => SweepGridFile.Read(_folder.Path, Train, Measure)).Message, StringComparison.Ordinal);
    }

    private SweepGrid Read(string text)
    {
        File.WriteAllText(_folder.At("grid.json"), text);
        return SweepGridFile.Read(_folder.At("grid.json"), Train, Measure);
    }
}
