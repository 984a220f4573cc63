using System.Collections.Immutable;
using Crease.Measures;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>What was measured is there again, whatever a kill left of the file.</summary>
public sealed class DynamicsStoreTests : IDisposable
{
    private static readonly DynamicsRow Row = new()
    {
        Step = 7,
        Train = new(10, 0.25, 0.5, new(new SampleMean(3, 1.5, 0.1, 1, 2), [new SampleMean(3, 1, 0, 1, 1)]), null),
        Robustness = new(4, [0.5, 0.25], 0, 0.25),
        Slice = new(12, true, null, 1.0 / 3),
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("kept/rows.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_found_by_their_key_with_every_bit()
    {
        var store = new DynamicsStore(Path);
        Assert.Null(store.Find("a"));
        store.Add("a", Row);
        store.Add("b", Row with { Step = 8 });
        DynamicsRow found = new DynamicsStore(Path).Find("a")!;
        Assert.Equal((7L, 1.0 / 3, 0.1), (found.Step, found.Slice!.SlopeNorm, found.Train!.Complexity!.Total.StandardError));
        Assert.Equal(Row.Robustness!.Accuracy.AsEnumerable(), found.Robustness!.Accuracy);
        Assert.Equal(8, new DynamicsStore(Path).Find("b")!.Step);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public void A_line_that_was_cut_off_hides_no_other(int cut)
    {
        new DynamicsStore(Path).Add("a", Row);
        new DynamicsStore(Path).Add("b", Row);
        using (FileStream file = File.OpenWrite(Path))
            file.SetLength(file.Length - cut);
        var store = new DynamicsStore(Path);
        Assert.NotNull(store.Find("a"));
        store.Add("c", Row);
        Assert.NotNull(new DynamicsStore(Path).Find("a"));
        Assert.NotNull(new DynamicsStore(Path).Find("c"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"key\":\"a\",\"row\":{\"step\":\"x\"}}")]
    public void Foreign_lines_are_left_alone(string line)
    {
        Directory.CreateDirectory(_folder.At("kept"));
        File.WriteAllText(Path, line + "\n");
        var store = new DynamicsStore(Path);
        Assert.Null(store.Find("a"));
        store.Add("a", Row);
        Assert.StartsWith(line + "\n", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.NotNull(new DynamicsStore(Path).Find("a"));
    }

    [Fact]
    public void The_key_tells_files_and_settings_apart()
    {
        File.WriteAllText(_folder.At("x"), "one");
        File.WriteAllText(_folder.At("y"), "two");
        string[] keys = [DynamicsStore.Key("1", _folder.At("x")), DynamicsStore.Key("1", _folder.At("y")), DynamicsStore.Key("2", _folder.At("x"))];
        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys[0], DynamicsStore.Key("1", _folder.At("x")));
    }
}
