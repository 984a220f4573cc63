using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli.Commands;

/// <summary><c>crease language score</c>: a saved probe on new prompts; only the layers that it reads are run.</summary>
internal static class LanguageScoreCommand
{
    private static readonly string[] Endings = [".csv", ".json"];

    public static Command Create(Shell shell)
    {
        var language = new LanguageWords(isOptional: true);
        var prompts = new PromptWords();
        var probeFile = new Option<string?>("--probe") { Description = "A probe that 'crease language probe --save' made.", HelpName = "FILE.json" };
        var features = new Option<string?>("--features") { Description = "Features that are there already, in place of a model and prompts.", HelpName = "FILE.parquet" };
        var most = new Option<int>("--max-tokens") { Description = "Tokens of a prompt that are measured; the rest is cut off.", HelpName = "N", DefaultValueFactory = _ => 1024 };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the scores: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var command = new Command("score", "Score prompts by a saved probe of their spline features.");
        language.AddTo(command);
        prompts.AddTo(command);
        foreach (Option option in (Option[])[probeFile, features, most, output])
            command.Options.Add(option);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            if (language.IsGiven(words) == words.GetValue(features) is not null)
                throw new WordsException("expected either MODEL with --data FILE, or --features FILE.parquet");
            if (words.GetValue(most) < 1)
                throw new WordsException($"--max-tokens is {words.GetValue(most)}; expected 1 or more");
            Probe probe = ProbeFile.Load(words.GetValue(probeFile) ?? throw new WordsException("--probe is missing; expected a file that 'crease language probe --save' made"));
            long start = Stopwatch.GetTimestamp();
            using var rows = new ScoreSpool(files.Length > 0 ? Path.GetDirectoryName(Path.GetFullPath(files[0]))! : Path.GetTempPath(), probe.Names.Length);
            if (words.GetValue(features) is string table)
                OfTable(probe, table, rows);
            else
                OfPrompts(shell, words, common, probe, language, prompts, words.GetValue(most), rows);
            var report = new ScoreReport(probe, rows, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            foreach (string file in files)
                ResultFile.Save(file, Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? report.WriteCsv : report.WriteJson);
            shell.Show(common, report.WriteJson, report.WriteTable, files);
            return 0;
        });
        return command;
    }

    private static void OfTable(Probe probe, string path, ScoreSpool spool)
    {
        foreach (FeatureTable part in FeatureFile.ReadParts(path))
        {
            if (spool.Count == 0 && part.About.TryGetValue("modelLayers", out string? layers) && part.About.TryGetValue("width", out string? width))
                probe.Origin.Check(part.About.GetValueOrDefault("model", Path.GetFileName(path)), Whole(layers), Whole(width));
            double[][] scores = probe.Score(ProbeTable.Of(part));
            spool.Add(scores.Select((values, i) => new ScoredRow(part.Rows[i], part.Tokens[i], values)));
        }
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static void OfPrompts(Shell shell, ParseResult words, CommonWords common, Probe probe, LanguageWords language, PromptWords prompts, int most, ScoreSpool spool)
    {
        if (language.Layers(words) is int asked && asked < probe.LayersNeeded)
            throw new WordsException($"--layers is {asked}; the probe reads {probe.LayersNeeded} layers");
        PromptFile? file = prompts.IsOne(words) ? null : prompts.File(words);
        string? one = file is null ? prompts.One(words) : null;
        using LanguageModel model = language.Load(words);
        probe.Origin.Check(language.Name(words), model.Config.Layers, model.Config.Width);
        using var extraction = new FeatureExtraction(model, language.LoadTokenizer(words, prompts.Chat), new ExtractionOptions { Layers = probe.LayersNeeded, MostTokens = most });
        IEnumerable<Prompt> all = file is null ? [new Prompt(0, one!, [])] : file.Read();
        IEnumerable<FeatureRow> rows = extraction.Rows(all, shell.Run(common, whole: "prompts", found: "prompts"));
        spool.Add(rows.Select(row => new ScoredRow(row.Row, row.Tokens, probe.Score(ProbeTable.OfLayers(extraction.Layers, [row.Values]))[0])));
    }
}
