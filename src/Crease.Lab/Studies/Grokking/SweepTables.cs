using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Tables of the sweeps: the effects beside the published ones, and every value in a line.</summary>
internal static class SweepTables
{
    public static IEnumerable<ReportTable> Of(ImmutableArray<SweepFinding> findings) => findings.IsEmpty ? [] : [Effects(findings), Values(findings)];

    private static ReportTable Effects(ImmutableArray<SweepFinding> findings) => new(
        "effects",
        "Effects of larger values on when robustness comes",
        [new("setting"), new("values"), new("ε"), new("robustness comes", "step per value"), new("found"), new("published"), new("agrees"), new("regions migrate", "found"), new("published for")],
        [.. findings.Select(Effect)])
    { IsPrinted = true };

    private static ImmutableArray<object?> Effect(SweepFinding finding) =>
    [
        finding.Sweep.Title,
        string.Join(", ", finding.Runs.Select(run => GrokkingSweep.Text(run.Run.Value))),
        finding.Epsilon,
        string.Join(", ", finding.Robustness.Select(Words)),
        finding.Robustness.IsEmpty ? "no attack" : finding.OnRobustness.Words,
        finding.Sweep.Effect,
        Agrees(finding.Outcome),
        finding.OnMigration.Words,
        finding.Sweep.Networks,
    ];

    private static ReportTable Values(ImmutableArray<SweepFinding> findings) => new(
        "sweep-values",
        "Every value of the sweeps",
        [
            new("setting"), new("value"), new("steps"), new("train accuracy at the end"), new("test accuracy at the end"), new("train fitted", "step"), new("test half reached", "step"), new("ε"),
            new("least robust after fitting"), new("robust at the end"), new("robustness comes", "step"), new("it had not come by", "step"), new("robustness"), new("ascent peaks", "step"), new("peak", "units"),
            new("regions migrate from", "step"), new("local complexity at the end", "units"), new("largest zero-gradient share"),
        ],
        [.. findings.SelectMany(finding => finding.Runs.Select((run, i) => Value(finding, run, i)))]);

    private static ImmutableArray<object?> Value(SweepFinding finding, GrokkingResult run, int i)
    {
        StepCurve? robust = finding.Budget < 0 ? null : run.Robust(finding.Budget);
        Arrival? comes = finding.Budget < 0 ? null : finding.Robustness[i];
        DynamicsResult dynamics = run.Dynamics;
        return
        [
            finding.Sweep.Name, run.Run.Value, run.Run.Options.Steps, run.TrainAccuracy?.Last, run.TestAccuracy?.Last, run.FittedStep, dynamics.Generalization?.Half.Step, finding.Epsilon,
            robust?.Smallest(run.FittedStep, double.PositiveInfinity)?.Value, robust?.Last, comes?.Reached, comes is { Kind: ArrivalKind.Reached or ArrivalKind.NotYet } at ? at.Before : null, Kind(comes),
            dynamics.Phases?.Peak.Step, dynamics.Phases?.Peak.Value, dynamics.Phases?.Migration?.Step, run.TrainComplexity?.Last, dynamics.ZeroGradientShare,
        ];
    }

    private static string Words(Arrival at) => at.Reached is double step ? ReportText.Cell(step) : Kind(at)!;

    private static string? Kind(Arrival? at) => at?.Kind switch
    {
        null => null,
        ArrivalKind.Reached => "comes late",
        ArrivalKind.NotYet => "not yet",
        ArrivalKind.NeverMissing => "never lost",
        _ => "nothing learned",
    };

    private static string Agrees(CheckOutcome outcome) => outcome switch { CheckOutcome.Met => "yes", CheckOutcome.Missed => "no", _ => "undecided" };
}
