using System.Collections.Immutable;
using System.Globalization;

namespace Crease.Lab;

/// <summary>Options of the study <c>spline-fit</c>.</summary>
public sealed record SplineFitOptions
{
    private const int MostFits = 10_000;

    /// <summary>The function to fit.</summary>
    [StudyOption("Function to fit on [-2 pi, 2 pi]: sin, chirp, sawtooth or bumps.", HelpName = "sin|chirp|sawtooth|bumps")]
    public string Curve { get; init; } = "sin";

    /// <summary>Widths of the perceptrons.</summary>
    [StudyOption("Hidden units of each perceptron of one hidden layer.", HelpName = "N,N,...")]
    public ImmutableArray<double> Units { get; init; } = [50, 500];

    /// <summary>Heads of the transformers.</summary>
    [StudyOption("Heads of each transformer of one block.", HelpName = "N,N,...")]
    public ImmutableArray<double> Heads { get; init; } = [1, 10];

    /// <summary>Contexts of the transformers.</summary>
    [StudyOption("Values before the predicted one that each transformer sees.", HelpName = "N,N,...")]
    public ImmutableArray<double> Contexts { get; init; } = [10, 100];

    /// <summary>Gates of a transformer.</summary>
    [StudyOption("Hidden units of the perceptron in each transformer's block.", HelpName = "N")]
    public int Gates { get; init; } = 100;

    /// <summary>Places of the curve that are learned.</summary>
    [StudyOption("Places of the curve that are learned.", HelpName = "N")]
    public int Bins { get; init; } = 1000;

    /// <summary>Places between two bins at which a transformer's gates are looked at.</summary>
    [StudyOption("Places per bin at which the gates of a transformer are looked at.", HelpName = "N")]
    public int Finer { get; init; } = 10;

    /// <summary>Networks of each kind.</summary>
    [StudyOption("Networks of each kind, from seeds one after another.", HelpName = "N")]
    public int Repeats { get; init; } = 3;

    /// <summary>Steps of a training.</summary>
    [StudyOption("Steps of each training.", HelpName = "N")]
    public int Steps { get; init; } = 1500;

    /// <summary>Places of a step.</summary>
    [StudyOption("Places of the curve that a step sees.", HelpName = "N")]
    public int Batch { get; init; } = 250;

    /// <summary>Largest learning rate.</summary>
    [StudyOption("Largest learning rate of Adam; it falls to 0 along a cosine.")]
    public double Rate { get; init; } = 0.01;

    internal void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
    }

    private IEnumerable<string> Faults()
    {
        if (!TargetCurve.Names.Contains(Curve))
            yield return $"curve is '{Curve}'; expected {string.Join(", ", TargetCurve.Names)}";
        foreach ((string name, ImmutableArray<double> values, int most) in new[] { ("units", Units, 10_000), ("heads", Heads, 256), ("contexts", Contexts, 4096) })
        {
            if (values.Any(value => value != Math.Floor(value) || value < 1 || value > most) || values.Distinct().Count() != values.Length)
                yield return $"{name} is {string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}; expected different whole numbers from 1 to {most}";
        }
        foreach ((string name, int value, int least, int most) in new[] { ("gates", Gates, 1, 10_000), ("bins", Bins, 2, 100_000), ("finer", Finer, 1, 1000), ("repeats", Repeats, 1, 1000), ("steps", Steps, 1, 10_000_000), ("batch", Batch, 1, 100_000) })
        {
            if (value < least || value > most)
                yield return $"{name} is {value}; expected {least} to {most}";
        }
        if (!(Rate is > 0 and <= 10))
            yield return string.Create(CultureInfo.InvariantCulture, $"rate is {Rate}; expected a number in (0, 10]");
        long fits = (Units.Length + (long)Heads.Length * Contexts.Length) * Repeats;
        if (fits is 0 or > MostFits)
            yield return $"{fits} networks are asked for; expected 1 to {MostFits}";
    }
}
