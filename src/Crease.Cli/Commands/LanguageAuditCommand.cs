using System.CommandLine;
using System.Diagnostics;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli.Commands;

/// <summary><c>crease language audit</c>: how contexts change the attention dimension of questions.</summary>
internal static class LanguageAuditCommand
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".json", ".csv"];

    public static Command Create(Shell shell)
    {
        var language = new LanguageWords();
        var attention = new AttentionWords();
        var picture = new PictureWords();
        var chat = new ChatWords();
        var questions = new Option<string>("--questions") { Description = $".csv or .jsonl with question, related, unrelated, and perhaps correct; {AuditQuestions.Example} are bundled.", HelpName = "FILE", Required = true };
        var success = new Option<string?>("--success") { Description = "Draw how often questions were answered right by the change of the last layer, with intervals and counts; needs a column correct.", HelpName = "FILE.svg|.png|.pdf" };
        var output = new Option<string[]>("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
        var command = new Command("audit", "Safety audit: how the attention dimension of a question changes with related, unrelated, random and shuffled context.");
        language.AddTo(command);
        attention.AddTo(command);
        chat.AddTo(command);
        foreach (Option option in (Option[])[questions, success, output, .. picture.Options])
            command.Options.Add(option);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string[] files = words.GetValue(output) ?? [];
            foreach (string file in files)
                ResultFile.Check(file, Endings);
            if (words.GetValue(success) is string drawn)
                ResultFile.CheckFor(success.Name, drawn, ".svg", ".png", ".pdf");
            picture.Check(words);
            AttentionOptions options = attention.Read(words, language.Layers(words));
            IReadOnlyList<AuditRow> rows = AuditQuestions.Read(words.GetRequiredValue(questions));
            if (words.GetValue(success) is not null && rows.All(row => row.IsCorrect is null))
                throw new WordsException($"--success needs answers that were judged; {words.GetRequiredValue(questions)} has no column correct with 1 or 0 in it");
            using LanguageModel model = language.Load(words);
            Tokenizer tokenizer = language.LoadTokenizer(words, chat);
            long start = Stopwatch.GetTimestamp();
            ContextAudit audit = ContextAudit.Of(model, tokenizer, rows, options, shell.Run(common, whole: "questions", found: "questions"));
            var report = new AuditReport(language.Name(words), model, audit, Stopwatch.GetElapsedTime(start).TotalSeconds, common);
            foreach (string file in files)
                ResultFile.Save(file, report.WriteJson, report.WriteCsv, _ => { }, () => report.Figure(picture.Title(words), picture.Width(words)).Save(file));
            if (words.GetValue(success) is string figure)
                report.Success(picture.Title(words), picture.Width(words))!.Save(figure);
            shell.Show(common, report.WriteJson, report.WriteTable, [.. files, .. words.GetValue(success) is string last ? [last] : Array.Empty<string>()]);
            return 0;
        });
        return command;
    }
}
