using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Tables of probes: features with controls, sources, parts of the features.</summary>
public static class ProbeTables
{
    private static readonly ImmutableArray<ReportColumn> Numbers = [new("AUC"), new("low"), new("high"), new("spread over splits"), new("balanced accuracy")];
    private static readonly ImmutableArray<object?> NoNumbers = [null, null, null, null, null];

    /// <summary>All tables that have rows.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="prefix">Put before the names of their files.</param>
    /// <param name="about">Put behind their titles, for example what was probed.</param>
    public static IEnumerable<ReportTable> All(ProbeResult result, string prefix = "", string about = "")
    {
        ReportTable[] all =
        [
            new(prefix + "controls", $"The features and what else could explain them{about}", [new("label"), new("probe"), .. Numbers, new("features above it"), new("above, low"), new("above, high")], [.. result.Findings.SelectMany(Controls)]),
            new(prefix + "sources", $"Within and across sources{about}", [new("label"), new("trained on"), new("tested on"), new("texts"), new("of the class"), .. Numbers, new("AUC of tokens alone")], [.. result.Findings.SelectMany(Sources)]),
            new(prefix + "ablations", $"Parts of the features alone{about}", [new("label"), new("part"), new("number"), new("columns"), .. Numbers], [.. result.Findings.SelectMany(Ablations)]),
            new(prefix + "success", $"Test texts by score and by length{about}", [new("label"), new("bins"), new("from"), new("to"), new("texts"), new("of the class, or told right"), new("share"), new("low"), new("high")], [.. result.Findings.SelectMany(Success)]),
        ];
        return all.Where(table => table.Rows.Length > 0);
    }

    /// <summary>What a part of the features is called.</summary>
    /// <param name="kind">One of the ablations.</param>
    public static string PartName(ProbeAblations kind) => kind switch
    {
        ProbeAblations.Layers => "layer",
        ProbeAblations.First => "first layers",
        _ => "feature",
    };

    private static IEnumerable<ImmutableArray<object?>> Controls(ProbeFinding finding)
    {
        yield return [finding.Name, "spline features", .. Cells(finding.Estimate), null, null, null];
        foreach (ProbeControl control in finding.Controls)
            yield return [finding.Name, control.Estimate is null ? $"{control.Name}: {control.Absent}" : control.Name, .. Cells(control.Estimate), control.Lead?.Mean, control.Lead?.Low, control.Lead?.High];
    }

    private static IEnumerable<ImmutableArray<object?>> Sources(ProbeFinding finding) =>
        finding.Sources.Select(source => (ImmutableArray<object?>)[finding.Name, source.Training ?? "all", source.Test, source.Rows, source.Positives, .. Cells(source.Estimate), source.Tokens?.Auc]);

    private static IEnumerable<ImmutableArray<object?>> Ablations(ProbeFinding finding) =>
        finding.Ablations.Select(item => (ImmutableArray<object?>)[finding.Name, PartName(item.Kind), item.Number, item.Columns, .. Cells(item.Estimate)]);

    private static IEnumerable<ImmutableArray<object?>> Success(ProbeFinding finding) =>
        finding.ByScore.Select(bin => ("of the class by score", bin)).Concat(finding.ByLength.Select(bin => ("told right by tokens", bin)))
            .Select(item => (ImmutableArray<object?>)[finding.Name, item.Item1, item.bin.Low, item.bin.High, item.bin.Count, item.bin.Correct, item.bin.Rate, item.bin.Interval?.Low, item.bin.Interval?.High]);

    private static ImmutableArray<object?> Cells(AucEstimate? estimate) => estimate is not AucEstimate found ? NoNumbers : [found.Auc, found.Low, found.High, double.IsNaN(found.Spread) ? null : found.Spread, found.BalancedAccuracy];
}
