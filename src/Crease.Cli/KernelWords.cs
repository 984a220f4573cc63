using System.CommandLine;
using Crease.Cli.Output;
using Crease.Lab;
using Crease.Views;

namespace Crease.Cli;

/// <summary>Options of <c>crease kernel</c>.</summary>
internal sealed class KernelWords
{
    private const int MostSamples = KernelMeasurement.MostRows;

    private readonly Option<string> _data = new("--data") { Description = "Data set whose first rows the kernel is of.", HelpName = "DATA", Required = true };
    private readonly Option<string?> _test = new("--test") { Description = "Rows with labels to predict by the kernel.", HelpName = "DATA" };
    private readonly Option<int> _samples = new("--samples") { Description = "At most so many rows of the data.", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<int> _testSamples = new("--test-samples") { Description = "At most so many test rows.", HelpName = "N", DefaultValueFactory = _ => 500 };
    private readonly Option<int?> _of = new("--of") { Description = "The kernel of one output (default: mean over all).", HelpName = "OUTPUT" };
    private readonly Option<bool> _perOutput = new("--per-output") { Description = "Measure the kernel of each output too." };
    private readonly Option<bool> _infinite = new("--infinite") { Description = "Compare with the infinitely wide network of the same architecture." };
    private readonly Option<double> _weightVariance = new("--weight-variance") { Description = "Weight variance of the infinitely wide network.", HelpName = "V", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _biasVariance = new("--bias-variance") { Description = "Bias variance of the infinitely wide network.", HelpName = "V", DefaultValueFactory = _ => 0 };
    private readonly Option<string> _start = new("--start") { Description = "Where training under the fixed kernel starts: at zero, which is kernel regression, or at the network's outputs.", HelpName = "zero|network", DefaultValueFactory = _ => "zero" };
    private readonly Option<double> _ridge = new("--ridge") { Description = "Add a regression with this ridge, as a share of the mean of the kernel's diagonal.", HelpName = "R", DefaultValueFactory = _ => 0 };
    private readonly Option<int> _check = new("--check") { Description = "Compute the kernel of so many rows a second time, from the derivatives by all parameters.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> _full = new("--full") { Description = "The kernel over pairs of input and output, nothing averaged." };
    private readonly Option<bool> _values = new("--nngp") { Description = "The kernel of the outputs themselves instead of the tangent kernel." };
    private readonly Option<int?> _influence = new("--influence") { Description = "What each row adds to the prediction of this row of --test.", HelpName = "ROW" };
    private readonly Option<double?> _until = new("--until") { Description = "With --influence: training stops after this time in units of 1 / \u03bb\u2081 (default: the end).", HelpName = "T" };
    private readonly Option<bool> _ensemble = new("--ensemble") { Description = "The spread, at the rows of --test, of an ensemble of infinitely wide networks." };
    private readonly Option<bool> _linearized = new("--linearized") { Description = "With --drift: compare the networks with the first one linearized in its weights." };
    private readonly Option<bool> _drift = new("--drift") { Description = "MODEL is the folder of a run, or of models: follow the kernel along its networks." };
    private readonly Option<int> _checkpoints = new("--checkpoints") { Description = "At most so many networks of the run, evenly chosen.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string[]> _output = new("-o", "--output") { Description = $"Save the result; the ending decides: {KernelFile.Accepted}. May be given several times.", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly PictureWords _picture = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _test, _samples, _testSamples, _of, _full, _values, _perOutput, _infinite, _weightVariance, _biasVariance, _start, _ridge, _check, _influence, _until, _ensemble, _drift, _linearized, _checkpoints, _output, .. _picture.Options])
            command.Options.Add(option);
    }

    public KernelCall Read(ParseResult words)
    {
        string[] files = words.GetValue(_output) ?? [];
        foreach (string file in files)
            KernelFile.Check(file);
        _picture.Check(words);
        string start = words.GetValue(_start)!;
        if (start is not ("zero" or "network"))
            throw new WordsException($"--start is '{start}'; expected zero or network");
        double weights = words.GetValue(_weightVariance), biases = words.GetValue(_biasVariance), ridge = words.GetValue(_ridge);
        if (!(weights > 0) || !double.IsFinite(weights))
            throw new WordsException(FormattableString.Invariant($"--weight-variance is {weights}; expected a positive number"));
        if (!(biases >= 0) || !double.IsFinite(biases))
            throw new WordsException(FormattableString.Invariant($"--bias-variance is {biases}; expected at least 0"));
        if (!(ridge >= 0) || !double.IsFinite(ridge))
            throw new WordsException(FormattableString.Invariant($"--ridge is {ridge}; expected at least 0"));
        Check(words);
        return new KernelCall
        {
            Files = files,
            Data = words.GetRequiredValue(_data),
            Test = words.GetValue(_test),
            Samples = NumberWord.Between(words.GetValue(_samples), 2, MostSamples, "--samples"),
            TestSamples = NumberWord.Between(words.GetValue(_testSamples), 1, 1_000_000, "--test-samples"),
            Drift = words.GetValue(_drift),
            Checkpoints = NumberWord.Between(words.GetValue(_checkpoints), 2, 1000, "--checkpoints"),
            Options = new KernelOptions
            {
                Output = words.GetValue(_of) is int output ? NumberWord.Between(output, 0, int.MaxValue, "--of") : null,
                Kind = words.GetValue(_full) ? KernelKind.Full : words.GetValue(_values) ? KernelKind.Values : KernelKind.Mean,
                PerOutput = words.GetValue(_perOutput),
                Infinite = words.GetValue(_infinite),
                WeightVariance = weights,
                BiasVariance = biases,
                StartsAtNetwork = start == "network",
                Ridge = ridge,
                CheckedRows = NumberWord.Between(words.GetValue(_check), 0, MostSamples, "--check"),
                Influence = words.GetValue(_influence) is int row ? NumberWord.Between(row, 0, int.MaxValue, "--influence") : null,
                Until = words.GetValue(_until) ?? double.PositiveInfinity,
                Ensemble = words.GetValue(_ensemble),
                Linearized = words.GetValue(_linearized),
            },
        };
    }

    public MatrixFigureOptions Figure(ParseResult words, string title, string subtitle)
    {
        MatrixFigureOptions options = MatrixFigureOptions.Default with { Title = _picture.Title(words) ?? title, Subtitle = subtitle };
        return _picture.Width(words) is int width ? options with { Width = width, PngWidth = width } : options;
    }

    private void Check(ParseResult words)
    {
        string[] kinds = [.. new (string Word, bool IsGiven)[] { ("--full", words.GetValue(_full)), ("--nngp", words.GetValue(_values)), ("--of", words.GetValue(_of) is not null) }.Where(kind => kind.IsGiven).Select(kind => kind.Word)];
        if (kinds.Length > 1)
            throw new WordsException($"{kinds[0]} and {kinds[1]} ask for different kernels; give one");
        if (words.GetValue(_test) is null && (words.GetValue(_influence) is not null || words.GetValue(_ensemble)))
            throw new WordsException($"{(words.GetValue(_ensemble) ? "--ensemble" : "--influence")} is about rows of --test; add --test DATA");
        if (words.GetValue(_until) is double until && (!(until > 0) || words.GetValue(_influence) is null))
            throw new WordsException(FormattableString.Invariant($"--until is {until}; expected a time above 0, with --influence"));
        if (words.GetValue(_ensemble) && words.GetValue(_values))
            throw new WordsException("--ensemble is trained with the tangent kernel; leave out --nngp");
        if (words.GetValue(_check) > 0 && words.GetValue(_values))
            throw new WordsException("--check computes the tangent kernel a second way; leave out --nngp");
        if (words.GetValue(_linearized) && !words.GetValue(_drift))
            throw new WordsException("--linearized follows a training; add --drift, with MODEL the folder of a run");
    }
}
