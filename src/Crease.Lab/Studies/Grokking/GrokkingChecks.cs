using System.Collections.Immutable;
using System.Globalization;
using Crease.Measures;

namespace Crease.Lab;

/// <summary>Published numbers and statements beside what the study found.</summary>
/// <remarks>Bands of the MNIST recipe hold for 784 inputs, depth 4, width 200, 1,000 rows and 10^5 steps; on other settings only the statements about phases are compared.</remarks>
internal static class GrokkingChecks
{
    private const double FullSteps = 100_000;

    private const double ControlFactor = 3;

    public static ImmutableArray<ReportCheck> Of(IReadOnlyList<GrokkingResult> results, ExactComparison? exact)
    {
        var checks = new List<ReportCheck>();
        double? migration = results.FirstOrDefault(result => result.Run is { Role: GrokkingRole.Recipe, Setting.InitScale: 1 })?.Dynamics.Phases?.Migration?.Step;
        foreach (GrokkingResult result in results.Where(result => result.Run.Role != GrokkingRole.Sweep))
        {
            checks.AddRange(Phases(result, migration));
            if (IsPublished(result, scale: 1))
                checks.AddRange(DefaultStart(result));
            if (IsPublished(result, scale: 8))
                checks.AddRange(ScaledStart(result));
        }
        if (exact is not null)
            checks.Add(Check("local complexity follows exact counts in a plane (rank correlation over networks)", "at least 0.8", exact.Correlation, exact.Correlation >= 0.8));
        return [.. checks];
    }

    private static bool IsPublished(GrokkingResult result, double scale) =>
        result.Run is { Role: GrokkingRole.Recipe, Setting: { Depth: 4, Width: 200, Samples: 1000, BatchNorm: false } setting } && setting.InitScale == scale
        && result.Run.Options.Network.Net.StartsWith("784-", StringComparison.Ordinal) && result.Run.Options.Steps >= FullSteps;

    private static IEnumerable<ReportCheck> Phases(GrokkingResult result, double? usualMigration)
    {
        string name = result.Run.Name;
        if (result.Dynamics.Phases is not TrainingPhases phases)
            yield break;
        bool isControl = result.Run.Setting.BatchNorm;
        // That nothing comes says something only after the step at which it comes without batch normalization.
        double enough = isControl ? ControlFactor * (usualMigration ?? double.PositiveInfinity) : FullSteps;
        bool isTooShort = !phases.HasSecondDescent && result.Run.Options.Steps < enough;
        string found = phases.Migration is PhaseStep migration ? FormattableString.Invariant($"regions migrate from step {migration.Step:N0} on") : FormattableString.Invariant($"none in {result.Run.Options.Steps:N0} steps");
        yield return new ReportCheck($"{name}: second descent of local complexity", isControl ? "none (published for convolutional and residual networks)" : "there is one", found, isTooShort ? CheckOutcome.NotMeasured : Outcome(phases.HasSecondDescent != isControl));
        if (isControl)
            yield break;
        bool isScaled = result.Run.Setting.InitScale > 1;
        yield return new ReportCheck(
            $"{name}: first descent of local complexity",
            isScaled ? "absent or weak" : "there is one",
            string.Create(CultureInfo.InvariantCulture, $"drop of {100 * phases.Drop:F0} % by step {phases.DescentEnd.Step:N0}"),
            Outcome(isScaled == phases.Descent is DescentStrength.Absent or DescentStrength.Weak));
    }

    private static IEnumerable<ReportCheck> DefaultStart(GrokkingResult result)
    {
        StepCurve complexity = result.TrainComplexity!, robust = result.LeastRobust!;
        (double Step, double Value)? least = complexity.Smallest(0, 300), peak = complexity.Largest(300, 5000);
        yield return Check("default: test accuracy at the end", "at least 0.88", result.TestAccuracy!.Last, result.TestAccuracy.Last >= 0.88);
        yield return At("default: smallest local complexity around training rows", "1.3 to 2.2 at step 15 to 60", least, found => found.Value is >= 1.3 and <= 2.2 && found.Step is >= 15 and <= 60);
        yield return At("default: peak between steps 300 and 5,000", "above 3.5", peak, found => found.Value > 3.5);
        yield return Check("default: local complexity around training rows at step 100,000", "below 0.6", complexity.At(FullSteps), complexity.At(FullSteps) < 0.6);
        yield return Check("default: local complexity around random points at the end", "below 0.3", result.RandomComplexity!.Last, result.RandomComplexity.Last < 0.3);
        if (result.Dynamics.Options.Epsilons[0] != 0.06)
            yield break;
        double early = robust.At(667), middle = robust.At(10_000), late = robust.MeanFrom(0.8 * result.Run.Options.Steps) ?? double.NaN;
        yield return Check("default: accuracy under attack (ε = 0.06) at step 667", "0.15 to 0.35", early, early is >= 0.15 and <= 0.35);
        yield return Check("default: its mean over the last fifth", "above 0.40", late, late > 0.4);
        yield return Check("default: that mean over the value at step 10,000", "at least 1.4", late / middle, late / middle >= 1.4);
    }

    private static IEnumerable<ReportCheck> ScaledStart(GrokkingResult result)
    {
        double? fitted = result.TrainAccuracy!.Reaches(0.99), half = result.TestAccuracy!.Reaches(0.5);
        yield return Step("x8: 99 % of the training rows right", "step 2,000 to 3,500", fitted, step => step is >= 2000 and <= 3500);
        yield return Step("x8: 50 % of the test rows right", "step 15,000 to 35,000", half, step => step is >= 15_000 and <= 35_000);
    }

    private static ReportCheck Check(string claim, string expected, double found, bool holds) =>
        new(claim, expected, found.ToString("G3", CultureInfo.InvariantCulture), double.IsFinite(found) ? Outcome(holds) : CheckOutcome.NotMeasured);

    private static ReportCheck At(string claim, string expected, (double Step, double Value)? found, Func<(double Step, double Value), bool> holds) => found is { } point
        ? new(claim, expected, string.Create(CultureInfo.InvariantCulture, $"{point.Value:G3} at step {point.Step:N0}"), Outcome(holds(point)))
        : new(claim, expected, "no network there", CheckOutcome.NotMeasured);

    private static ReportCheck Step(string claim, string expected, double? found, Func<double, bool> holds) => found is double step
        ? new(claim, expected, string.Create(CultureInfo.InvariantCulture, $"step {step:N0}"), Outcome(holds(step)))
        : new(claim, expected, "never", CheckOutcome.Missed);

    private static CheckOutcome Outcome(bool holds) => holds ? CheckOutcome.Met : CheckOutcome.Missed;
}
