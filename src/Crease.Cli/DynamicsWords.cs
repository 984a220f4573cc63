using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Models;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Options of <c>crease dynamics</c>.</summary>
internal sealed class DynamicsWords
{
    private readonly Option<string?> _data = new("--data") { Description = "Rows to measure on; a run knows its own.", HelpName = "DATA" };
    private readonly Option<string?> _test = new("--test") { Description = "Test rows (default: the test part of --data).", HelpName = "DATA" };
    private readonly Option<int> _samples = new("--samples") { Description = "Rows of each set, and random points, around which complexity is counted; 0 for none.", HelpName = "N", DefaultValueFactory = _ => 1000 };
    private readonly Option<double> _radius = new("--radius") { Description = "Radius of neighborhoods in input units.", HelpName = "R", DefaultValueFactory = _ => 0.05 };
    private readonly Option<int> _directions = new("--directions") { Description = "Orthonormal directions of a neighborhood, at most the number of inputs.", HelpName = "P", DefaultValueFactory = _ => 25 };
    private readonly Option<bool> _logits = new("--include-logits") { Description = "Count the logits in the total, as the published MNIST curves do." };
    private readonly Option<int> _slopes = new("--slope-samples") { Description = "Rows of each set at which slope norms are measured; 0 for none.", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<string?> _epsilons = new("--epsilon") { Description = "Budgets of the attack in input units, ascending, for example 0.06,0.1 or 8/255; none for no attack (default: 0.06,0.1,0.2 for pixels, else none).", HelpName = "E,E" };
    private readonly Option<string> _norm = new("--norm") { Description = "Norm of the budgets.", HelpName = "linf|l2", DefaultValueFactory = _ => "linf" };
    private readonly Option<int> _attackSteps = new("--attack-steps") { Description = "Steps of projected gradient ascent; 1 is the fast gradient method.", HelpName = "N", DefaultValueFactory = _ => 40 };
    private readonly Option<string> _stepSize = new("--attack-step-size") { Description = "Length of a step in input units.", HelpName = "A", DefaultValueFactory = _ => "4/255" };
    private readonly Option<int> _attacked = new("--attack-samples") { Description = "Test rows that are attacked.", HelpName = "N", DefaultValueFactory = _ => 300 };
    private readonly Option<string?> _loss = new("--loss") { Description = "Which loss is shown; a run knows its own.", HelpName = "cross-entropy|mse" };
    private readonly Option<string?> _store = new("--store") { Description = "File that keeps each network's numbers, so that a stopped call goes on (default: in the folder of a run; for a folder of models none).", HelpName = "FILE.jsonl" };
    private readonly Option<string> _color = new("--color") { Description = "What the color of a region tells in a movie: slope, class, area, depth or random.", HelpName = "WHAT", DefaultValueFactory = _ => "slope" };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {DynamicsFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _movies = new("--movie") { Description = "Save the partition of the slice over the steps: .gif, .mp4 (needs ffmpeg) or .html. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly PictureWords _picture = new();

    /// <summary>Words of what is measured, apart from rows, files and pictures.</summary>
    public Option[] Measured => [_samples, _radius, _directions, _logits, _slopes, _epsilons, _norm, _attackSteps, _stepSize, _attacked];

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _test, _samples, _radius, _directions, _logits, _slopes, _epsilons, _norm, _attackSteps, _stepSize, _attacked, _loss, _store, _color, _output, _movies, .. _picture.Options])
            command.Options.Add(option);
    }

    /// <summary>What is measured, on which rows; words that were left out follow from the run and the data.</summary>
    public (DynamicsOptions Options, DataParts Sets) Read(ParseResult words, CheckpointSeries series, ulong seed)
    {
        DataParts sets = Sets(words, series);
        string loss = words.GetValue(_loss) ?? (series.Run?.Loss == Loss.MeanSquaredError ? "mse" : "cross-entropy");
        return (Options(words, sets, loss switch { "cross-entropy" => Loss.CrossEntropy, "mse" => Loss.MeanSquaredError, _ => throw new WordsException($"--loss is '{loss}'; expected cross-entropy or mse") }, seed), sets);
    }

    /// <summary>What is measured; words that were left out follow from the rows.</summary>
    /// <exception cref="WordsException">A word cannot have its value, or the rows do not allow it.</exception>
    public DynamicsOptions Options(ParseResult words, DataParts? sets, Loss loss, ulong seed)
    {
        var options = new DynamicsOptions
        {
            Samples = words.GetValue(_samples),
            Radius = words.GetValue(_radius),
            Directions = words.GetValue(_directions),
            IncludeLogits = words.GetValue(_logits),
            SlopeSamples = words.GetValue(_slopes),
            Epsilons = words.GetValue(_epsilons) is string text ? (text == "none" ? [] : FractionWord.ReadAll(text, "--epsilon")) : sets is null ? [] : DynamicsOptions.UsualEpsilons(sets),
            Norm = words.GetValue(_norm)!,
            AttackSteps = words.GetValue(_attackSteps),
            AttackStepSize = FractionWord.Read(words.GetValue(_stepSize)!, "--attack-step-size"),
            AttackSamples = words.GetValue(_attacked),
            Loss = loss,
            Seed = seed,
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException fault)
        {
            throw new WordsException(Shell.Told(fault));
        }
        if (sets is not null && options.Epsilons.Count > 0 && sets.Test?.Labels is null)
            throw new WordsException("--epsilon needs test rows with labels; pass --test DATA");
        return options;
    }

    /// <summary>Files that are wanted, refused before any work where they cannot be written.</summary>
    public (string[] Files, string[] Movies) Files(ParseResult words)
    {
        (string[] files, string[] movies) = (words.GetValue(_output) ?? [], words.GetValue(_movies) ?? []);
        foreach (string file in files)
            DynamicsFile.Check(file);
        FigureWords.ColorOf(words.GetValue(_color)!);
        foreach (string file in movies)
        {
            ResultFile.CheckFor("--movie", file, ".gif", ".mp4", ".html");
            // Without ffmpeg a video is refused now, and not when all is measured.
            Movie.FormatOf(file, Programs.Find("ffmpeg"));
        }
        _picture.Check(words);
        return (files, movies);
    }

    /// <summary>Where each network's numbers are kept, or null.</summary>
    public DynamicsStore? Store(ParseResult words, CheckpointSeries series) =>
        words.GetValue(_store) is string file ? new DynamicsStore(file) : series.Run is null ? null : new DynamicsStore(Dynamics.StoreIn(series.Path));

    /// <summary>Title and size of the figure of curves.</summary>
    public CurvesFigureOptions Figure(ParseResult words, CheckpointSeries series)
    {
        CurvesFigureOptions options = CurvesFigureOptions.Default with { Title = _picture.Title(words) ?? series.Path };
        return _picture.Width(words) is int width ? options with { Width = width, PngWidth = width } : options;
    }

    /// <summary>Colors and size of a movie.</summary>
    public PartitionFigureOptions Frames(ParseResult words)
    {
        PartitionFigureOptions options = PartitionFigureOptions.Default with { Color = FigureWords.ColorOf(words.GetValue(_color)!) };
        return _picture.Width(words) is int width ? options with { Width = width, PngWidth = width } : options;
    }

    private DataParts Sets(ParseResult words, CheckpointSeries series)
    {
        (string? data, string? test) = (words.GetValue(_data), words.GetValue(_test));
        if (data is null && test is not null)
            throw new WordsException("--test needs --data DATA");
        if (data is null && series.Run is null)
            throw new WordsException("a folder of models does not know its data; pass --data DATA");
        return data is null ? DynamicsData.Of(series.Run!) : DynamicsData.Of(data, test);
    }
}
