using Crease.Numerics;

namespace Crease.Lab;

/// <summary>The study <c>spline-features</c>: toxic texts told from clean ones by the gates of a language model, with clean texts of other sources, of the same ones, and both.</summary>
/// <remarks>Source: Balestriero et al. (<c>balestriero2024characterizing</c>), tables 1 and following; the controls are ours.</remarks>
public sealed class SplineFeatureStudy : Study
{
    /// <inheritdoc/>
    public override string Name => "spline-features";

    /// <inheritdoc/>
    public override string Summary => "Toxic texts told from clean ones by spline features of a language model, beside length, words, sources and shuffled labels.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Presets => ["full", "short"];

    /// <inheritdoc/>
    public override object Preset(string name) => name switch
    {
        "full" => new SplineFeatureOptions(),
        "short" => new SplineFeatureOptions { Texts = 100, Tokens = 128, Repeats = 2, Trees = 20 },
        _ => throw new ArgumentException($"The study {Name} has no preset '{name}'; expected {string.Join(" or ", Presets)}.", nameof(name)),
    };

    /// <inheritdoc/>
    public override StudyReport Run(object options, string folder, RunContext run, Action<StudyProgress>? told = null)
    {
        var asked = (SplineFeatureOptions)options;
        asked.Check();
        LabeledText[] texts = ToxicityTexts.Load(asked.Data, asked.Texts, run.Seed);
        using LanguageModel model = LanguageModel.Load(asked.Model);
        Tokenizer tokenizer = Tokenizer.Load(asked.Tokenizer.Length > 0 ? asked.Tokenizer : asked.Model);
        (double[][] rows, int[] tokens) = MeasuredTexts.Of(model, tokenizer, texts, asked.Tokens, folder, run, told);
        var probes = new List<SplineFeatureProbe>();
        (string Name, Func<LabeledText, bool> Keeps)[] sets =
        [
            (SplineFeatureProbe.Elsewhere, text => text.IsToxic || text.IsForeign),
            (SplineFeatureProbe.Both, _ => true),
            (SplineFeatureProbe.Same, text => !text.IsForeign),
        ];
        foreach ((string name, Func<LabeledText, bool> keeps) in sets)
        {
            int[] kept = [.. Enumerable.Range(0, texts.Length).Where(i => keeps(texts[i]))];
            foreach ((string kind, ProbeOptions probe) in Kinds(asked))
                probes.Add(new SplineFeatureProbe(name, kind, Probe(kept, probe, $"{kind}, {name}")));
        }
        return SplineFeatureReport.Of(asked, model.Config, texts, tokens, probes, run.Seed);

        ProbeResult Probe(int[] kept, ProbeOptions probe, string part)
        {
            var data = new ProbeData
            {
                Table = ProbeTable.OfLayers(model.Config.Layers, [.. kept.Select(i => rows[i])]),
                Tokens = [.. kept.Select(i => tokens[i])],
                Texts = [.. kept.Select(i => texts[i].Content)],
                Sources = [.. kept.Select(i => texts[i].Source)],
            };
            var label = ProbeLabel.Of("toxic", [.. kept.Select(i => texts[i].IsToxic ? "yes" : "no")]);
            told?.Invoke(new StudyProgress(part, 0, 1));
            return ProbeExperiment.Run(data, [label], probe, run with { Progress = null });
        }
    }

    private static IEnumerable<(string, ProbeOptions)> Kinds(SplineFeatureOptions asked)
    {
        ProbeOptions usual = ProbeOptions.Default with { Repeats = asked.Repeats, Trees = asked.Trees };
        yield return (SplineFeatureProbe.Linear, usual with { Ablations = ProbeAblations.All });
        yield return (SplineFeatureProbe.Forest, usual with { Kind = ProbeKind.Forest });
        yield return (SplineFeatureProbe.FewLabels, usual with { LabelShare = 0.05 });
    }
}
