using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Crease.Measures;
using Crease.Views;

namespace Crease.Lab;

/// <summary>The report of one training: its options, curves, phases, and a table of its networks.</summary>
public static class RunReport
{
    private static readonly CurvesFigureOptions Low = CurvesFigureOptions.Default with { PanelHeight = 200 };

    /// <summary>The report as one HTML page that needs no other file and no network.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The page.</returns>
    public static string Page(RunRecord run)
    {
        Dictionary<string, CurvesFigure> figures = Figures(run);
        return ReportPage.Of(Of(run, figures), name => Svg(figures[name]));
    }

    private static StudyReport Of(RunRecord run, Dictionary<string, CurvesFigure> figures) => new()
    {
        Study = "run",
        Title = "Run " + run.Name,
        Introduction = Introduction(run),
        Options = run.Options,
        Seeds = [run.Options.Seed],
        Figures = [.. figures.Select(figure => new ReportFigure(figure.Key, Caption(figure.Key), figure.Value.Save))],
        Tables = [.. new[] { Phases(run.Dynamics), Networks(run.Dynamics), Options(run.Options) }.OfType<ReportTable>()],
        Caveats = [.. Caveats(run)],
        Citations = run.Dynamics?.Citations ?? [],
    };

    private static Dictionary<string, CurvesFigure> Figures(RunRecord run)
    {
        RunChart[] charts = run.Dynamics is { Rows.Count: > 0 } ? [RunChart.Loss, RunChart.Accuracy, RunChart.Dynamics] : [RunChart.Loss, RunChart.Accuracy];
        return charts.Select(chart => (Name: $"{chart}".ToLowerInvariant(), Figure: RunCurves.Of(run, chart, chart == RunChart.Dynamics ? null : Low))).Where(item => item.Figure is not null).ToDictionary(item => item.Name, item => item.Figure!);
    }

    private static string Introduction(RunRecord run)
    {
        TrainingOptions options = run.Options;
        string fitted = run.Metrics.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" After step {run.Metrics[^1].Step:N0} the training accuracy is {ReportText.Cell(run.Metrics[^1].TrainAccuracy)} and the test accuracy {ReportText.Cell(run.Metrics[^1].TestAccuracy)}.");
        string measured = run.Dynamics is { Rows.Count: > 0 } dynamics
            ? string.Create(CultureInfo.InvariantCulture, $" {dynamics.Rows.Count:N0} of {dynamics.Series.Checkpoints.Count:N0} checkpoints are measured: local complexity counts the units that change their sign within a cross-polytope of radius {dynamics.Options.Radius} and {dynamics.Options.Directions} directions around at most {dynamics.Options.Samples:N0} rows of each set.")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"The network {options.Network.Net} learns {Path.GetFileName(options.Data.Data)} in {options.Steps:N0} steps by {options.Optimizer.Kind} (rate {options.Optimizer.Rate}, weight decay {options.Optimizer.WeightDecay}, batch {options.Batch}).{fitted}{measured}");
    }

    private static string Caption(string name) => name switch
    {
        "loss" => "Loss over the training and test rows that metrics look at.",
        "accuracy" => "Share of right classes among the same rows.",
        _ => "What was measured at the checkpoints. Bands are standard errors over samples, vertical lines the phases of the local complexity around training rows with the spacing of the checkpoints shaded.",
    };

    private static ReportTable? Phases(DynamicsResult? result)
    {
        if (result is null)
            return null;
        var rows = new List<ImmutableArray<object?>>();
        if (result.Phases is TrainingPhases phases)
        {
            rows.Add(Row($"local complexity: first descent ({phases.Descent}) ends", phases.DescentEnd));
            rows.Add(Row("local complexity: ascent peaks", phases.Peak));
            rows.Add(Row("local complexity: regions migrate from", phases.Migration));
        }
        Add("test accuracy", result.Generalization);
        for (int e = 0; e < result.Robustness.Length; e++)
            Add("accuracy under attack, " + result.Options.Budget(result.Options.Epsilons[e]), result.Robustness[e]);
        return rows.Count == 0 ? null : new ReportTable("phases", "Phases", [new("what"), new("at step"), new("value"), new("not before step"), new("not after step"), new("later than training rows are fitted", "decades")], [.. rows]);

        void Add(string name, DelayedGeneralization? delay)
        {
            if (delay is null)
                return;
            rows.Add([.. Row(name + ": half of its last value", delay.Half)[..^1], delay.DelayInDecades]);
        }
    }

    private static ImmutableArray<object?> Row(string what, PhaseStep? at) => [what, at?.Step, at?.Value, at?.Before, at?.After, null];

    private static ReportTable? Networks(DynamicsResult? result)
    {
        if (result is not { Rows.Count: > 0 })
            return null;
        DynamicsColumn[] columns = [.. DynamicsColumn.All(result.Options).Where(column => !column.Name.EndsWith("_error", StringComparison.Ordinal) && result.Rows.Any(row => column.Value(row) is not null))];
        return new ReportTable(
            "networks",
            "Networks",
            [new("step"), .. columns.Select(column => new ReportColumn(column.Name.Replace('_', ' ')))],
            [.. result.Rows.Select(row => ImmutableArray.Create<object?>([row.Step, .. columns.Select(column => (object?)column.Value(row))]))]);
    }

    private static ReportTable Options(TrainingOptions options)
    {
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<object?>>();
        Flatten("", JsonSerializer.SerializeToElement(options, RunFolder.Json), rows);
        return new ReportTable("options", "Options", [new("option"), new("value")], rows.ToImmutable());
    }

    private static void Flatten(string name, JsonElement value, ImmutableArray<ImmutableArray<object?>>.Builder rows)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            // A path is the business of the machine that it is on.
            rows.Add([name, value.ValueKind == JsonValueKind.Null ? null : name is "data.data" or "data.test" ? Path.GetFileName(value.GetString()) : value.ToString()]);
            return;
        }
        foreach (JsonProperty property in value.EnumerateObject())
            Flatten(name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value, rows);
    }

    private static IEnumerable<string> Caveats(RunRecord run)
    {
        yield return "One seed: the spread over seeds was not measured.";
        if (run.Dynamics is not { Rows.Count: > 0 } dynamics)
            yield break;
        if (dynamics.Rows.Count < dynamics.Series.Checkpoints.Count)
            yield return "Not all checkpoints are measured yet: phases are those of the part that is.";
        yield return "Local complexity is exact in the first layer; deeper it looks at embedded vertices, without a bound on the error.";
        if (dynamics.ZeroGradientShare is double masked)
            yield return string.Create(CultureInfo.InvariantCulture, $"Accuracy under one attack bounds true robustness from above only; at most {100 * masked:F1} % of the attacked rows had no gradient{(masked > 0.01 ? ", so that it may be masked" : "")}.");
    }

    private static string Svg(CurvesFigure figure)
    {
        using var stream = new MemoryStream();
        figure.Write(stream, FigureFormat.Svg);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
