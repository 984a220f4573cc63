using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of one training, the phases marked, and of several trainings beside each other.</summary>
public static class RunCurves
{
    private const string Unit = "step", Error = "_error";

    /// <summary>The figure of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="chart">What to show.</param>
    /// <param name="options">Title and size; axes and marks are set here.</param>
    /// <returns>The figure, or null where the run has no such numbers yet.</returns>
    public static CurvesFigure? Of(RunRecord run, RunChart chart, CurvesFigureOptions? options = null)
    {
        if (chart == RunChart.Dynamics)
            return run.Dynamics is { Rows.Count: > 0 } measured ? DynamicsCurves.Of(measured, options) : null;
        (string Name, string Column, int Color)[] lines = chart switch
        {
            RunChart.Loss => [("train", "train_loss", DynamicsCurves.TrainColor), ("test", "test_loss", DynamicsCurves.TestColor)],
            RunChart.Accuracy => [("train", "train_accuracy", DynamicsCurves.TrainColor), ("test", "test_accuracy", DynamicsCurves.TestColor)],
            RunChart.Complexity => [("train", "train_complexity", DynamicsCurves.TrainColor), ("test", "test_complexity", DynamicsCurves.TestColor), ("random", "random_complexity", DynamicsCurves.RandomColor)],
            _ => [.. (run.Dynamics?.Options.Epsilons ?? []).Select((epsilon, e) => (run.Dynamics!.Options.Budget(epsilon), DynamicsColumn.Robust(epsilon), DynamicsCurves.RobustColor + e))],
        };
        Curve[] curves = [.. lines.Select(line => Read(run, chart, line.Column, line.Name) with { ColorIndex = line.Color })];
        return Drawn([Panel(chart, run.Options.Loss, curves)], Noted(options, chart == RunChart.Robustness, [run]), run.Dynamics is null ? [] : DynamicsCurves.Marks(run.Dynamics));
    }

    /// <summary>The figure of several runs: a color per run, training rows solid and test rows dashed.</summary>
    /// <param name="runs">The runs, in the order of their colors.</param>
    /// <param name="chart">What to show.</param>
    /// <param name="epsilon">Budget of the attack; null for the smallest that most runs have.</param>
    /// <param name="options">Title and size; axes are set here.</param>
    /// <returns>The figure, or null where no run has such numbers yet.</returns>
    public static CurvesFigure? Of(IReadOnlyList<RunRecord> runs, RunChart chart, double? epsilon = null, CurvesFigureOptions? options = null)
    {
        RunChart[] charts = chart == RunChart.Dynamics ? [RunChart.Accuracy, RunChart.Robustness, RunChart.Complexity, RunChart.Loss] : [chart];
        epsilon ??= SharedBudget(runs);
        return Drawn([.. charts.Select(one => Compared(runs, one, epsilon))], Noted(options, charts.Contains(RunChart.Robustness), runs), []);
    }

    /// <summary>The smallest budget of an attack that most of some runs have, or null where none was attacked.</summary>
    /// <param name="runs">The runs.</param>
    public static double? SharedBudget(IReadOnlyList<RunRecord> runs) => runs.SelectMany(run => run.Dynamics?.Options.Epsilons ?? [])
        .GroupBy(epsilon => epsilon).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => (double?)group.Key).FirstOrDefault();

    private static CurvesFigureOptions? Noted(CurvesFigureOptions? options, bool showsRobustness, IEnumerable<RunRecord> runs) =>
        showsRobustness && DynamicsCurves.Note(runs.Select(run => run.Dynamics)) is string note ? (options ?? CurvesFigureOptions.Default) with { Note = note } : options;

    private static CurvePanel Compared(IReadOnlyList<RunRecord> runs, RunChart chart, double? epsilon)
    {
        string? named = epsilon is double budget ? runs.Select(run => run.Dynamics?.Options).FirstOrDefault(options => options?.Epsilons.Contains(budget) == true)?.Budget(budget) : null;
        (string Column, bool IsTest)[] columns = chart switch
        {
            RunChart.Loss => [("train_loss", false), ("test_loss", true)],
            RunChart.Accuracy => [("train_accuracy", false), ("test_accuracy", true)],
            RunChart.Complexity => [("train_complexity", false), ("test_complexity", true)],
            _ => epsilon is double at ? [(DynamicsColumn.Robust(at), true)] : [],
        };
        IEnumerable<Curve> curves = runs.SelectMany((run, color) => columns.Select(column =>
            Read(run, chart, column.Column, column.IsTest ? run.Name + ", test" : run.Name) with { ColorIndex = color, IsDashed = column.IsTest, HalfWidths = null }));
        Loss? loss = runs.All(run => run.Options.Loss == runs[0].Options.Loss) ? runs[0].Options.Loss : null;
        CurvePanel panel = Panel(chart, loss, [.. curves]);
        return named is not null && chart == RunChart.Robustness ? panel with { Label = $"under attack, {named}" } : panel;
    }

    private static CurvePanel Panel(RunChart chart, Loss? loss, Curve[] curves)
    {
        (string label, AxisScale scale) = chart switch
        {
            RunChart.Loss => (loss is Loss one ? DynamicsCurves.LossLabel(one) : "loss", AxisScale.Logarithmic),
            RunChart.Accuracy => ("accuracy (share)", AxisScale.Linear),
            RunChart.Complexity => ("local complexity (units)", AxisScale.Linear),
            _ => ("accuracy under attack (share)", AxisScale.Linear),
        };
        return new CurvePanel(label, [.. curves.Where(curve => curve.Xs.Count > 0)]) { Scale = scale };
    }

    private static CurvesFigure? Drawn(CurvePanel[] panels, CurvesFigureOptions? options, IReadOnlyList<CurveMark> marks)
    {
        CurvePanel[] shown = [.. panels.Where(panel => panel.Curves.Count > 0)];
        double last = shown.SelectMany(panel => panel.Curves).Select(curve => curve.Xs[^1]).DefaultIfEmpty(0).Max();
        return shown.Length == 0 ? null : CurvesFigure.Of(shown, DynamicsCurves.Axis(options ?? CurvesFigureOptions.Default, Unit, last) with { Marks = marks });
    }

    // Metrics are written more often than checkpoints, so that losses and accuracies come from there.
    private static Curve Read(RunRecord run, RunChart chart, string column, string name)
    {
        if (chart is RunChart.Loss or RunChart.Accuracy)
        {
            (long Step, double? Value)[] points = [.. run.Metrics.Select(line => (line.Step, Metric(line, column))).Where(point => point.Item2 is not null)];
            return new Curve(name, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Value!.Value)]);
        }
        if (run.Dynamics is not DynamicsResult dynamics)
            return new Curve(name, [], []);
        Dictionary<string, DynamicsColumn> columns = DynamicsColumn.All(dynamics.Options).ToDictionary(known => known.Name);
        if (!columns.TryGetValue(column, out DynamicsColumn? found))
            return new Curve(name, [], []);
        (double[] steps, double[] values) = dynamics.Curve(found.Value);
        return new Curve(name, steps, values) { HalfWidths = columns.TryGetValue(column + Error, out DynamicsColumn? error) ? dynamics.Curve(error.Value).Values : null };
    }

    private static double? Metric(TrainingMetrics line, string column) => column switch
    {
        "train_loss" => line.TrainLoss,
        "test_loss" => line.TestLoss,
        "train_accuracy" => line.TrainAccuracy,
        _ => line.TestAccuracy,
    };
}
