using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease language features</c>: seven spline features per layer, of many prompts or of one.</summary>
internal static class LanguageFeaturesCommand
{
    private const int LatencyPrompts = 32;

    public static Command Create(Shell shell)
    {
        var language = new LanguageWords();
        var prompts = new PromptWords();
        var features = new FeatureWords();
        var command = new Command("features", "Spline features of prompts: seven per layer, from the gates of the perceptrons.");
        language.AddTo(command);
        prompts.AddTo(command);
        features.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            bool isOne = prompts.IsOne(words);
            FeatureCall call = features.Read(words, language.Layers(words), isOne);
            if (language.IsNetwork(words))
                return NetworkFeatures.Run(shell, common, call, language.Path(words), prompts.Data(words));
            if (call.IsGrouped)
                throw new WordsException("--group is of the rows of a network; a prompt of a language model has its own tokens");
            string? text = isOne ? prompts.One(words) : null;
            PromptFile? file = isOne ? null : prompts.File(words);
            using LanguageModel model = language.Load(words);
            using var extraction = new FeatureExtraction(model, language.LoadTokenizer(words, prompts.Chat), call.Options);
            if (file is null)
            {
                string? other = call.Against is long row ? prompts.Row(words, row, "--against") : null;
                One(shell, common, call, language.Name(words), model, extraction, text!, new PromptPictures(extraction, prompts.NameOfOne(words), prompts.IsFromFile(words) && !call.IsUnmasked, call.Against, other));
            }
            else
                Many(shell, common, call, language.Name(words), model, extraction, file);
            return 0;
        });
        return command;
    }

    private static void One(Shell shell, CommonWords common, FeatureCall call, string name, LanguageModel model, FeatureExtraction extraction, string text, PromptPictures pictures)
    {
        long start = Stopwatch.GetTimestamp();
        int[] ids = extraction.Ids(text);
        if (ids.Length == 0)
            throw new WordsException("the prompt has no tokens; expected at least one");
        TokenPlaces places = extraction.Places(ids);
        var report = new PromptFeatureReport(name, model, extraction.Tokenizer, ids, places, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
        foreach (string file in call.Files)
            ResultFile.Save(file, report.WriteJson, report.WriteCsv, _ => { }, () => pictures.Save(file, text, places));
        if (call.Tokens is not null)
            ResultFile.Save(call.Tokens, report.WriteTokens);
        if (call.Prefixes is not null)
            ResultFile.Save(call.Prefixes, report.WritePrefixes);
        shell.Show(common, report.WriteJson, report.WriteTable, [.. call.Files, .. ((string?[])[call.Tokens, call.Prefixes]).OfType<string>()]);
    }

    private static void Many(Shell shell, CommonWords common, FeatureCall call, string name, LanguageModel model, FeatureExtraction extraction, PromptFile prompts)
    {
        RunContext run = shell.Run(common, whole: "prompts", found: "prompts");
        long? expected = run.Progress is null ? null : Math.Min(prompts.Read().LongCount(), call.Options.Limit ?? long.MaxValue);
        var summary = new FeatureSummary(extraction.Layers);
        // Before the job, so that what is saved says it, too.
        double[]? latency = call.MeasuresLatency
            ? LayerLatency.Of(model, prompts.Read().Take(LatencyPrompts).Select(prompt => extraction.Ids(prompt.Text)).Where(ids => ids.Length > 0), extraction.Layers, run.Clock)
            : null;
        long start = Stopwatch.GetTimestamp();
        using var place = new FeatureLogPlace(call.Files.FirstOrDefault());
        FeatureJob.Run(extraction, name, model.Config, model.Precision, call.Options, prompts, place.Path, call.Resumes, (rows, about) =>
        {
            summary.AddAll(rows());
            var report = new FeatureReport(name, model, summary, latency, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            var table = new FeatureTableFile(extraction.Layers, prompts.Fields, about, report);
            foreach (string file in call.Files)
                table.Save(file, rows());
        }, run, expected);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var shown = new FeatureReport(name, model, summary, latency, seconds, common);
        shell.Show(common, shown.WriteJson, shown.WriteTable, call.Files);
    }

    // Without a result to keep, the rows are kept nowhere either.
    private sealed class FeatureLogPlace(string? result) : IDisposable
    {
        private readonly string? _folder = result is null ? Directory.CreateTempSubdirectory("crease").FullName : null;

        public string Path => (_folder is null ? result! : System.IO.Path.Combine(_folder, "features")) + FeatureJob.LogEnding;

        public void Dispose()
        {
            if (_folder is not null)
                Directory.Delete(_folder, recursive: true);
        }
    }
}
