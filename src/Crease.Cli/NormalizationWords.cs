using System.CommandLine;
using Crease.Cli.Output;
using Crease.Measures;

namespace Crease.Cli;

/// <summary>Options of <c>crease normalization</c>.</summary>
internal sealed class NormalizationWords
{
    private const int MostSamples = 1_000_000;

    private readonly Option<string> _data = new("--data") { Description = "Data set whose rows are the batch and what batches are drawn from.", HelpName = "DATA", Required = true };
    private readonly NetWords _net = new("normalization", "2-6-6-6-6-2");
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows, the first ones.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<string> _sizes = new("--batch-sizes") { Description = "Samples of the batches whose jitter is measured.", HelpName = "B[,B2,...]", DefaultValueFactory = _ => string.Join(',', JitterOptions.Default.BatchSizes) };
    private readonly Option<int> _batches = new("--batches") { Description = "Batches of each size.", HelpName = "N", DefaultValueFactory = _ => JitterOptions.Default.Batches };
    private readonly Option<int> _probes = new("--probes") { Description = "Samples whose codes and boundary distances are followed.", HelpName = "N", DefaultValueFactory = _ => JitterOptions.Default.Probes };
    private readonly Option<int?> _distances = new("--distance-samples") { Description = "Samples whose distances to creases are measured; 0 for none (default: at most 60, as many as 500 GFLOP allow).", HelpName = "N" };
    private readonly Option<double> _epsilon = new("--epsilon") { Description = "Added to variances by normalizations that are put in; a network's own keep theirs.", HelpName = "E", DefaultValueFactory = _ => JitterOptions.Default.Epsilon };
    private readonly Option<int> _maxRegions = new("--max-regions") { Description = "Regions of a partition at most.", HelpName = "N", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {NormalizationFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _jitter = new("--jitter") { Description = "Save the creases of many batches over each other as .svg, .png or .pdf.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_net.Model);
        foreach (Option option in (Option[])[_data, _net.Net, _samples, _sizes, _batches, _probes, _distances, _epsilon, _maxRegions, _output, _jitter])
            command.Options.Add(option);
    }

    public NormalizationCall Read(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            NormalizationFile.Check(file);
        if (words.GetValue(_jitter) is string figure)
            ResultFile.CheckFor("--jitter", figure, ".svg", ".png", ".pdf");
        _net.Check(words);
        double epsilon = words.GetValue(_epsilon);
        if (!(epsilon >= 0) || !double.IsFinite(epsilon))
            throw new WordsException(FormattableString.Invariant($"--epsilon is {epsilon}; expected a number of at least 0"));
        return new NormalizationCall
        {
            Data = words.GetValue(_data)!,
            Files = files,
            JitterFigure = words.GetValue(_jitter),
            Model = _net.Name(words),
            Net = _net.Widths(words),
            Samples = NumberWord.Between(words.GetValue(_samples), 2, MostSamples, "--samples"),
            MaxRegions = NumberWord.Between(words.GetValue(_maxRegions), 1, int.MaxValue, "--max-regions"),
            Options = new NormalizationOptions
            {
                DistanceSamples = words.GetValue(_distances) is int count ? NumberWord.Between(count, 0, MostSamples, "--distance-samples") : null,
                Jitter = new JitterOptions
                {
                    BatchSizes = [.. NumberWord.ReadAll(words.GetValue(_sizes)!, ',', 2, MostSamples, "--batch-sizes", 1)],
                    Batches = NumberWord.Between(words.GetValue(_batches), 2, MostSamples, "--batches"),
                    Probes = NumberWord.Between(words.GetValue(_probes), 1, MostSamples, "--probes"),
                    Epsilon = epsilon,
                },
            },
        };
    }
}
