using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options of <c>crease language probe</c>.</summary>
internal sealed class ProbeWords
{
    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".html", ".csv", ".json"], Figures = [".svg", ".png", ".pdf"];

    private readonly Argument<string> _features = new("FEATURES") { Description = "Features that 'crease language features' saved as .parquet, with a column of labels." };
    private readonly Option<string> _label = new("--label") { Description = "Columns to tell from the features; of two values the later one (1 of 0 and 1) is scored, of more each against the rest.", HelpName = "COLUMN,COLUMN", Required = true };
    private readonly Option<string?> _positive = new("--positive") { Description = "The value to score, of two.", HelpName = "VALUE" };
    private readonly Option<string?> _source = new("--source") { Description = "Column that says where a text is from: probes within and across sources.", HelpName = "COLUMN" };
    private readonly Option<string?> _texts = new("--text") { Description = "The prompts that the features are of: probes by words and by characters stand beside.", HelpName = "FILE" };
    private readonly Option<string?> _column = new("--text-column") { Description = "Column of the texts in it.", HelpName = "NAME" };
    private readonly Option<string> _kind = new("--kind") { Description = "What a probe is made of: logistic or forest.", HelpName = "logistic|forest", DefaultValueFactory = _ => "logistic" };
    private readonly Option<double> _share = new("--label-share") { Description = "Share of the training labels to use, in (0, 1]; the other rows are labeled by self-training.", HelpName = "X", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _repeats = new("--repeats") { Description = "Random splits into 70 % training and 30 % test rows.", HelpName = "N", DefaultValueFactory = _ => 5 };
    private readonly Option<double> _penalty = new("--penalty") { Description = "Strength of the penalty on squared weights of logistic regression.", HelpName = "X", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _trees = new("--trees") { Description = "Trees of a forest.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<int?> _leaf = new("--leaf") { Description = "Least rows in a leaf of a forest (default: 100, fewer for small data).", HelpName = "N" };
    private readonly Option<string?> _ablate = new("--ablate") { Description = "Probe parts of the features alone: layers, first, features or all.", HelpName = "layers|first|features|all" };
    private readonly Option<string?> _latency = new("--time") { Description = "Document of 'crease language features --latency': the time to layer k beside the first k layers.", HelpName = "FILE.json" };
    private readonly Option<string?> _save = new("--save") { Description = "Save a probe trained on all rows, for 'crease language score'.", HelpName = "FILE.json" };
    private readonly Option<string?> _byScore = new("--by-score") { Description = "Draw how often test texts of a score are of the class, with intervals and counts.", HelpName = "FILE.svg|.png|.pdf" };
    private readonly Option<string?> _byLength = new("--by-length") { Description = "Draw how often test texts of a length are told right, with intervals and counts.", HelpName = "FILE.svg|.png|.pdf" };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_features);
        foreach (Option option in (Option[])[_label, _positive, _source, _texts, _column, _kind, _share, _repeats, _penalty, _trees, _leaf, _ablate, _latency, _save, _byScore, _byLength, _output])
            command.Options.Add(option);
    }

    public ProbeCall Read(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            ResultFile.Check(file, Endings);
        if (words.GetValue(_save) is string probe)
            ResultFile.CheckFor("--save", probe, ".json");
        foreach (Option<string?> option in (Option<string?>[])[_byScore, _byLength])
        {
            if (words.GetValue(option) is string drawn)
                ResultFile.CheckFor(option.Name, drawn, Figures);
        }
        string[] labels = words.GetRequiredValue(_label).Split(',');
        if (Array.Exists(labels, label => label.Length == 0) || labels.Distinct(StringComparer.Ordinal).Count() != labels.Length)
            throw new WordsException($"--label is '{words.GetValue(_label)}'; expected different names of columns, separated by commas");
        ProbeOptions options = Options(words);
        if (options.Ablations == ProbeAblations.None && Array.Find(files, file => Figures.Contains(Path.GetExtension(file).ToLowerInvariant())) is string figure)
            throw new WordsException($"-o {figure}: the figure shows parts of the features alone; say --ablate all");
        return new ProbeCall(words.GetRequiredValue(_features), labels, words.GetValue(_positive), words.GetValue(_source), words.GetValue(_texts), words.GetValue(_column), words.GetValue(_latency), options, words.GetValue(_save), words.GetValue(_byScore), words.GetValue(_byLength), files);
    }

    private ProbeOptions Options(ParseResult words)
    {
        string kind = words.GetValue(_kind)!;
        var options = new ProbeOptions
        {
            Kind = kind switch { "logistic" => ProbeKind.Logistic, "forest" => ProbeKind.Forest, _ => throw new WordsException($"--kind is '{kind}'; expected logistic or forest") },
            LabelShare = words.GetValue(_share),
            Repeats = words.GetValue(_repeats),
            Penalty = words.GetValue(_penalty),
            Trees = words.GetValue(_trees),
            LeafRows = words.GetValue(_leaf),
            Ablations = words.GetValue(_ablate) switch
            {
                null => ProbeAblations.None,
                "layers" => ProbeAblations.Layers,
                "first" => ProbeAblations.First,
                "features" => ProbeAblations.Features,
                "all" => ProbeAblations.All,
                string other => throw new WordsException($"--ablate is '{other}'; expected layers, first, features or all"),
            },
        };
        Refuse(!(options.LabelShare is > 0 and <= 1), "--label-share", options.LabelShare, "a number in (0, 1]");
        Refuse(options.Repeats is < 1 or > 1000, "--repeats", options.Repeats, "1 to 1000");
        Refuse(!(options.Penalty >= 0 && double.IsFinite(options.Penalty)), "--penalty", options.Penalty, "a number from 0");
        Refuse(options.Trees is < 1 or > 10_000, "--trees", options.Trees, "1 to 10000");
        Refuse(options.LeafRows < 1, "--leaf", options.LeafRows ?? 0, "at least 1");
        return options;
    }

    private static void Refuse(bool isWrong, string option, double value, string expected)
    {
        if (isWrong)
            throw new WordsException(string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; expected {expected}"));
    }
}
