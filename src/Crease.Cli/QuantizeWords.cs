using System.CommandLine;
using System.Globalization;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Networks;

namespace Crease.Cli;

/// <summary>Options of <c>crease quantize</c>, apart from those of the slice and the picture.</summary>
internal sealed class QuantizeWords
{
    private const int MostSamples = 100_000;

    private readonly Option<string> _bits = new("--bits") { Description = $"Bits per weight, 1 to {QuantizationOptions.MostBits}: numbers and ranges.", HelpName = "B,B1..B2,...", DefaultValueFactory = _ => "1..8" };
    private readonly Option<bool> _symmetric = new("--symmetric") { Description = "The same grid on both sides of zero (default)." };
    private readonly Option<bool> _asymmetric = new("--asymmetric") { Description = "A grid from the smallest to the largest weight, zero included." };
    private readonly Option<string> _per = new("--per") { Description = "One grid for a layer, or one for each of its output channels.", HelpName = "tensor|channel", DefaultValueFactory = _ => "tensor" };
    private readonly Option<string?> _data = new("--data") { Description = "Data set to measure on.", HelpName = "DATA" };
    private readonly Option<int> _samples = new("--samples") { Description = $"At most so many rows, the first ones, 1 to {MostSamples}.", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<int> _distances = new("--distance-samples") { Description = "At most so many rows whose distances are measured, 0 for none.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly AttackMethodWords _method = new("--clip");
    private readonly Option<bool> _noAudit = new("--no-audit") { Description = "Leave out the audit of the attack at the largest epsilon." };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {QuantizeFile.Accepted}. May be given several times.", HelpName = "FILE|FOLDER", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _panels = new("--panels") { Description = "Figure of the partitions of the slice, a panel per number of bits (.svg, .png, .pdf).", HelpName = "FILE" };
    private readonly Option<int> _maxRegions = new("--max-regions") { Description = "Regions of a partition at most.", HelpName = "N", DefaultValueFactory = _ => 1_000_000 };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_bits, _symmetric, _asymmetric, _per, _data, _samples, _distances, .. _method.Options, _noAudit, _output, _panels, _maxRegions])
            command.Options.Add(option);
    }

    public QuantizeCall Read(ParseResult words, long seed)
    {
        string[] outputs = words.GetValue(_output) ?? [], folders = [.. outputs.Where(QuantizeFile.IsFolder)];
        if (folders.Length > 1)
            throw new WordsException($"-o names {folders.Length} folders; expected one, and files with the endings {QuantizeFile.Endings}");
        string[] files = [.. outputs.Except(folders)];
        foreach (string file in files)
            QuantizeFile.Check(file);
        string? panels = words.GetValue(_panels);
        if (panels is not null)
            ResultFile.CheckFor("--panels", panels, ".svg", ".png", ".pdf");
        if (words.GetValue(_symmetric) && words.GetValue(_asymmetric))
            throw new WordsException("--symmetric and --asymmetric exclude one another; give one of them");
        string per = words.GetValue(_per)!;
        if (per is not ("tensor" or "channel"))
            throw new WordsException($"--per is '{per}'; expected tensor or channel");
        int[] bits = Bits(words.GetValue(_bits)!);
        string? data = words.GetValue(_data);
        AttackMethod? method = _method.Read(words, seed);
        if (method is null && _method.Given(words) is string given)
            throw new WordsException($"{given} is about an attack, which needs --epsilon E[,E2,...] in input units, for example 8/255");
        if (method is not null && data is null)
            throw new WordsException("--epsilon needs --data DATA, whose rows are attacked");
        if (files.Any(ResultFile.IsPicture) && data is null)
            throw new WordsException("curves need --data DATA; a figure of the partitions is --panels FILE");
        return new QuantizeCall
        {
            Files = files,
            Folder = folders.FirstOrDefault(),
            Panels = panels,
            Data = data,
            Method = method,
            Samples = NumberWord.Between(words.GetValue(_samples), 1, MostSamples, "--samples"),
            MaxRegions = NumberWord.Between(words.GetValue(_maxRegions), 1, int.MaxValue, "--max-regions"),
            Options = new QuantizationCurveOptions
            {
                Bits = [.. bits],
                Grid = new QuantizationOptions { IsSymmetric = !words.GetValue(_asymmetric), PerChannel = per == "channel" },
                Epsilons = method is null ? [] : [.. method.Epsilons],
                Audit = !words.GetValue(_noAudit),
                Distances = NumberWord.Between(words.GetValue(_distances), 0, MostSamples, "--distance-samples"),
            },
        };
    }

    private static int[] Bits(string text)
    {
        var bits = new List<int>();
        foreach (string part in text.Split(','))
        {
            int[] ends = [.. part.Split("..").Select(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0)];
            if (ends.Length > 2 || ends.Any(end => end is < 1 or > QuantizationOptions.MostBits) || ends[0] > ends[^1])
                throw new WordsException($"--bits holds '{part}'; expected 1 to {QuantizationOptions.MostBits}, numbers or ranges as in 1..4,8");
            bits.AddRange(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }
        return [.. bits.Distinct().Order()];
    }
}
