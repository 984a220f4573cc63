using System.CommandLine;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Options of <c>crease complexity</c>.</summary>
internal sealed class ComplexityWords
{
    private const int MostSamples = 1_000_000;
    private const int MostSeeds = 1000;

    private readonly Option<string?> _data = new("--data") { Description = "Data set whose rows are the samples.", HelpName = "DATA" };
    private readonly Option<double> _radius = new("--radius") { Description = "Distance of a vertex from its sample, in units of the input.", HelpName = "R", DefaultValueFactory = _ => LocalComplexityOptions.Default.Radius };
    private readonly Option<int?> _directions = new("--directions") { Description = "Orthonormal directions per sample, half the number of vertices (default: 25, or as many as there are inputs).", HelpName = "P" };
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows of the data, or random points.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<bool> _own = new("--own-directions") { Description = "A set of directions per sample instead of one for all." };
    private readonly Option<bool> _perSample = new("--per-sample") { Description = "List every sample's counts in the JSON document." };
    private readonly Option<bool> _logits = new("--include-logits") { Description = "Count the logits in the total, as the published MNIST curves do." };
    private readonly Option<int?> _seeds = new("--seeds") { Description = "Measure with so many seeds of directions and report the standard error over them.", HelpName = "K" };
    private readonly Option<string?> _random = new("--random") { Description = "Measure around uniform random points too; the range defaults to that of the data.", HelpName = "lo,hi", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _deformation = new("--deformation") { Description = "Report how much each layer deforms the neighborhoods." };
    private readonly Option<int?> _map = new("--map") { Description = "A map on a slice with so many pixels along its longer side, 2 to 8192.", HelpName = "N" };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {ComplexityFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly PictureWords _picture = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _radius, _directions, _samples, _own, _perSample, _logits, _seeds, _random, _deformation, _map, _output, .. _picture.Options])
            command.Options.Add(option);
    }

    public ComplexityCall Read(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            ComplexityFile.Check(file, words.GetValue(_map) is not null);
        bool wantsRandom = words.GetResult(_random) is { Implicit: false };
        string? data = words.GetValue(_data);
        if (data is null && !wantsRandom && words.GetValue(_map) is null)
            throw new WordsException("'crease complexity' needs --data DATA, --random or --map N");
        double radius = words.GetValue(_radius);
        if (!(radius > 0) || !double.IsFinite(radius))
            throw new WordsException(FormattableString.Invariant($"--radius is {radius}; expected a positive number"));
        if (words.GetValue(_seeds) is not null && data is null)
            throw new WordsException("--seeds needs --data DATA");
        if (words.GetValue(_deformation) && words.GetValue(_directions) is 1)
            throw new WordsException("--deformation needs at least 2 directions; --directions is 1");
        if (words.GetValue(_deformation) && data is null && !wantsRandom)
            throw new WordsException("--deformation needs --data DATA or --random");
        _picture.Check(words);
        return new ComplexityCall
        {
            Options = new LocalComplexityOptions { Radius = radius, IncludeLogits = words.GetValue(_logits), Sharing = words.GetValue(_own) ? DirectionSharing.PerSample : DirectionSharing.Shared },
            Files = files,
            Data = data,
            Samples = NumberWord.Between(words.GetValue(_samples), 1, MostSamples, "--samples"),
            Directions = words.GetValue(_directions) is int count ? NumberWord.Between(count, 1, int.MaxValue, "--directions") : null,
            Seeds = words.GetValue(_seeds) is int seeds ? NumberWord.Between(seeds, 2, MostSeeds, "--seeds") : null,
            WantsRandom = wantsRandom,
            Range = wantsRandom && words.GetValue(_random) is string range ? SliceWords.Ends(range, "--random") : null,
            PerSample = words.GetValue(_perSample),
            Deformation = words.GetValue(_deformation),
            Resolution = words.GetValue(_map) is int resolution ? NumberWord.Between(resolution, 2, 8192, "--map") : null,
        };
    }

    public ComplexityMapFigureOptions Figure(ParseResult words, ComplexityResults results)
    {
        ComplexityMapFigureOptions options = ComplexityMapFigureOptions.Default with
        {
            Title = _picture.Title(words),
            Points = results.Map is { } map ? PictureWords.Markers(map.Slice, results.Anchors) : [],
        };
        return _picture.Width(words) is int width ? options with { Width = width, PngWidth = width } : options;
    }
}
