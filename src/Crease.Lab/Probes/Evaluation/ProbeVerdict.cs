using System.Globalization;

namespace Crease.Lab;

/// <summary>Plain words on what an AUC shows over its controls.</summary>
internal static class ProbeVerdict
{
    public static IEnumerable<string> Of(string name, AucEstimate features, IReadOnlyList<ProbeControl> controls, IReadOnlyList<SourceFinding> sources)
    {
        yield return features.Low > 0.5 ? $"The features tell '{name}' better than chance: AUC {Text(features)}."
            : features.High < 0.5 ? $"The features rank '{name}' worse than chance: AUC {Text(features)}; look for a split that is not random."
            : $"The features do not tell '{name}' from the rest: AUC {Text(features)} includes 0.5.";
        foreach (ProbeControl control in controls.Where(control => control is { Estimate: not null, Lead: not null }))
            yield return Compared(control);
        if (controls.FirstOrDefault(control => control.Name == ProbeControl.Shuffled)?.Estimate is AucEstimate shuffled)
        {
            yield return shuffled.Low <= 0.5 && shuffled.High >= 0.5
                ? $"Shuffled labels give {Text(shuffled)}, as they must."
                : $"Shuffled labels give {Text(shuffled)}, which excludes 0.5: there are too few rows, or the splits are not independent.";
        }
        foreach (string sentence in OfSources(name, sources))
            yield return sentence;
        string[] absent = [.. controls.Where(control => control.Estimate is null).Select(control => control.Name)];
        if (absent.Length > 0)
            yield return $"Not controlled for: {string.Join(", ", absent)}.";
    }

    private static string Compared(ProbeControl control)
    {
        AucDifference lead = control.Lead!.Value;
        string told = string.Create(CultureInfo.InvariantCulture, $"{control.Meaning} reaches {Text(control.Estimate!.Value)}; the features are {Math.Abs(lead.Mean):F3} {(lead.Mean < 0 ? "below" : "above")} that [{lead.Low:F3}, {lead.High:F3}]");
        return Capital(told) + (lead.Low > 0 ? ", so they tell more than that alone." : lead.High < 0 ? ", so that alone tells more than they do." : ": no clear difference.");
    }

    private static IEnumerable<string> OfSources(string name, IReadOnlyList<SourceFinding> sources)
    {
        SourceFinding[] within = [.. sources.Where(finding => finding.Training is null)];
        if (within.Length < 2)
            yield break;
        SourceFinding[] pure = [.. within.Where(finding => finding.Positives == 0 || finding.Positives == finding.Rows)];
        if (pure.Length == within.Length)
        {
            yield return $"Each source has one class only: what is told may be the source and not '{name}', and nothing here can say which.";
            yield break;
        }
        if (pure.Length > 0)
            yield return $"Sources with one class only, where label and source cannot be told apart: {string.Join(", ", pure.Select(finding => finding.Test))}.";
        AucEstimate[] measured = [.. within.Where(finding => finding.Estimate is not null).Select(finding => finding.Estimate!.Value)];
        if (measured.Length > 0)
        {
            AucEstimate[] lengths = [.. within.Where(finding => finding.Tokens is not null).Select(finding => finding.Tokens!.Value)];
            yield return $"Within one source the AUC is {Range(measured)}{(lengths.Length > 0 ? $", that of the number of tokens {Range(lengths)}" : "")}.";
        }
        AucEstimate[] across = [.. sources.Where(finding => finding.Training is not null && finding.Training != finding.Test && finding.Estimate is not null).Select(finding => finding.Estimate!.Value)];
        if (across.Length > 0)
            yield return $"Trained on one source and tested on another it is {Range(across)}{(across.Min(estimate => estimate.Low) <= 0.5 ? ": what is learned from one source need not hold in another" : "")}.";
    }

    private static string Range(AucEstimate[] found) => found.Length == 1 ? Text(found[0]) : string.Create(CultureInfo.InvariantCulture, $"{found.Min(estimate => estimate.Auc):F3} to {found.Max(estimate => estimate.Auc):F3}");

    private static string Text(AucEstimate estimate) => string.Create(CultureInfo.InvariantCulture, $"{estimate.Auc:F3} [{estimate.Low:F3}, {estimate.High:F3}]");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
