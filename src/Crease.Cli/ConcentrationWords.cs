using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Measures;

namespace Crease.Cli;

/// <summary>Options of <c>crease concentration</c>.</summary>
internal sealed class ConcentrationWords
{
    private const int MostSamples = 100_000;
    private const double LargestRadius = 1e6;

    private static readonly string[] Endings = [".svg", ".png", ".pdf", ".json", ".csv"], Drawn = [".svg", ".png", ".pdf"], Sliced = [".svg", ".png", ".pdf", ".html"];

    private readonly Option<string> _data = new("--data") { Description = "Data set with labels; its first rows are the inputs.", HelpName = "DATA", Required = true };
    private readonly Option<int?> _samples = new("--samples") { Description = "At most so many rows (default 100, or all of --adversarial).", HelpName = "N" };
    private readonly Option<string?> _adversarial = new("--adversarial") { Description = "Instead of an attack: points that 'crease attack -o FILE.npz' saved for the first rows of the data.", HelpName = "FILE.npz" };
    private readonly AttackMethodWords _method = new();
    private readonly Option<string?> _random = new("--random") { Description = "Random ways: directions that stay in the box (default where there is one), any direction, or the changes of the attack at other numbers and with random signs.", HelpName = "reflected|sphere|shuffled" };
    private readonly Option<int> _draws = new("--draws") { Description = $"Random ways per input, 1 to {ConcentrationOptions.MostDirections}.", HelpName = "N", DefaultValueFactory = _ => ConcentrationOptions.Default.Directions };
    private readonly Option<string> _other = new("--other") { Description = "The way to the nearest input of another class: to its end, as far as the twin is, or none.", HelpName = "whole|part|none", DefaultValueFactory = _ => "whole" };
    private readonly Option<string> _radius = new("--radius") { Description = "Size of the neighborhood of a point: of local complexity, of the box of bounds, of the ball of regions.", HelpName = "R", DefaultValueFactory = _ => "0.05" };
    private readonly Option<int?> _directions = new("--directions") { Description = "Directions of local complexity (default 25, or as many as there are inputs).", HelpName = "P" };
    private readonly Option<string> _bounds = new("--bounds") { Description = "How units are bounded in the box.", HelpName = "interval|relaxed|none", DefaultValueFactory = _ => "interval" };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {string.Join(", ", Endings)}. Pictures show crossings per length. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _points = new("--points") { Description = $"Draw what was measured at the points: {string.Join(", ", Drawn)}.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<int?> _picture = new("--picture") { Description = "Draw the slice through this row, its adversarial twin and a third point.", HelpName = "ROW" };
    private readonly Option<string[]> _pictureFile = new("--picture-file") { Description = $"Where to: {string.Join(", ", Sliced)}.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string> _third = new("--third") { Description = "The third point: the nearest input of another class, or the end of a random way.", HelpName = "other|random", DefaultValueFactory = _ => "other" };
    private readonly Option<double> _margin = new("--margin") { Description = "Room around the three points as a share of their extent.", HelpName = "M", DefaultValueFactory = _ => 0.2 };
    private readonly Option<int> _maxRegions = new("--max-regions") { Description = "Stop the slice after so many regions.", HelpName = "N", DefaultValueFactory = _ => 5_000_000 };
    private readonly PictureWords _look = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _samples, _adversarial, .. _method.Options, _random, _draws, _other, _radius, _directions, _bounds, _output, _points, _picture, _pictureFile, _third, _margin, _maxRegions, .. _look.Options])
            command.Options.Add(option);
    }

    public string? Title(ParseResult words) => _look.Title(words);

    public int? Width(ParseResult words) => _look.Width(words);

    public ConcentrationCall Read(ParseResult words, long seed)
    {
        string[] files = Checked(_output, words, Endings), points = Checked(_points, words, Drawn), pictures = Checked(_pictureFile, words, Sliced);
        _look.Check(words);
        int? row = words.GetValue(_picture);
        if (row is null != (pictures.Length == 0))
            throw new WordsException(row is null ? "--picture-file needs --picture ROW" : "--picture needs --picture-file FILE");
        if (row < 0)
            throw new WordsException($"--picture is {row}; expected a row of the data, 0 or more");
        string? adversarial = words.GetValue(_adversarial);
        if (adversarial is not null && _method.Given(words) is string given)
            throw new WordsException($"--adversarial takes the points of a file; leave out {given}");
        AttackMethod? method = adversarial is not null ? null : _method.Read(words, seed) ?? throw new WordsException("'crease concentration' needs --epsilon E in input units, for example 8/255; or --adversarial FILE.npz");
        if (method is { Epsilons.Length: > 1 })
            throw new WordsException($"--epsilon names {method.Epsilons.Length} radii; expected one");
        double margin = words.GetValue(_margin);
        return new ConcentrationCall
        {
            Data = words.GetValue(_data)!,
            Method = method,
            Adversarial = adversarial,
            Epsilon = adversarial is not null && _method.Epsilon(words) is string text ? FractionWord.Read(text, "--epsilon") : null,
            Samples = words.GetValue(_samples) is int samples ? NumberWord.Between(samples, 1, MostSamples, "--samples") : null,
            Files = files,
            PointFiles = points,
            Picture = row,
            PictureFiles = pictures,
            ThroughRandom = NamedWord.Of(["other", "random"], word => word, words.GetValue(_third)!, "--third") == "random",
            Margin = margin is >= 0 and <= 100 ? margin : throw new WordsException(FormattableString.Invariant($"--margin is {margin}; expected 0 to 100")),
            MaxRegions = NumberWord.Between(words.GetValue(_maxRegions), 1, int.MaxValue, "--max-regions"),
            Settings = new ConcentrationSettings
            {
                Segments = new ConcentrationOptions
                {
                    Directions = NumberWord.Between(words.GetValue(_draws), 1, ConcentrationOptions.MostDirections, "--draws"),
                    Twin = words.GetValue(_random) is string ways ? NamedWord.Of(Enum.GetValues<RandomTwin>(), NameOf, ways, "--random") : null,
                    Other = NamedWord.Of(Enum.GetValues<OtherWay>(), NameOf, words.GetValue(_other)!, "--other"),
                },
                Radius = FractionWord.Read(words.GetValue(_radius)!, "--radius") is > 0 and <= LargestRadius and double radius ? radius : throw new WordsException($"--radius is '{words.GetValue(_radius)}'; expected above 0, at most {LargestRadius}"),
                Directions = words.GetValue(_directions),
                Bounds = NamedWord.Of(Enum.GetValues<UnitBounds>(), NameOf, words.GetValue(_bounds)!, "--bounds"),
            },
        };
    }

    private static string[] Checked(Option<string[]> option, ParseResult words, string[] endings)
    {
        string[] files = words.GetValue(option) ?? [];
        foreach (string file in files)
            ResultFile.CheckFor(option.Name, file, endings);
        return files;
    }

    private static string NameOf<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
