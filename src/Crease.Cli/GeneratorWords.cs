using System.CommandLine;
using Crease.Cli.Output;
using Crease.Measures;

namespace Crease.Cli;

/// <summary>Options of <c>crease generator</c>.</summary>
internal sealed class GeneratorWords
{
    private readonly NetWords _net = new("generator", "2-16-16-3", "; its input is the latent vector");
    private readonly Option<string?> _from = new("--from-layer") { Description = "The generator is what MODEL computes from the value of this node on, such as the decoder of an autoencoder.", HelpName = "NAME" };
    private readonly Option<int> _samples = new("--samples") { Description = "Latent points to draw.", HelpName = "N", DefaultValueFactory = _ => GeneratorSampleOptions.Default.Samples };
    private readonly Option<string> _latent = new("--latent") { Description = "What they are drawn from.", HelpName = "uniform|normal", DefaultValueFactory = _ => "uniform" };
    private readonly Option<string> _range = new("--range") { Description = "Box of uniform latents, and of the map of two latents.", HelpName = "lo,hi", DefaultValueFactory = _ => "-1,1" };
    private readonly Option<double> _polarity = new("--polarity") { Description = "Weights are volume to this power: 0 leaves the draws alone, 1 is uniform on the manifold for uniform latents, below 0 goes to modes.", HelpName = "R", DefaultValueFactory = _ => GeneratorSampleOptions.Default.Polarity };
    private readonly Option<bool> _removes = new("--divide-by-density") { Description = "Divide weights by the density of normal latents, to aim at the uniform density." };
    private readonly Option<double?> _clip = new("--clip") { Description = "Smallest volume that counts; needed for a negative polarity where volumes are 0.", HelpName = "V" };
    private readonly Option<int?> _top = new("--top") { Description = "Only so many singular values, the largest.", HelpName = "K" };
    private readonly Option<int> _maxRegions = new("--max-regions") { Description = "Regions of the map at most.", HelpName = "N", DefaultValueFactory = _ => 100_000 };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {GeneratorFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_net.Model);
        foreach (Option option in (Option[])[_net.Net, _from, _samples, _latent, _range, _polarity, _removes, _clip, _top, _maxRegions, _output])
            command.Options.Add(option);
    }

    public GeneratorCall Read(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            GeneratorFile.Check(file);
        _net.Check(words);
        (double low, double high) = SliceWords.Ends(words.GetValue(_range)!, "--range");
        LatentDensity latent = NamedWord.Of([LatentDensity.Uniform, LatentDensity.Normal], each => each == LatentDensity.Uniform ? "uniform" : "normal", words.GetValue(_latent)!, "--latent");
        if (words.GetValue(_removes) && latent == LatentDensity.Uniform)
            throw new WordsException("--divide-by-density needs --latent normal; a uniform density is the same everywhere");
        double polarity = words.GetValue(_polarity);
        if (!double.IsFinite(polarity))
            throw new WordsException(FormattableString.Invariant($"--polarity is {polarity}; expected a finite number"));
        if (words.GetValue(_clip) is double clip && !(clip > 0 && double.IsFinite(clip)))
            throw new WordsException(FormattableString.Invariant($"--clip is {clip}; expected a positive number"));
        if (words.GetValue(_top) is < 1)
            throw new WordsException($"--top is {words.GetValue(_top)}; expected at least 1");
        return new GeneratorCall
        {
            Files = files,
            Top = words.GetValue(_top),
            Model = _net.Name(words),
            Net = _net.Widths(words),
            From = words.GetValue(_from),
            MaxRegions = NumberWord.Between(words.GetValue(_maxRegions), 1, int.MaxValue, "--max-regions"),
            Options = new GeneratorSampleOptions
            {
                Samples = NumberWord.Between(words.GetValue(_samples), 2, 10_000_000, "--samples"),
                Latent = latent,
                Low = low,
                High = high,
                Polarity = polarity,
                RemovesLatentDensity = words.GetValue(_removes),
                Clip = words.GetValue(_clip),
            },
        };
    }
}
