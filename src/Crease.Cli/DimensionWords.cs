using System.CommandLine;
using Crease.Cli.Output;
using Crease.Measures;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Options of <c>crease dimension</c>.</summary>
internal sealed class DimensionWords
{
    private const string Usual = "usual", All = "all", Precomputed = "precomputed";
    private const int LeastNeighbors = 4, MostNeighbors = 10_000;

    private static readonly (string Name, Metric? Metric)[] Metrics =
    [
        ("euclidean", Metric.Euclidean), ("manhattan", Metric.Manhattan), ("chebyshev", Metric.Chebyshev), ("angular", Metric.Angular), ("periodic", Metric.PeriodicUnitCube), (Precomputed, null),
    ];

    private readonly Argument<string> _data = new("DATA") { Description = "A data set: file, folder, example:NAME or synthetic:NAME." };
    private readonly Option<string> _estimators = new("--estimators") { Description = "Names with commas between them, or usual, or all (fishers: a ball of dimension d gives d, a sphere S^d gives d + 1).", HelpName = "A,B,...", DefaultValueFactory = _ => Usual };
    private readonly Option<int?> _neighbors = new("--neighbors") { Description = "k of the estimators that look at more than two neighbors (default: that of each).", HelpName = "K" };
    private readonly Option<string?> _network = new("--network") { Description = "Dimension of the activations of each layer of this network.", HelpName = "MODEL" };
    private readonly Option<int?> _samples = new("--samples") { Description = "At most so many rows, drawn at random (default: all).", HelpName = "N" };
    private readonly Option<string> _metric = new("--metric") { Description = $"{string.Join(", ", Metrics.Select(each => each.Name))}; the last takes DATA as a matrix of distances.", HelpName = "NAME", DefaultValueFactory = _ => "euclidean" };
    private readonly Option<string> _duplicates = new("--duplicates") { Description = "remove (and count) rows that repeat another one, or refuse them.", HelpName = "remove|refuse", DefaultValueFactory = _ => "remove" };
    private readonly Option<bool> _perClass = new("--per-class") { Description = "Of each class by itself too." };
    private readonly Option<int?> _scales = new("--scales") { Description = "GRIDE with ranks 1, 2, 4, ... up to this one: the dimension against the scale (default 256).", HelpName = "RANK", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> _blocks = new("--blocks") { Description = "TwoNN with the points in 1, 2, 4, ... up to so many parts, with intervals from their scatter (default 64).", HelpName = "PARTS", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _pointwise = new("--pointwise") { Description = "List the dimension around every point in the JSON document." };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {DimensionFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly PictureWords _picture = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_data);
        foreach (Option option in (Option[])[_estimators, _neighbors, _network, _samples, _metric, _duplicates, _perClass, _scales, _blocks, _pointwise, _output, .. _picture.Options])
            command.Options.Add(option);
    }

    public DimensionCall Read(ParseResult words)
    {
        bool hasScales = words.GetResult(_scales) is { Implicit: false }, hasBlocks = words.GetResult(_blocks) is { Implicit: false };
        string? network = words.GetValue(_network);
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            DimensionFile.Check(file, network is not null || hasScales || hasBlocks);
        _picture.Check(words);
        Metric? metric = NamedWord.Of(Metrics, each => each.Name, words.GetValue(_metric)!, "--metric").Metric;
        if (network is not null && (hasScales || hasBlocks || words.GetValue(_perClass) || metric != Metric.Euclidean))
            throw new WordsException("--network measures layers by Euclidean distances; leave out --scales, --blocks, --per-class and --metric");
        if (metric is null && (words.GetValue(_perClass) || words.GetValue(_samples) is not null))
            throw new WordsException("--metric precomputed takes the whole matrix; leave out --samples and --per-class");
        return new DimensionCall
        {
            Data = words.GetRequiredValue(_data),
            Estimators = Chosen(words.GetValue(_estimators)!, words.GetValue(_neighbors) is int k ? NumberWord.Between(k, LeastNeighbors, MostNeighbors, "--neighbors") : null),
            Files = files,
            Model = network,
            Samples = words.GetValue(_samples) is int samples ? NumberWord.Between(samples, 3, int.MaxValue, "--samples") : null,
            Metric = metric,
            Duplicates = NamedWord.Of([DuplicatePolicy.Remove, DuplicatePolicy.Refuse], each => each.ToString().ToLowerInvariant(), words.GetValue(_duplicates)!, "--duplicates"),
            PerClass = words.GetValue(_perClass),
            MostRank = hasScales ? NumberWord.Between(words.GetValue(_scales) ?? 256, 2, 1 << 16, "--scales") : null,
            MostBlocks = hasBlocks ? NumberWord.Between(words.GetValue(_blocks) ?? 64, 1, 1 << 16, "--blocks") : null,
            Pointwise = words.GetValue(_pointwise),
        };
    }

    public CurvesFigureOptions Figure(ParseResult words) => _picture.Width(words) is int width
        ? CurvesFigureOptions.Default with { Title = _picture.Title(words), Width = width, PngWidth = width }
        : CurvesFigureOptions.Default with { Title = _picture.Title(words) };

    private static IDimensionEstimator[] Chosen(string names, int? neighbors)
    {
        IReadOnlyList<IDimensionEstimator> all = names == Usual ? DimensionEstimators.Usual : DimensionEstimators.All;
        IEnumerable<IDimensionEstimator> chosen = names is Usual or All ? all : names.Split(',').Distinct().Select(name => NamedWord.Of(all, each => each.Name, name, "--estimators"));
        return [.. chosen.Select(each => neighbors is int k ? With(each, k) : each)];
    }

    private static IDimensionEstimator With(IDimensionEstimator estimator, int k) => estimator switch
    {
        Gride gride => gride with { Rank = k / 2 },
        LevinaBickel mle => mle with { Neighbors = k },
        MethodOfMoments mom => mom with { Neighbors = k },
        CorrelationIntegral corrint => corrint with { FirstNeighbors = k / 2, Neighbors = k },
        Mada mada => mada with { Neighbors = k },
        TightLocality tight => tight with { Neighbors = k },
        Mind mind => mind with { Ranks = k },
        Danco danco => danco with { Ranks = Math.Min(k, 20) },
        SimplexSkewness { NeighborhoodSize: > 0 } ess => ess with { NeighborhoodSize = k + 1 },
        LocalPca { NeighborhoodSize: > 0 } pca => pca with { NeighborhoodSize = k + 1 },
        _ => estimator,
    };
}
