using System.Collections.Immutable;
using Crease.Measures;

namespace Crease.Lab;

/// <summary>Tables of the study: the runs in a line each, the curves in full, and the effects that the sweeps found.</summary>
internal static class GrokkingTables
{
    public static ReportTable Runs(IReadOnlyList<GrokkingResult> results) => new(
        "runs",
        "Runs",
        [
            new("run"), new("what"), new("steps"), new("train accuracy at the end"), new("test accuracy at the end"), new("local complexity at step 0", "units"), new("first descent ends", "step"),
            new("ascent peaks", "step"), new("peak", "units"), new("regions migrate from", "step"), new("local complexity at the end", "units"),
            new("train fitted", "step"), new("test half reached", "step"), new("robust half reached", "step"), new("robust at the end"), new("largest zero-gradient share"),
        ],
        [.. results.Select(Row)]);

    public static ReportTable Curves(IReadOnlyList<GrokkingResult> results, IReadOnlyList<double> epsilons) => new(
        "curves",
        "Curves",
        [
            new("run"), new("step"), new("train loss"), new("test loss"), new("train accuracy"), new("test accuracy"),
            .. epsilons.Select(epsilon => new ReportColumn(FormattableString.Invariant($"accuracy under attack, ε = {epsilon}"))),
            new("zero-gradient share"), new("local complexity, train", "units"), new("local complexity, test", "units"), new("local complexity, random", "units"),
            new("slope norm, train"), new("slope norm, test"),
        ],
        [.. results.SelectMany(result => result.Dynamics.Rows.Select(row => Point(result.Run.Name, row, epsilons.Count)))])
    { IsFileOnly = true };

    public static ReportTable? Exact(ExactComparison? exact) => exact is null ? null : new(
        "exact",
        "Local complexity and exact counts",
        [new("step"), new("local complexity", "units"), new("regions in a plane", "count, mean")],
        [.. exact.Steps.Select((step, i) => ImmutableArray.Create<object?>(step, exact.Complexity[i], exact.Regions[i]))]);

    /// <summary>Per sweep: when robustness comes as the setting grows, beside the published effect; null without sweeps.</summary>
    public static ReportTable? Effects(IReadOnlyList<GrokkingResult> results)
    {
        var rows = results.Where(result => result.Run.Sweep is not null).GroupBy(result => result.Run.Sweep!).Select(Effect).ToImmutableArray();
        return rows.IsEmpty ? null : new("effects", "Effects of the settings on when robustness comes", [new("setting"), new("values"), new("robust half reached", "step per value"), new("robust at the end", "share per value"), new("published effect of larger values"), new("found")], rows);
    }

    private static ImmutableArray<object?> Effect(IGrouping<GrokkingSweep, GrokkingResult> sweep)
    {
        GrokkingResult[] runs = [.. sweep.OrderBy(result => result.Run.Value)];
        double?[] steps = [.. runs.Select(Half)];
        return
        [
            sweep.Key.Title,
            string.Join(", ", runs.Select(result => ReportText.Exact(result.Run.Value))),
            string.Join(", ", steps.Select(step => ReportText.Cell(step))),
            string.Join(", ", runs.Select(result => ReportText.Cell(result.LeastRobust?.Last))),
            sweep.Key.Effect,
            Direction([.. runs.Select(result => result.Run.Value)], steps),
        ];
    }

    private static double? Half(GrokkingResult result) => result.Dynamics.Robustness.IsEmpty ? null : result.Dynamics.Robustness[0]?.Half.Step;

    private static string Direction(double[] values, double?[] steps)
    {
        if (steps.Any(step => step is null) || steps.Length < 2)
            return "not reached in every run";
        double correlation = RankCorrelation.Of(values, [.. steps.Select(step => step!.Value)]);
        string direction = correlation <= -0.5 ? "earlier" : correlation >= 0.5 ? "later" : "no clear effect";
        return FormattableString.Invariant($"{direction} (rank correlation {correlation:F2})");
    }

    private static ImmutableArray<object?> Row(GrokkingResult result)
    {
        DynamicsResult dynamics = result.Dynamics;
        TrainingPhases? phases = dynamics.Phases;
        return
        [
            result.Run.Name, result.Run.Title, result.Run.Options.Steps, result.TrainAccuracy?.Last, result.TestAccuracy?.Last, result.TrainComplexity?.Values[0], phases?.DescentEnd.Step,
            phases?.Peak.Step, phases?.Peak.Value, phases?.Migration?.Step, result.TrainComplexity?.Last,
            dynamics.Generalization?.Fitted.Step, dynamics.Generalization?.Half.Step, Half(result), result.LeastRobust?.Last, dynamics.ZeroGradientShare,
        ];
    }

    private static ImmutableArray<object?> Point(string run, DynamicsRow row, int epsilons) =>
    [
        run, row.Step, row.Train?.Loss, row.Test?.Loss, row.Train?.Accuracy, row.Test?.Accuracy,
        .. Enumerable.Range(0, epsilons).Select(e => (object?)row.Robustness?.Accuracy[e]),
        row.Robustness?.ZeroGradientShare, row.Train?.Complexity?.Total.Mean, row.Test?.Complexity?.Total.Mean, row.Random?.Total.Mean,
        row.Train?.SlopeNorm?.Mean, row.Test?.SlopeNorm?.Mean,
    ];
}
