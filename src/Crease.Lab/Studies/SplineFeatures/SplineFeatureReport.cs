using System.Collections.Immutable;
using System.Globalization;
using Crease.Views;

namespace Crease.Lab;

/// <summary>The report of the study.</summary>
internal static class SplineFeatureReport
{
    public static StudyReport Of(SplineFeatureOptions options, LanguageModelConfig model, LabeledText[] texts, int[] tokens, IReadOnlyList<SplineFeatureProbe> probes, ulong seed) => new()
    {
        Study = "spline-features",
        Title = "Toxic and clean texts among the gates of a language model",
        Introduction = string.Create(CultureInfo.InvariantCulture, $"{texts.Count(text => text.IsToxic):N0} toxic and {texts.Count(text => !text.IsToxic):N0} clean texts of {texts.Select(text => text.Source).Distinct().Count()} sources pass through a model of {model.Layers} layers, width {model.Width} and vocabulary {model.Vocabulary:N0}; seven features per layer say where their tokens lie among the hyperplanes of each gate. Probes of these features are trained on {options.Repeats} stratified splits of 70/30. Beside each stands what the number of tokens, the number of characters, a bag of words, the source and shuffled labels reach on the same splits."),
        Options = options with { Model = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Model)), Tokenizer = Path.GetFileName(options.Tokenizer), Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Data)) },
        Seeds = [.. Enumerable.Range(0, options.Repeats).Select(repeat => seed + (ulong)repeat)],
        Checks = [.. Checks(probes)],
        Figures = [.. Figures(probes)],
        Tables = [Headlines(probes), Sources(texts, tokens), .. probes.SelectMany(probe => ProbeTables.All(probe.Result, Prefix(probe), $": {probe.Kind}, {probe.Set}"))],
        Caveats = [.. Caveats(probes)],
        Citations = ["balestriero2024characterizing", "delong1988comparing", "karpathy2023llama2c"],
    };

    private static IEnumerable<ReportCheck> Checks(IReadOnlyList<SplineFeatureProbe> probes)
    {
        SplineFeatureProbe Of(string set, string kind) => probes.Single(probe => probe.Set == set && probe.Kind == kind);
        SplineFeatureProbe elsewhere = Of(SplineFeatureProbe.Elsewhere, SplineFeatureProbe.Linear), both = Of(SplineFeatureProbe.Both, SplineFeatureProbe.Linear);
        yield return new("AUC, clean texts from elsewhere, logistic", "0.9918 (Llama-2-7B), 0.9845 (Mistral-7B)", Text(elsewhere.Finding.Estimate), CheckOutcome.NotMeasured);
        yield return new("AUC, clean texts of the same source as well, logistic", "0.8980 (Llama-2-7B), 0.8814 (Mistral-7B)", Text(both.Finding.Estimate), CheckOutcome.NotMeasured);
        double fall = elsewhere.Finding.Estimate.Auc - both.Finding.Estimate.Auc;
        yield return new("the AUC falls when clean texts of the same sources are added", "by 0.094 and 0.103", Number(fall), both.Finding.Estimate.High < elsewhere.Finding.Estimate.Low ? CheckOutcome.Met : CheckOutcome.Missed);
        yield return new("f5 alone, clean texts of the same source as well", "0.551, near chance", Number(both.Alone(ProbeAblations.Features, 5)), CheckOutcome.NotMeasured);
        yield return new("first 3 layers, clean texts from elsewhere", "0.895 (Llama-2-7B, logistic)", Number(elsewhere.Alone(ProbeAblations.First, 3)), CheckOutcome.NotMeasured);
        SplineFeatureProbe few = Of(SplineFeatureProbe.Elsewhere, SplineFeatureProbe.FewLabels);
        yield return new("loss with 5 % of the labels, clean texts from elsewhere, logistic", "0.009 (Llama-2-7B), 0.021 (Mistral-7B)", Number(elsewhere.Finding.Estimate.Auc - few.Finding.Estimate.Auc), CheckOutcome.NotMeasured);
    }

    private static IEnumerable<ReportFigure> Figures(IReadOnlyList<SplineFeatureProbe> probes)
    {
        foreach (SplineFeatureProbe probe in probes.Where(probe => probe.Kind == SplineFeatureProbe.Linear))
        {
            ScoreMapFigure? figure = ProbeFigures.Ablations(probe.Result, ScoreMapFigureOptions.Default with { Title = "Toxic texts beside " + probe.Set });
            if (figure is not null)
                yield return new ReportFigure(Prefix(probe) + "ablations", $"ROC-AUC of parts of the features alone, {probe.Set}. It says how much of the sum is in a part, not that a part causes anything.", figure.Save);
        }
    }

    private static ReportTable Headlines(IReadOnlyList<SplineFeatureProbe> probes)
    {
        string[] controls = [.. probes[0].Finding.Controls.Select(control => control.Name)];
        return new ReportTable("headlines", "AUC of the features and of each control", [new("clean texts"), new("probe"), new("spline features"), .. controls.Select(name => new ReportColumn(name))],
            [.. probes.Select(probe => (ImmutableArray<object?>)[probe.Set, probe.Kind, Text(probe.Finding.Estimate), .. probe.Finding.Controls.Select(control => control.Estimate is AucEstimate estimate ? Text(estimate) : null)])]);
    }

    private static ReportTable Sources(LabeledText[] texts, int[] tokens) => new("texts", "Texts by source", [new("source"), new("toxic"), new("clean"), new("mean length of toxic ones", "tokens"), new("mean length of clean ones", "tokens")],
    [
        .. texts.Select((text, i) => (text, tokens: tokens[i])).GroupBy(item => item.text.Source).Select(group => (ImmutableArray<object?>)
        [
            group.Key, group.Count(item => item.text.IsToxic), group.Count(item => !item.text.IsToxic), Mean(group.Where(item => item.text.IsToxic)), Mean(group.Where(item => !item.text.IsToxic)),
        ]),
    ]);

    private static object? Mean(IEnumerable<(LabeledText, int Tokens)> items) => items.Any() ? items.Average(item => item.Tokens) : null;

    private static IEnumerable<string> Caveats(IReadOnlyList<SplineFeatureProbe> probes)
    {
        foreach (SplineFeatureProbe probe in probes.Where(probe => probe.Kind == SplineFeatureProbe.Linear))
        {
            foreach (string sentence in probe.Finding.Verdict)
                yield return $"{probe.Kind}, {probe.Set}: {sentence}";
        }
        foreach (string remark in probes.SelectMany(probe => probe.Result.Remarks).Distinct())
            yield return remark;
        yield return "Published numbers are of models of 7 billion parameters on other texts; a small model that never saw such texts can show that the method and its controls work, not what the features of a large model know.";
        yield return "Labels are people's judgments of single texts in English, from sources with rules of their own.";
    }

    private static string Prefix(SplineFeatureProbe probe) => (probe.Set switch
    {
        SplineFeatureProbe.Elsewhere => "elsewhere-",
        SplineFeatureProbe.Both => "both-",
        _ => "same-",
    }) + (probe.Kind switch
    {
        SplineFeatureProbe.Linear => "logistic-",
        SplineFeatureProbe.Forest => "forest-",
        _ => "few-labels-",
    });

    private static string Text(AucEstimate estimate) => string.Create(CultureInfo.InvariantCulture, $"{estimate.Auc:F3} [{estimate.Low:F3}, {estimate.High:F3}]");

    private static string Number(double? value) => value is double number ? number.ToString("F3", CultureInfo.InvariantCulture) : "–";
}
