using System.Collections.Immutable;
using Crease.Measures;

namespace Crease.Lab;

/// <summary>Tables of the study: the runs in a line each, and the curves in full.</summary>
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

    private static double? Half(GrokkingResult result) => result.Dynamics.Robustness.IsEmpty ? null : result.Dynamics.Robustness[0]?.Half.Step;

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
