namespace Crease.Lab;

/// <summary>Published effects beside what the sweeps found.</summary>
internal static class SweepChecks
{
    public static ReportCheck Of(SweepFinding finding) => new(
        $"{finding.Sweep.Name} grows{(finding.Epsilon is double epsilon ? FormattableString.Invariant($", ε = {epsilon:G3}") : "")}: robustness comes",
        finding.Sweep.Effect,
        finding.Robustness.IsEmpty ? "no attack" : finding.OnRobustness.Words,
        finding.Outcome);
}
