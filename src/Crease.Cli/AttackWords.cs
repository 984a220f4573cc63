using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;

namespace Crease.Cli;

/// <summary>Options of <c>crease attack</c>.</summary>
internal sealed class AttackWords
{
    private const int MostSamples = 1_000_000, MostTransfers = 19;

    private readonly Option<string> _data = new("--data") { Description = "Data set with labels whose rows are attacked.", HelpName = "DATA", Required = true };
    private readonly AttackMethodWords _method = new();
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows, the first ones.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<double?> _noise = new("--noise") { Description = "Attack the randomized classifier that adds Gaussian noise of this deviation to every input.", HelpName = "SIGMA" };
    private readonly Option<int?> _averages = new("--eot") { Description = "Average each gradient over so many random evaluations; needs --noise.", HelpName = "M" };
    private readonly Option<string[]> _transfer = new("--transfer") { Description = "Attack this network too, and show what is found against each to the others. May be given several times.", HelpName = "MODEL", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _precision = new("--precision") { Description = "Format in which logits and gradients are computed; whether a point fools the network is decided in float64 in any case.", HelpName = string.Join('|', PrecisionNames.All.Select(each => each.Name)), DefaultValueFactory = _ => PrecisionNames.All[0].Name };
    private readonly Option<bool> _individual = new("--individual") { Description = "Run each method of an ensemble on all rows too." };
    private readonly Option<string?> _resume = new("--resume") { Description = "Keep rows in this file as they end, and those in flight beside it; go on from both.", HelpName = "FILE" };
    private readonly Option<bool> _audit = new("--audit") { Description = "Ask whether the accuracy at the largest epsilon can be believed: symptoms of masked gradients, and a verdict." };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {AttackFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly PictureWords _look = new();

    /// <summary>Title and width of the picture.</summary>
    public (string? Title, int? Width) Look(ParseResult words) => (_look.Title(words), _look.Width(words));

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, .. _method.Options, _samples, _noise, _averages, _precision, _transfer, _individual, _resume, _audit, _output, .. _look.Options])
            command.Options.Add(option);
    }

    public AttackCall Read(ParseResult words, long seed)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            AttackFile.Check(file);
        _look.Check(words);
        AttackMethod method = _method.Read(words, seed) ?? throw new WordsException("'crease attack' needs --epsilon E[,E2,...] in input units, for example 8/255");
        AttackOptions options = Averaged(words, method.Options);
        if (words.GetValue(_individual) && options.Attack.Stages.Count == 1)
            throw new WordsException($"--individual is for {string.Join(", ", Attacks.All.Where(each => each.Stages.Count > 1).Select(each => each.Name))}; --attack is {options.Attack.Name}, one method by itself");
        string[] transfer = words.GetValue(_transfer) ?? [];
        if (transfer.Length > MostTransfers)
            throw new WordsException($"--transfer is given {transfer.Length} times; expected at most {MostTransfers}");
        return new AttackCall
        {
            Method = method with { Options = options },
            Data = words.GetValue(_data)!,
            Files = files,
            Samples = NumberWord.Between(words.GetValue(_samples), 1, MostSamples, "--samples"),
            Resume = words.GetValue(_resume),
            Audit = words.GetValue(_audit),
            Noise = words.GetValue(_noise),
            Precision = NamedWord.Of(PrecisionNames.All, each => each.Name, words.GetValue(_precision)!, "--precision").Value,
            Transfer = transfer,
            IsIndividual = words.GetValue(_individual),
        };
    }

    private AttackOptions Averaged(ParseResult words, AttackOptions options)
    {
        if (words.GetValue(_noise) is double noise && !(noise > 0 && double.IsFinite(noise)))
            throw new WordsException(FormattableString.Invariant($"--noise is {noise}; expected a finite number above 0"));
        if (words.GetValue(_averages) is not int averages)
            return options;
        if (words.GetValue(_noise) is null)
            throw new WordsException("--eot averages over random evaluations, and the network is not random; say --noise SIGMA, which its defense adds");
        AttackOptions averaged = options with { Averages = averages };
        return options.Attack.Settled(averaged).Averages == averages
            ? AttackMethodWords.Checked(averaged)
            : throw new WordsException($"--attack {options.Attack.Name} sets {_averages.Name} by itself; leave it out");
    }
}
