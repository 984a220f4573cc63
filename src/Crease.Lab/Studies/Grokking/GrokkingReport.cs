using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>The report of the study.</summary>
internal static class GrokkingReport
{
    public static StudyReport Of(GrokkingOptions options, IReadOnlyList<GrokkingResult> results, ExactComparison? exact, ulong seed)
    {
        ImmutableArray<SweepFinding> findings = SweepFinding.All(results);
        return new()
        {
            Study = "grokking",
            Title = "Grokking: local complexity, accuracy and robustness through training",
            Introduction = string.Create(CultureInfo.InvariantCulture, $"Networks of {options.Depth} linear layers of width {options.Width} learn {options.Samples:N0} rows of {options.Data} by AdamW (rate {options.Rate}, decay {options.WeightDecay}, batch {options.Batch}, mean squared error on one-hot classes, {options.Precision} bits). Around training, test and random points the units are counted that change their sign within a cross-polytope of radius {options.Radius} and {options.Directions} directions, logits included; test rows are attacked by {options.AttackSteps} steps of projected gradient ascent in L-infinity, ε in input units."),
            Options = options,
            Seeds = [seed],
            Checks = [.. GrokkingChecks.Of(results, exact), .. findings.Select(SweepChecks.Of)],
            Figures = [.. GrokkingFigures.Of(results, exact), .. findings.Select(SweepFigures.Of)],
            Tables = [.. ((ReportTable?[])[GrokkingTables.Runs(results), .. SweepTables.Of(findings), GrokkingTables.Exact(exact), GrokkingTables.Curves(results, options.Epsilons)]).OfType<ReportTable>()],
            Caveats = [.. Caveats(results, findings)],
            Citations = ["humayun2024grok", "humayun2023training"],
        };
    }

    private static IEnumerable<string> Caveats(IReadOnlyList<GrokkingResult> results, ImmutableArray<SweepFinding> findings)
    {
        yield return "One seed: the spread over seeds was not measured; bands in the figures are standard errors over samples.";
        yield return "Local complexity is exact in the first layer; deeper it looks at embedded vertices, without a bound on the error.";
        yield return "Accuracy under one attack bounds true robustness from above only.";
        double masked = results.Max(result => result.Dynamics.ZeroGradientShare ?? 0);
        yield return masked > 0.01
            ? FormattableString.Invariant($"Up to {100 * masked:F1} % of the attacked rows had no gradient: accuracy under attack is suspect there; 'crease attack --audit' on a checkpoint asks more.")
            : FormattableString.Invariant($"At most {100 * masked:F1} % of the attacked rows had no gradient at their start, so vanished gradients do not explain the robustness; 'crease attack --audit' on a checkpoint asks more.");
        yield return "Published curves of the default start were read off a bitmap at a few points; those of the start ×8 are digitized from vector figures. The published seeds are unknown, and weights here start from other random numbers.";
        yield return "Nothing here shows that the migration of regions causes late generalization or robustness; the authors of the published curves say so too.";
        if (findings.IsEmpty)
            yield break;
        yield return "A sweep is one run per value: pairs of values whose steps of arrival lie between different networks count as told apart, which says nothing about other seeds.";
        yield return "Robustness comes where accuracy under attack is half of the run's clean accuracy at the end, for good, after it was lost once training rows were fitted; with random labels clean and attacked rows are training rows.";
        if (findings.Any(finding => finding.Sweep.Published == PublishedEffect.Prevents))
            yield return "The published statement about batch normalization is about convolutional and residual networks with cross-entropy; here it is a perceptron with the squared error.";
    }
}
