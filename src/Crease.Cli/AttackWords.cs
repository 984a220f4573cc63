using System.CommandLine;
using Crease.Cli.Output;

namespace Crease.Cli;

/// <summary>Options of <c>crease attack</c>.</summary>
internal sealed class AttackWords
{
    private const int MostSamples = 1_000_000;

    private readonly Option<string> _data = new("--data") { Description = "Data set with labels whose rows are attacked.", HelpName = "DATA", Required = true };
    private readonly AttackMethodWords _method = new();
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows, the first ones.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<string?> _resume = new("--resume") { Description = "Keep rows in this file as they end, and go on from those that are in it.", HelpName = "FILE" };
    private readonly Option<bool> _audit = new("--audit") { Description = "Ask whether the accuracy at the largest epsilon can be believed: symptoms of masked gradients, and a verdict." };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {AttackFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, .. _method.Options, _samples, _resume, _audit, _output])
            command.Options.Add(option);
    }

    public AttackCall Read(ParseResult words, long seed)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            AttackFile.Check(file);
        AttackMethod method = _method.Read(words, seed) ?? throw new WordsException("'crease attack' needs --epsilon E[,E2,...] in input units, for example 8/255");
        int samples = words.GetValue(_samples);
        return new AttackCall
        {
            Data = words.GetValue(_data)!,
            Files = files,
            Epsilons = method.Epsilons,
            Samples = samples is >= 1 and <= MostSamples ? samples : throw new WordsException($"--samples is {samples}; expected 1 to {MostSamples}"),
            BoxOfData = method.BoxOfData,
            Preset = method.Preset,
            Resume = words.GetValue(_resume),
            Audit = words.GetValue(_audit),
            Options = method.Options,
        };
    }
}
