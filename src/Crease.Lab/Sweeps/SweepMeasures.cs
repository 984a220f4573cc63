using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>Numbers of a finished training under the names of the table.</summary>
internal static class SweepMeasures
{
    private const string RobustSteps = "robust_step_";

    // In the order of tables.
    private static readonly (string Name, Func<TrainingMetrics, double?> Value)[] Metrics =
    [
        ("train_loss", line => line.TrainLoss), ("train_accuracy", line => line.TrainAccuracy),
        ("test_loss", line => line.TestLoss), ("test_accuracy", line => line.TestAccuracy),
        ("weight_norm", line => line.WeightNorm),
    ];

    private static readonly (string Name, Func<DynamicsResult, double?> Value)[] Phases =
    [
        ("first_descent_drop", result => result.Phases?.Drop), ("descent_end_step", result => result.Phases?.DescentEnd.Step),
        ("peak_step", result => result.Phases?.Peak.Step), ("peak_complexity", result => result.Phases?.Peak.Value),
        ("migration_step", result => result.Phases?.Migration?.Step),
        ("fitted_step", result => result.Generalization?.Fitted.Step), ("generalization_step", result => result.Generalization?.Half.Step),
    ];

    /// <summary>Adds what the last line of metrics says.</summary>
    public static void Add(ImmutableDictionary<string, double>.Builder values, TrainingMetrics line)
    {
        foreach ((string name, Func<TrainingMetrics, double?> value) in Metrics)
            Add(values, name, value(line));
    }

    /// <summary>Adds what was measured at the last network, and the phases where all networks were measured.</summary>
    public static void Add(ImmutableDictionary<string, double>.Builder values, DynamicsResult result, bool hasPhases)
    {
        foreach (DynamicsColumn column in Columns(result.Options))
            Add(values, column.Name, column.Value(result.Rows[^1]));
        if (!hasPhases)
            return;
        foreach ((string name, Func<DynamicsResult, double?> value) in Phases)
            Add(values, name, value(result));
        for (int e = 0; e < result.Options.Epsilons.Count; e++)
            Add(values, RobustStep(result.Options.Epsilons[e]), result.Robustness[e]?.Half.Step);
    }

    /// <summary>Names that rows have, in the order of tables; budgets of attacks ascend.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<SweepRow> rows, IEnumerable<double> epsilons)
    {
        var known = rows.SelectMany(row => row.Values.Keys).ToHashSet(StringComparer.Ordinal);
        double[] budgets = [.. epsilons.Distinct().Order()];
        IEnumerable<string> order = Metrics.Select(metric => metric.Name)
            .Concat(Columns(new DynamicsOptions { Epsilons = budgets }).Select(column => column.Name))
            .Concat(Phases.Select(phase => phase.Name))
            .Concat(budgets.Select(RobustStep));
        return [.. order.Where(known.Contains)];
    }

    // What metrics say already is not said twice.
    private static IEnumerable<DynamicsColumn> Columns(DynamicsOptions options) => DynamicsColumn.All(options).Where(column => Metrics.All(metric => metric.Name != column.Name));

    /// <summary>The budget of the attack that a measure is about, or null where it is about none.</summary>
    public static double? Budget(string measure) =>
        (measure.StartsWith(DynamicsColumn.RobustAccuracy, StringComparison.Ordinal) || measure.StartsWith(RobustSteps, StringComparison.Ordinal))
        && double.TryParse(measure.AsSpan(measure.LastIndexOf('_') + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double epsilon) ? epsilon : null;

    private static string RobustStep(double epsilon) => FormattableString.Invariant($"{RobustSteps}{epsilon:R}");

    private static void Add(ImmutableDictionary<string, double>.Builder values, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
            values[name] = number;
    }
}
