using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options of <c>crease language features</c> beside the model and the prompts.</summary>
internal sealed class FeatureWords
{
    private static readonly string[] TableEndings = [".parquet", ".csv", ".json"], OneEndings = [".csv", ".json", ".html", ".svg", ".png", ".pdf"];

    private readonly Option<int> _most = new("--max-tokens") { Description = "Tokens of a prompt that are measured; the rest is cut off.", HelpName = "N", DefaultValueFactory = _ => 1024 };
    private readonly Option<int> _batch = new("--batch-tokens") { Description = "Tokens of one pass, which prompts of the same length share.", HelpName = "N", DefaultValueFactory = _ => 2048 };
    private readonly Option<long?> _limit = new("--limit") { Description = "Only the first prompts.", HelpName = "N" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a job that was ended; the result is the same bytes." };
    private readonly Option<bool> _latency = new("--latency") { Description = "Measure the time to each layer too, over the first 32 prompts." };
    private readonly Option<string?> _tokens = new("--tokens") { Description = "Save the signs and distances of every token of one prompt.", HelpName = "FILE.csv" };
    private readonly Option<string?> _prefixes = new("--prefixes") { Description = "Save the features of every prefix of one prompt, and how much each token changes them.", HelpName = "FILE.csv" };
    private readonly Option<long?> _against = new("--against") { Description = "Another prompt of the file, drawn beside the one of --row.", HelpName = "N" };
    private readonly Option<bool> _unmasked = new("--unmasked") { Description = "Show the words of a prompt of the file; otherwise every letter is a dot." };
    private readonly Option<bool> _group = new("--group") { Description = "For a network: the rows of each class are one prompt." };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the features: {string.Join(", ", TableEndings)}; of one prompt {string.Join(", ", OneEndings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_most, _batch, _limit, _resume, _latency, _tokens, _prefixes, _against, _unmasked, _group, _output])
            command.Options.Add(option);
    }

    public FeatureCall Read(ParseResult words, int? layers, bool isOne)
    {
        var call = new FeatureCall(
            new ExtractionOptions { Layers = layers, MostTokens = words.GetValue(_most), BatchTokens = words.GetValue(_batch), Limit = words.GetValue(_limit) },
            words.GetValue(_output) ?? [], words.GetValue(_tokens), words.GetValue(_prefixes), words.GetValue(_resume), words.GetValue(_latency),
            words.GetValue(_against), words.GetValue(_unmasked), words.GetValue(_group));
        foreach (string file in call.Files)
            ResultFile.Check(file, isOne ? OneEndings : TableEndings);
        if (call.Tokens is not null)
            ResultFile.CheckFor(_tokens.Name, call.Tokens, ".csv");
        if (call.Prefixes is not null)
            ResultFile.CheckFor(_prefixes.Name, call.Prefixes, ".csv");
        if (!isOne && (call.Tokens ?? call.Prefixes) is not null)
            throw new WordsException("--tokens and --prefixes are of one prompt; say --text \"…\" or --row N");
        if (call.Against is not null && !isOne)
            throw new WordsException("--against is drawn beside one prompt; say --row N too");
        if (call.Options.MostTokens < 1 || call.Options.BatchTokens < 1 || call.Options.Limit < 1)
            throw new WordsException(string.Create(CultureInfo.InvariantCulture, $"--max-tokens, --batch-tokens and --limit are {call.Options.MostTokens}, {call.Options.BatchTokens} and {call.Options.Limit?.ToString(CultureInfo.InvariantCulture) ?? "none"}; expected 1 or more"));
        if (call.Resumes && (isOne || call.Files.Length == 0))
            throw new WordsException("--resume goes on with the table of many prompts; say --data FILE and -o FILE");
        if (call.Resumes && File.Exists(call.Files[0]) && !File.Exists(call.Files[0] + FeatureJob.LogEnding))
            throw new WordsException($"--resume finds nothing to go on with: {call.Files[0]} is complete");
        return call;
    }
}
