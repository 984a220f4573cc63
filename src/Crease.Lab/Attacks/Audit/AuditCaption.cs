namespace Crease.Lab;

/// <summary>The line that stands below every figure of accuracy under attack: what the masking audit says, in plain words, or that there was none and how to ask for one.</summary>
public static class AuditCaption
{
    private const string Audit = "Masking audit";

    /// <summary>The verdict of an audit.</summary>
    /// <param name="audit">The audit.</param>
    public static string Of(MaskingAudit audit)
    {
        AuditLine[] failing = [.. audit.Lines.Where(line => !line.Passes)];
        return failing.Length == 0
            ? FormattableString.Invariant($"{Audit} at ε = {audit.Epsilon:G4}: believed. None of {audit.Lines.Length} checks finds a symptom of masked gradients, which is no certificate.")
            : FormattableString.Invariant($"{Audit} at ε = {audit.Epsilon:G4}: suspect, not to be quoted. {failing.Length} of {audit.Lines.Length} checks fail: {string.Join("; ", failing.Select(line => $"{line.Name} ({line.Finding})"))}.");
    }

    /// <summary>The verdicts of audits of several networks, those that doubt by name.</summary>
    /// <param name="epsilon">The audited ε.</param>
    /// <param name="networks">Name of each network or group of them, how many there are, and per network that is doubted the names of the checks that fail; at least one group.</param>
    public static string OfMany(double epsilon, IEnumerable<(string Name, int Count, IReadOnlyList<IReadOnlyList<string>> Doubts)> networks)
    {
        (string Name, int Count, IReadOnlyList<IReadOnlyList<string>> Doubts)[] all = [.. networks];
        int count = all.Sum(each => each.Count), doubted = all.Sum(each => each.Doubts.Count);
        string head = FormattableString.Invariant($"{Audit} at ε = {epsilon:G4}: believed for {count - doubted} of {count} networks");
        return doubted == 0
            ? $"{head}. No check finds a symptom of masked gradients, which is no certificate."
            : $"{head}. Suspect, not to be quoted: {string.Join("; ", all.Where(each => each.Doubts.Count > 0).Select(each => $"{each.Name} ({(each.Count > 1 ? $"{each.Doubts.Count} of {each.Count}: " : "")}{string.Join(", ", each.Doubts.SelectMany(names => names).Distinct())})"))}.";
    }

    /// <summary>That there was no audit.</summary>
    /// <param name="how">The call that audits.</param>
    /// <param name="zeroGradients">Largest share of attacked inputs without a gradient, the one check that every attack makes; null where it is not known.</param>
    public static string NotRun(string how, double? zeroGradients = null)
    {
        string zeros = zeroGradients is double share ? FormattableString.Invariant($" The gradient is exactly zero at {(share == 0 ? "none" : $"up to {100 * share:F1} %")} of the attacked inputs{(share > ZeroGradients.Suspect ? ", which is suspect" : "")}.") : "";
        return $"{Audit}: not run, so that nothing says whether accuracy under attack can be believed.{zeros} To run it: {how}";
    }
}
