using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease language dimension</c>: how many tokens attention counts on, per layer, head and token.</summary>
internal static class LanguageDimensionCommand
{
    private static readonly string[] OneEndings = [".svg", ".png", ".pdf", ".html", ".json", ".csv"], ManyEndings = [".json", ".csv"], CurveEndings = [".svg", ".png", ".pdf"];

    public static Command Create(Shell shell)
    {
        var language = new LanguageWords();
        var prompts = new PromptWords();
        var attention = new AttentionWords();
        var picture = new PictureWords();
        var exact = new Option<bool>("--exact") { Description = "Exact affine dimension from every token of one prompt, and not from the last one alone." };
        var most = new Option<int>("--max-tokens") { Description = "Tokens of a prompt that are measured; the rest is cut off.", HelpName = "N", DefaultValueFactory = _ => 1024 };
        var prefixes = new Option<string?>("--prefixes") { Description = "Draw the dimension of one prompt against the length of the context.", HelpName = "FILE.svg|.png|.pdf" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result: {string.Join(", ", OneEndings)} of one prompt, {string.Join(", ", ManyEndings)} of many. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var command = new Command("dimension", "Attention dimension: how many tokens each layer and head attends to, with exact dimensions and bounds on regions.");
        language.AddTo(command);
        prompts.AddTo(command);
        attention.AddTo(command);
        foreach (Option option in (Option[])[exact, most, prefixes, output, .. picture.Options])
            command.Options.Add(option);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            bool isOne = prompts.IsOne(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, isOne ? OneEndings : ManyEndings);
            string? curves = words.GetValue(prefixes);
            if (curves is not null)
                ResultFile.CheckFor(prefixes.Name, curves, CurveEndings);
            if (!isOne && (curves is not null || words.GetValue(exact)))
                throw new WordsException("--exact and --prefixes are of one prompt; say --text \"…\" or --row N");
            picture.Check(words);
            int tokens = words.GetValue(most) is int count and >= 1 ? count : throw new WordsException($"--max-tokens is {words.GetValue(most)}; expected 1 or more");
            AttentionOptions options = attention.Read(words, language.Layers(words)) with { ExactEverywhere = words.GetValue(exact) };
            string? text = isOne ? prompts.One(words) : null;
            PromptFile? source = isOne ? null : prompts.File(words);
            using LanguageModel model = language.Load(words);
            Tokenizer tokenizer = language.LoadTokenizer(words, prompts.Chat);
            if (source is not null)
            {
                Many(shell, common, files, language.Name(words), model, tokenizer, options, source, tokens);
                return 0;
            }
            long start = Stopwatch.GetTimestamp();
            int[] ids = tokenizer.Encode(text!).First(tokens);
            if (ids.Length == 0)
                throw new WordsException("the prompt has no tokens; expected at least one");
            AttentionGeometry found = AttentionGeometry.Of(model, ids, options);
            string name = language.Name(words);
            var report = new DimensionReport(name, model, tokenizer, ids, found, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            foreach (string file in files)
                ResultFile.Save(file, report.WriteJson, report.WriteCsv, _ => { }, () => DimensionFigures.Map(name, tokenizer, ids, found, picture.Title(words), picture.Width(words)).Save(file));
            if (curves is not null)
                DimensionFigures.Prefixes(name, found, picture.Title(words), picture.Width(words)).Save(curves);
            shell.Show(common, report.WriteJson, report.WriteTable, curves is null ? files : [.. files, curves]);
            return 0;
        });
        return command;
    }

    private static void Many(Shell shell, CommonWords common, string[] files, string name, LanguageModel model, Tokenizer tokenizer, AttentionOptions options, PromptFile source, int most)
    {
        RunContext run = shell.Run(common, whole: "prompts", found: "prompts");
        long all = run.Progress is null ? 1 : Math.Max(1, source.Read().LongCount());
        var prompts = new List<(long, int, int[])>();
        long start = Stopwatch.GetTimestamp(), empty = 0;
        foreach (Prompt prompt in source.Read())
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int[] ids = tokenizer.Encode(prompt.Text).First(most);
            if (ids.Length == 0)
            {
                empty++;
                continue;
            }
            AttentionDimension found = AttentionDimension.Of(model, ids, options.Rule, options.Threshold, options.Layers);
            prompts.Add((prompt.Row, ids.Length, [.. Enumerable.Range(0, found.Layers).Select(layer => found.Of(layer))]));
            run.Progress?.Report(new Progress((prompt.Row + 1.0) / all, prompts.Count));
        }
        if (prompts.Count == 0)
            throw new Models.ModelException(source.Name, "has no prompt with a token; expected at least one");
        if (empty > 0)
            shell.Note($"note: {empty} prompts without a token are left out", common);
        var table = new DimensionTable(name, model, options, prompts, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
        foreach (string file in files)
            ResultFile.Save(file, Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) ? table.WriteJson : table.WriteCsv);
        shell.Show(common, table.WriteJson, table.WriteTable, files);
    }
}
