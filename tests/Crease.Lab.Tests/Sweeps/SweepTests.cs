using System.Collections.Immutable;
using System.Globalization;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Parquet;
using Xunit;

namespace Crease.Lab.Tests.Sweeps;

/// <summary>A sweep survives being stopped, does not depend on how many train at a time, and tells of what failed.</summary>
public sealed class SweepTests : IDisposable
{
    private static readonly SweepGrid Grid = new()
    {
        Name = "grid",
        Train = ImmutableSortedDictionary<string, string?>.Empty,
        Axes = [new SweepAxis("rate", ["0.001", "0.01"]), new SweepAxis("width", ["3", "5"])],
        Repeats = 2,
        Measure = ImmutableSortedDictionary<string, string?>.Empty,
        MeasuresAll = true,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sweep_that_was_stopped_anywhere_goes_on_to_the_bytes_of_one_that_was_not()
    {
        LibTorch.Require();
        byte[] whole = Table(Of("whole").Run(RunContext.Default));
        for (int stop = 1, calls = 0; ; calls++)
        {
            using var cancellation = new CancellationTokenSource();
            int steps = 0, at = stop;
            try
            {
                SweepResult result = Of("broken").Run(RunContext.Default with { Cancellation = cancellation.Token }, 1, _ =>
                {
                    if (++steps == at)
                        cancellation.Cancel();
                });
                Assert.True(calls >= 4, "the sweep was stopped several times");
                Assert.All(result.Rows, row => Assert.Null(row.Message));
                Assert.Equal(whole, Table(result));
                break;
            }
            catch (OperationCanceledException)
            {
                // Later and later, so that runs, measures and starts are all met.
                stop += 11;
            }
        }
        AssertSame("whole", "broken");
    }

    [Fact]
    public void Trainings_at_a_time_do_not_change_a_byte()
    {
        LibTorch.Require();
        byte[] one = Table(Of("one").Run(RunContext.Default, 1)), three = Table(Of("three").Run(RunContext.Default, 3));
        Assert.Equal(one, three);
        AssertSame("one", "three");
    }

    [Fact]
    public void What_is_finished_is_not_trained_again_and_a_larger_grid_trains_only_what_is_new()
    {
        LibTorch.Require();
        Sweep small = Of("sweep");
        small.Run(RunContext.Default);
        SweepGrid larger = Grid with { Axes = [new SweepAxis("rate", ["0.001", "0.01", "0.1"]), new SweepAxis("width", ["3", "5"])] };
        long steps = 0;
        SweepResult result = Of("sweep", larger).Run(RunContext.Default, 1, progress => steps = Math.Max(steps, progress.Steps));
        Assert.Equal(12, result.Rows.Count);
        Assert.Equal(4 * 20, steps);
    }

    [Fact]
    public void A_run_whose_last_line_was_never_written_is_finished_by_the_next_call()
    {
        LibTorch.Require();
        Sweep sweep = Of("sweep");
        byte[] before = Table(sweep.Run(RunContext.Default));
        string metrics = Directory.GetFiles(_folder.At("sweep"), "metrics.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        string[] lines = File.ReadAllLines(metrics);
        File.WriteAllText(metrics, string.Concat(lines[..^1].Select(line => line + '\n')) + lines[^1][..20]);
        Assert.Equal(before, Table(Of("sweep").Run(RunContext.Default)));
        Assert.Equal(lines, File.ReadAllLines(metrics));
    }

    [Fact]
    public void A_training_that_fails_is_a_row_and_the_others_go_on()
    {
        LibTorch.Require();
        SweepGrid grid = Grid with { Axes = [new SweepAxis("rate", ["0.01", "1e30"]), new SweepAxis("width", ["3"])] };
        int failed = 0;
        SweepResult result = Of("sweep", grid).Run(RunContext.Default, 1, progress => failed = progress.Failed);
        Assert.Equal(["complete", "complete", "failed", "failed"], result.Rows.Select(row => row.Status));
        Assert.Equal((2, 2), (result.Failed, failed));
        Assert.All(result.Rows, row => Assert.Equal(row.IsFailed, row.Values.IsEmpty));
        Assert.All(result.Rows.Where(row => row.IsFailed), row => Assert.Matches("^step [0-9]+: .*; the last good checkpoint is", row.Message!));
        Assert.Equal(Table(result), Table(Of("sweep", grid).Run(RunContext.Default)));
    }

    [Fact]
    public void A_folder_of_other_options_is_refused_before_anything_is_trained()
    {
        LibTorch.Require();
        Of("sweep").Run(RunContext.Default);
        string[] before = Files("sweep");
        SweepGrid larger = Grid with { Axes = [new SweepAxis("rate", ["0.0001", "0.01"]), new SweepAxis("width", ["3", "5"])] };
        TrainingException fault = Assert.Throws<TrainingException>(() => Of("sweep", larger, steps: 21).Run(RunContext.Default));
        Assert.Contains("holds a run with other options", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files("sweep"));
    }

    [Fact]
    public async Task A_table_of_parquet_holds_what_that_of_csv_holds()
    {
        LibTorch.Require();
        SweepResult result = Of("sweep", Grid with { Axes = [new SweepAxis("rate", ["0.01", "1e30"]), new SweepAxis("width", ["3"])] }).Run(RunContext.Default);
        string[] lines = System.Text.Encoding.UTF8.GetString(Table(result)).TrimEnd().Split('\n');
        Assert.Equal(string.Join(',', SweepTable.Columns(result)), lines[0]);
        Assert.Equal(5, lines.Length);
        using var stream = new MemoryStream();
        SweepTable.WriteParquet(result, stream);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(lines[0].Split(','), reader.Schema.Fields.Select(field => field.Name));
        Assert.Equal(4, reader.RowGroups[0].RowCount);
    }

    [Theory]
    [InlineData("robust_accuracy_0.1", false)]
    [InlineData("robust_step_0.1", false)]
    [InlineData("robust_accuracy_0.1", true)]
    public void Figures_of_accuracy_under_attack_carry_the_line_of_the_audit(string measure, bool isHeatMap)
    {
        LibTorch.Require();
        SweepResult result = Of("sweep").Run(RunContext.Default);
        result = result with { Rows = [.. result.Rows.Select((row, i) => row with { Values = row.Values.SetItem("zero_gradient_share", i == 1 ? 0.25 : 0).SetItem("robust_step_0.1", 10) })], Measures = [.. result.Measures.Append("robust_step_0.1").Distinct()] };
        string Drawn(params string[] measures)
        {
            SweepDrawing.Save(result, new SweepView { Measures = [.. measures], IsHeatMap = isHeatMap }, _folder.At("r.svg"));
            return File.ReadAllText(_folder.At("r.svg"));
        }
        Assert.Equal(AuditCaption.NotRun("crease attack RUN --data DATA --norm linf --epsilon 0.1 --audit", 0.25), AuditedFigure.LineOf(Drawn("test_accuracy", measure)));
        Assert.DoesNotContain("Masking", Drawn("test_accuracy", "train_complexity"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, false, "a.svg")]
    [InlineData("width", "rate", null, false, "a.svg")]
    [InlineData("width", null, null, true, "a.png")]
    [InlineData("rate", null, "width", false, "a.pdf")]
    public void Figures_are_drawn_and_repeat_their_bytes(string? x, string? y, string? panels, bool isHeatMap, string file)
    {
        LibTorch.Require();
        SweepResult result = Of("sweep").Run(RunContext.Default);
        var view = new SweepView { X = x, Y = y, Panels = panels, IsHeatMap = isHeatMap, Measures = ["test_accuracy", "train_complexity"] };
        SweepDrawing.Save(result, view, _folder.At(file));
        byte[] first = File.ReadAllBytes(_folder.At(file));
        SweepDrawing.Save(result, view, _folder.At(file));
        Assert.True(first.Length > 1000);
        Assert.Equal(first, File.ReadAllBytes(_folder.At(file)));
    }

    [Theory]
    [InlineData("nosuch", null, "The grid has no axis 'nosuch'; axes are rate, width")]
    [InlineData("rate", "rate", "The axis rate does not vary by itself here; expected one of width")]
    public void A_figure_that_the_grid_cannot_have_is_refused(string? x, string? y, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => SweepDrawing.Check(Grid, new SweepView { X = x, Y = y })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_figure_shows_three_axes_and_names_the_fourth()
    {
        SweepGrid grid = Grid with { Axes = [.. "abcd".Select(name => new SweepAxis(name.ToString(), ["1", "2"]))] };
        Assert.Contains("and d varies beside a, b and c", Assert.Throws<ArgumentException>(() => SweepDrawing.Check(grid, new SweepView())).Message, StringComparison.Ordinal);
        SweepDrawing.Check(grid, new SweepView { At = ImmutableSortedDictionary<string, string>.Empty.Add("b", "2") });
        Assert.Contains("has no value '3'", Assert.Throws<ArgumentException>(() => SweepDrawing.Check(grid, new SweepView { At = ImmutableSortedDictionary<string, string>.Empty.Add("b", "3") })).Message, StringComparison.Ordinal);
    }

    private Sweep Of(string folder, SweepGrid? grid = null, long steps = 20)
    {
        grid ??= Grid;
        return new Sweep(grid, _folder.At(folder), [.. grid.Points(0).Select(point => new SweepRun(point, Options(point, steps)))], (series, _) => (new DynamicsOptions { Samples = 5, Directions = 2, SlopeSamples = 2, Epsilons = [0.1], AttackSteps = 2, AttackSamples = 4 }, Slice.Box(-1, 1, -1, 1)));
    }

    private static TrainingOptions Options(SweepPoint point, long steps) => new()
    {
        Data = new() { Data = "synthetic:moons,samples=40" },
        Network = new() { Net = $"2-{point.Values["width"]}-2" },
        Optimizer = new() { Rate = double.Parse(point.Values["rate"]!, CultureInfo.InvariantCulture), Kind = OptimizerKind.Sgd },
        Steps = steps,
        Batch = 10,
        Metrics = "every:5",
        Checkpoints = "every:10",
        Seed = point.Seed,
    };

    private static byte[] Table(SweepResult result)
    {
        using var stream = new MemoryStream();
        SweepTable.WriteCsv(result, stream);
        return stream.ToArray();
    }

    private string[] Files(string folder) => [.. Directory.GetFiles(_folder.At(folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.At(folder), file)).Order(StringComparer.Ordinal)];

    private void AssertSame(string one, string other)
    {
        Assert.Equal(Files(one), Files(other));
        Assert.NotEmpty(Files(one));
        Assert.All(Files(one), file => Assert.True(File.ReadAllBytes(Path.Combine(_folder.At(one), file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.At(other), file))), file));
    }
}
