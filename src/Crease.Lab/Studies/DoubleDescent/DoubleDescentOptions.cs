using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>Options of the study <c>double-descent</c>.</summary>
public sealed record DoubleDescentOptions
{
    private const int MostFeatures = 100_000, MostModels = 20_000;

    /// <summary>Data to fit and to test with.</summary>
    [StudyOption("Data to fit and to test with: DATA with labels.", HelpName = "DATA")]
    public string Data { get; init; } = "example:optdigits";

    /// <summary>n, training rows.</summary>
    [StudyOption("n, training rows, picked by the seed.", HelpName = "N")]
    public int Samples { get; init; } = 300;

    /// <summary>Test rows.</summary>
    [StudyOption("Test rows, the first ones.", HelpName = "N")]
    public int TestSamples { get; init; } = 1000;

    /// <summary>Share of noisy labels.</summary>
    [StudyOption("Share of training labels that are replaced by random classes, in [0, 1]; all models learn the same ones.")]
    public double LabelNoise { get; init; }

    /// <summary>Seeds.</summary>
    [StudyOption("Models of each kind and size, from different seeds.", HelpName = "N")]
    public int Repeats { get; init; } = 3;

    /// <summary>Kinds of random features.</summary>
    [StudyOption("Random features: fourier, relu; empty for none.", HelpName = "KIND,KIND")]
    public ImmutableArray<string> Features { get; init; } = ["fourier", "relu"];

    /// <summary>Sizes as multiples of n.</summary>
    [StudyOption("Numbers of features N as multiples of n, ascending.", HelpName = "X,X")]
    public ImmutableArray<double> Ratios { get; init; } = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.98, 1, 1.02, 1.1, 1.4, 2, 3, 5, 10];

    /// <summary>Length scale.</summary>
    [StudyOption("Length scale of Fourier features, in units of the inputs (5 for MNIST in [0, 1]).", HelpName = "S")]
    public double Sigma { get; init; } = 2;

    /// <summary>Relative cutoff of singular values.</summary>
    [StudyOption("Relative cutoff of singular values, in [0, 1): smaller ones do not count.", HelpName = "X")]
    public double Cutoff { get; init; } = 1e-13;

    /// <summary>Other cutoffs.</summary>
    [StudyOption("Other cutoffs to compare, each in [0, 1).", HelpName = "X,X")]
    public ImmutableArray<double> Cutoffs { get; init; } = [1e-10, 1e-12, 1e-14];

    /// <summary>Ridge strengths.</summary>
    [StudyOption("Ridge strengths λ on features scaled by 1/√N, of which the best on the test rows is told; empty for none.", HelpName = "X,X")]
    public ImmutableArray<double> Ridges { get; init; } = [.. Enumerable.Range(0, 16).Select(i => Math.Round(Math.Pow(10, -6 + 0.5 * i), 9))];

    /// <summary>Other numbers of training rows.</summary>
    [StudyOption("Numbers of training rows for the sweep over n at N = the training rows of --samples; empty for none.", HelpName = "N,N")]
    public ImmutableArray<double> SampleSizes { get; init; } = [60, 120, 180, 240, 270, 290, 300, 310, 330, 400, 600, 1200];

    /// <summary>Draws of the Gaussian law.</summary>
    [StudyOption("Draws per size beside the exact risk of Gaussian features; 0 for none.", HelpName = "N")]
    public int GaussianDraws { get; init; } = 300;

    /// <summary>Hidden units.</summary>
    [StudyOption("Hidden units of the networks, ascending; empty for no networks.", HelpName = "N,N")]
    public ImmutableArray<double> Hidden { get; init; } = [2, 4, 8, 14, 20, 26, 32, 36, 40, 44, 52, 64, 100, 200, 400];

    /// <summary>Networks per width.</summary>
    [StudyOption("Networks of each width, from different seeds.", HelpName = "N")]
    public int NetworkRepeats { get; init; } = 1;

    /// <summary>Share of noisy labels of networks.</summary>
    [StudyOption("Share of training labels that are replaced by random classes for the networks, in [0, 1].")]
    public double NetworkNoise { get; init; } = 0.2;

    /// <summary>Passes over the rows.</summary>
    [StudyOption("Passes of each network over its rows.", HelpName = "N")]
    public int Epochs { get; init; } = 600;

    /// <summary>Rows per step.</summary>
    [StudyOption("Rows per step of the networks.", HelpName = "N")]
    public int Batch { get; init; } = 100;

    /// <summary>Learning rate.</summary>
    [StudyOption("Learning rate of the networks (momentum 0.95).")]
    public double Rate { get; init; } = 0.1;

    /// <summary>Whether smaller networks start larger ones.</summary>
    [StudyOption("Whether a network below the threshold starts with the units of the next smaller one.")]
    public bool WeightReuse { get; init; }

    internal IEnumerable<int> Counts => Ratios.Select(ratio => Math.Max(1, (int)Math.Round(ratio * Samples))).Distinct();

    /// <summary>Refuses options that cannot be run, in one line.</summary>
    /// <exception cref="ArgumentException">The line.</exception>
    public void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
    }

    private IEnumerable<string> Faults()
    {
        foreach ((string name, long value, int least, int most) in new[] { ("samples", (long)Samples, 2, 20_000), ("test-samples", TestSamples, 1, 1_000_000), ("repeats", Repeats, 1, 1000), ("gaussian-draws", GaussianDraws, 0, 1_000_000), ("network-repeats", NetworkRepeats, 1, 100), ("epochs", Epochs, 1, 1_000_000), ("batch", Batch, 1, 100_000) })
        {
            if (value < least || value > most)
                yield return $"{name} is {value}; expected {least} to {most}";
        }
        if (Ascending(Hidden, value => value == Math.Floor(value) && value is >= 1 and <= 100_000) is string hidden)
            yield return $"hidden is {hidden}; expected whole numbers from 1 to 100000, ascending";
        if (NetworkNoise is not (>= 0 and <= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"network-noise is {NetworkNoise}; expected 0 to 1");
        if (!(Rate is > 0 and <= 10))
            yield return string.Create(CultureInfo.InvariantCulture, $"rate is {Rate}; expected a number in (0, 10]");
        if (LabelNoise is not (>= 0 and <= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"label-noise is {LabelNoise}; expected 0 to 1");
        foreach (string kind in Features.Where(kind => !Enum.GetNames<FeatureKind>().Any(name => name.Equals(kind, StringComparison.OrdinalIgnoreCase))))
            yield return $"features holds '{kind}'; expected fourier or relu";
        if (Features.Distinct(StringComparer.OrdinalIgnoreCase).Count() != Features.Length)
            yield return $"features is {string.Join(',', Features)}; expected each kind once";
        if (Ascending(Ratios, value => value > 0 && value * Samples <= MostFeatures) is string ratios)
            yield return $"ratios is {ratios}; expected numbers above 0, ascending, of at most {MostFeatures} features";
        if (Ascending(SampleSizes, value => value == Math.Floor(value) && value is >= 2 and <= 20_000) is string sizes)
            yield return $"sample-sizes is {sizes}; expected whole numbers from 2 to 20000, ascending";
        if (Ascending(Ridges, value => value is > 0 and < 1e9) is string ridges)
            yield return $"ridges is {ridges}; expected numbers above 0, ascending";
        foreach (double cutoff in Cutoffs.Append(Cutoff).Where(cutoff => cutoff is not (>= 0 and < 1)))
            yield return string.Create(CultureInfo.InvariantCulture, $"a cutoff is {cutoff}; expected numbers in [0, 1)");
        if (!(Sigma is > 0 and < 1e9))
            yield return string.Create(CultureInfo.InvariantCulture, $"sigma is {Sigma}; expected a number above 0");
        if ((Ratios.Length + (long)SampleSizes.Length) * Features.Length * Repeats is var models and > MostModels)
            yield return $"{models} models are asked for; expected at most {MostModels}";
    }

    private static string? Ascending(ImmutableArray<double> values, Func<double, bool> isGood) =>
        values.All(isGood) && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second) ? null : string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
