using System.CommandLine;
using System.Text;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;
using Crease.Numerics;

namespace Crease.Cli.Commands;

/// <summary><c>crease language needle</c>: a corpus of long documents that each hide a short labeled text.</summary>
internal static class LanguageNeedleCommand
{
    private const string Corpus = "corpus";

    public static Command Create(Shell shell)
    {
        var tokenizerFile = new Option<string>("--tokenizer") { Description = "The tokenizer in whose tokens places are drawn: .json, .model, .bin or .gguf.", HelpName = "FILE", Required = true };
        var needles = new Option<string>("--needles") { Description = "Short texts: .csv, .jsonl or .txt.", HelpName = "FILE", Required = true };
        var documents = new Option<string>("--documents") { Description = "Long texts: .csv, .jsonl or .txt. The i-th hides the i-th short one, over again where there are fewer.", HelpName = "FILE", Required = true };
        var most = new Option<int>("--max-tokens") { Description = "Tokens of a result; documents are cut to what the hidden text leaves.", HelpName = "N", DefaultValueFactory = _ => 1024 };
        var chat = new ChatWords();
        var output = new Option<string>("-o", "--output") { Description = "Where the corpus goes: text, label (1: hides one, 0: the same document without), needle, document, position, tokens.", HelpName = "FILE.csv", Required = true };
        var command = new Command("needle", "Make a corpus of documents with and without a short text hidden at a random place.") { tokenizerFile, needles, documents, most, output };
        chat.AddTo(command);
        CommonWords.AddTo(command).SetAction(words =>
        {
            CommonWords common = CommonWords.Of(words);
            string path = words.GetRequiredValue(output);
            ResultFile.Check(path, ".csv");
            int tokens = words.GetValue(most) is int count and >= 2 ? count : throw new WordsException($"--max-tokens is {words.GetValue(most)}; expected 2 or more");
            string place = words.GetRequiredValue(tokenizerFile);
            Tokenizer tokenizer = chat.Tokenizer(words, Tokenizer.Load(place), place);
            PromptFile around = PromptFile.Open(words.GetRequiredValue(documents)), hidden = PromptFile.Open(words.GetRequiredValue(needles));
            string[] texts = [.. hidden.Read().Select(prompt => prompt.Text).Where(text => text.Trim().Length > 0)];
            if (texts.Length == 0)
                throw new ModelException(hidden.Name, "has no text; expected at least one");
            var random = new RandomSource((ulong)common.Seed);
            long written = 0;
            ResultFile.Save(path, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
                writer.WriteLine("text,label,needle,document,position,tokens");
                foreach (Prompt document in around.Read())
                {
                    shell.Cancellation.ThrowIfCancellationRequested();
                    int needle = (int)(document.Row % texts.Length);
                    HiddenNeedle made = NeedleCorpus.Hide(tokenizer, texts[needle], document.Text, tokens, random);
                    writer.WriteLine(FormattableString.Invariant($"{CsvCell.Quoted(made.Text)},1,{needle},{document.Row},{made.Position},{made.Tokens}"));
                    writer.WriteLine(FormattableString.Invariant($"{CsvCell.Quoted(made.Plain)},0,,{document.Row},,{made.Tokens}"));
                    written += 2;
                }
            });
            Action<Stream> json = stream => JsonDocumentWriter.Write(stream, writer => { writer.WriteString(Corpus, path); writer.WriteNumber("texts", written); }, "complete", "exact", common.Seed, double.NaN, ["balestriero2024characterizing"]);
            shell.Show(common, json, table => table.WriteLine($"{Corpus,-18} {written} texts, half of them with a hidden one"), [path]);
            return 0;
        });
        return command;
    }
}
