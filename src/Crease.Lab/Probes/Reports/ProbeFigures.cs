using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of probes.</summary>
public static class ProbeFigures
{
    /// <summary>AUC of parts of the features alone, as heat maps: layers, first layers, features; a row per score.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="options">Size and title; null for the usual ones.</param>
    /// <returns>The figure, or null where no part was measured.</returns>
    public static ScoreMapFigure? Ablations(ProbeResult result, ScoreMapFigureOptions? options = null)
    {
        ScoreMapPanel[] panels = [.. new[] { ProbeAblations.Layers, ProbeAblations.First, ProbeAblations.Features }.Select(kind => Panel(result, kind)).OfType<ScoreMapPanel>()];
        if (panels.Length == 0)
            return null;
        double[] values = [.. panels.SelectMany(panel => panel.Values).SelectMany(row => row).Where(double.IsFinite)];
        options ??= ScoreMapFigureOptions.Default;
        return ScoreMapFigure.Of(panels, options with
        {
            Title = options.Title ?? "What parts of the features tell alone",
            Subtitle = options.Subtitle ?? $"{(result.Options.Kind == ProbeKind.Forest ? "random forest" : "logistic regression")}, {result.Rows:N0} texts, mean of {result.Options.Repeats} splits",
            ValueLabel = "ROC-AUC",
            ValueNote = "0.5 is chance",
            Range = new AxisRange(Math.Floor(20 * Math.Min(0.5, values.Min())) / 20, Math.Max(0.55, Math.Ceiling(20 * values.Max()) / 20)),
        });
    }

    private static ScoreMapPanel? Panel(ProbeResult result, ProbeAblations kind)
    {
        int[] numbers = [.. result.Findings.SelectMany(finding => finding.Ablations).Where(item => item.Kind == kind).Select(item => item.Number).Distinct().Order()];
        if (numbers.Length == 0)
            return null;
        double[][] values = [.. result.Findings.Select(finding => Array.ConvertAll(numbers, number => finding.Ablations.FirstOrDefault(item => item.Kind == kind && item.Number == number)?.Estimate.Auc ?? double.NaN))];
        (string title, string label) = kind switch
        {
            ProbeAblations.Layers => ("each layer alone", "layer"),
            ProbeAblations.First => ("the first layers together", "number of layers"),
            _ => ("each feature alone, at all layers", "feature (signs: f1 mean, f2 least, f3 largest, f4 deviation; distances: f5 least, f6 mean, f7 deviation)"),
        };
        return new ScoreMapPanel(title, [.. result.Findings.Select(finding => finding.Name)], [.. numbers.Select(number => kind == ProbeAblations.Features ? $"f{number}" : $"{number}")], values, label);
    }
}
