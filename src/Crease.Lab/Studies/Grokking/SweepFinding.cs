using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>What a sweep found: when robustness and the migration of regions come at each of its values, and what growing the setting does to that.</summary>
/// <remarks>
/// Robustness comes where accuracy under attack is half of the clean accuracy at the end of the same run, for good, after having been below it once training rows were fitted: the bump before does not count. Of
/// several budgets the smallest is followed at which that fall shows in every run that learned, else the largest. With random labels clean and attacked rows are training rows.
/// </remarks>
internal sealed class SweepFinding
{
    private const double HalfShare = 0.5;

    // A network that is right less than twice as often as a guess has no accuracy to be robust about.
    private const double LearnedOverChance = 2;

    private SweepFinding(GrokkingSweep sweep, ImmutableArray<GrokkingResult> runs, int budget)
    {
        (Sweep, Runs, Budget) = (sweep, runs, budget);
        Robustness = budget < 0 ? [] : [.. runs.Select(run => Robust(run, budget))];
        Migration = [.. runs.Select(Migrates)];
    }

    public GrokkingSweep Sweep { get; }

    /// <summary>One run per value, values ascending.</summary>
    public ImmutableArray<GrokkingResult> Runs { get; }

    /// <summary>Index of the budget that is followed, or -1 without an attack.</summary>
    public int Budget { get; }

    /// <summary>That budget.</summary>
    public double? Epsilon => Budget < 0 ? null : Runs[0].Dynamics.Options.Epsilons[Budget];

    /// <summary>When robustness comes. Shape [values], or empty without an attack.</summary>
    public ImmutableArray<Arrival> Robustness { get; }

    /// <summary>When regions migrate. Shape [values].</summary>
    public ImmutableArray<Arrival> Migration { get; }

    /// <summary>The effect on robustness.</summary>
    public SweepEffect OnRobustness => SweepEffect.Of(Robustness);

    /// <summary>The effect on migration, on which nothing is published in this table.</summary>
    public SweepEffect OnMigration => SweepEffect.Of(Migration);

    /// <summary>Whether robustness goes as published.</summary>
    public CheckOutcome Outcome => Robustness.Length < 2 ? CheckOutcome.NotMeasured : OnRobustness.Against(Sweep.Published, Robustness);

    /// <summary>All sweeps among the runs of a study, in the order of the published table.</summary>
    public static ImmutableArray<SweepFinding> All(IReadOnlyList<GrokkingResult> results) =>
    [
        .. results.Where(result => result.Run.Sweep is not null).GroupBy(result => result.Run.Sweep!).Select(group => Of(group.Key, [.. group.OrderBy(result => result.Run.Value)])),
    ];

    private static SweepFinding Of(GrokkingSweep sweep, ImmutableArray<GrokkingResult> runs)
    {
        int budgets = runs[0].Dynamics.Options.Epsilons.Count;
        int falls = Enumerable.Range(0, budgets).FirstOrDefault(e => runs.Select(run => Robust(run, e)).All(at => at.Kind is ArrivalKind.Reached or ArrivalKind.NotYet or ArrivalKind.NotLearned), budgets - 1);
        return new SweepFinding(sweep, runs, falls);
    }

    private static Arrival Robust(GrokkingResult run, int budget)
    {
        StepCurve? robust = run.Robust(budget), clean = run.AttackedAccuracy;
        if (robust is null || clean is null || !(clean.Last >= LearnedOverChance / run.Run.Classes))
            return new Arrival(ArrivalKind.NotLearned, robust?.LastStep ?? 0, 0);
        return Arrival.At(robust, HalfShare * clean.Last, run.FittedStep);
    }

    private static Arrival Migrates(GrokkingResult run) =>
        run.Dynamics.Phases is { } phases ? Arrival.OfMigration(phases, run.Dynamics.Rows[^1].Step) : new Arrival(ArrivalKind.NotLearned, 0, 0);
}
