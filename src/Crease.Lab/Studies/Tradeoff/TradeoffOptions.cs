using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Options of the study <c>tradeoff</c>.</summary>
public sealed record TradeoffOptions
{
    private const int MostRuns = 1000;

    /// <summary>Data to train on and test with.</summary>
    [StudyOption("Data to train on and test with: DATA of numbers with labels.", HelpName = "DATA")]
    public string Data { get; init; } = "example:optdigits";

    /// <summary>Training rows.</summary>
    [StudyOption("Training rows, picked by the seed.", HelpName = "N")]
    public int Samples { get; init; } = 1000;

    /// <summary>Linear layers.</summary>
    [StudyOption("Number of linear layers, at least 2.", HelpName = "N")]
    public int Depth { get; init; } = 3;

    /// <summary>Units per hidden layer.</summary>
    [StudyOption("Units per hidden layer.", HelpName = "N")]
    public int Width { get; init; } = 32;

    /// <summary>Steps of each training.</summary>
    [StudyOption("Steps of each training.", HelpName = "N")]
    public long Steps { get; init; } = 1500;

    /// <summary>Rows per step.</summary>
    [StudyOption("Rows per step.", HelpName = "N")]
    public int Batch { get; init; } = 100;

    /// <summary>Learning rate of AdamW.</summary>
    [StudyOption("Learning rate of AdamW.")]
    public double Rate { get; init; } = 1e-3;

    /// <summary>Deviations of the noise on training inputs.</summary>
    [StudyOption("Standard deviations of Gaussian noise on training inputs, ascending, above 0.", HelpName = "S,S")]
    public ImmutableArray<double> Noises { get; init; } = [0.1, 0.2, 0.4];

    /// <summary>Weight decays.</summary>
    [StudyOption("Weight decays of AdamW, ascending, above 0.", HelpName = "X,X")]
    public ImmutableArray<double> WeightDecays { get; init; } = [0.1, 0.5, 2];

    /// <summary>Radii of adversarial training.</summary>
    [StudyOption("Radii of adversarial training (L-infinity, input units), ascending, above 0.", HelpName = "E,E")]
    public ImmutableArray<double> Adversarial { get; init; } = [0.02, 0.05, 0.1];

    /// <summary>Gradient steps of adversarial training.</summary>
    [StudyOption("Gradient steps of adversarial training.", HelpName = "N")]
    public int AdversarialSteps { get; init; } = 5;

    /// <summary>Radii of the attack and of the proofs.</summary>
    [StudyOption("Radii of attack and proof (L-infinity, input units), ascending; 0 is the accuracy itself.", HelpName = "E,E")]
    public ImmutableArray<double> Epsilons { get; init; } = [0, 0.02, 0.04, 0.06, 0.1, 0.15];

    /// <summary>The radius of tables and of the audit.</summary>
    [StudyOption("The one of the radii that tables show and that is audited.", HelpName = "E")]
    public double Epsilon { get; init; } = 0.06;

    /// <summary>Steps of the attack.</summary>
    [StudyOption("Steps of projected gradient ascent.", HelpName = "N")]
    public int AttackSteps { get; init; } = 40;

    /// <summary>Test rows that are attacked and certified.</summary>
    [StudyOption("Test rows that are attacked and certified by bounds.", HelpName = "N")]
    public int TestSamples { get; init; } = 200;

    /// <summary>Deviation of the noise of smoothing.</summary>
    [StudyOption("Standard deviation of the noise of randomized smoothing.", HelpName = "S")]
    public double Sigma { get; init; } = 0.2;

    /// <summary>Test rows that are certified by smoothing.</summary>
    [StudyOption("Test rows that are certified by randomized smoothing; 0 leaves it out.", HelpName = "N")]
    public int SmoothingSamples { get; init; } = 100;

    /// <summary>Draws of smoothing.</summary>
    [StudyOption("Draws of randomized smoothing per row.", HelpName = "N")]
    public int Draws { get; init; } = 1000;

    /// <summary>Radii of smoothing.</summary>
    [StudyOption("Radii of randomized smoothing (L2, input units), ascending.", HelpName = "R,R")]
    public ImmutableArray<double> Radii { get; init; } = [0, 0.1, 0.2, 0.3, 0.4];

    /// <summary>Networks of each kind.</summary>
    [StudyOption("Networks of each kind, from seeds one after another.", HelpName = "N")]
    public int Repeats { get; init; } = 2;

    /// <summary>Whether anything is certified by smoothing: there are rows and radii.</summary>
    internal bool Smooths => SmoothingSamples > 0 && !Radii.IsEmpty;

    internal void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
    }

    private IEnumerable<string> Faults()
    {
        if (Depth is < 2 or > 64 || Width is < 1 or > 100_000)
            yield return $"depth and width are {Depth} and {Width}; expected 2 to 64 and 1 to 100000";
        foreach ((string name, ImmutableArray<double> values, bool hasZero) in new[] { ("noises", Noises, false), ("weight-decays", WeightDecays, false), ("adversarial", Adversarial, false), ("epsilons", Epsilons, true), ("radii", Radii, true) })
        {
            if (values.Any(value => !(hasZero ? value >= 0 : value > 0)) || values.Zip(values.Skip(1)).Any(pair => pair.First >= pair.Second))
                yield return FormattableString.Invariant($"{name} is {string.Join(',', values)}; expected numbers {(hasZero ? "of at least" : "above")} 0, ascending");
        }
        if (!Epsilons.Contains(Epsilon))
            yield return FormattableString.Invariant($"epsilon is {Epsilon}; expected one of the radii {string.Join(',', Epsilons)}");
        foreach ((string name, int value, int least) in new[] { ("test-samples", TestSamples, 1), ("smoothing-samples", SmoothingSamples, 0), ("draws", Draws, 1), ("attack-steps", AttackSteps, 1), ("repeats", Repeats, 1) })
        {
            if (value < least || value > 1_000_000)
                yield return $"{name} is {value}; expected {least} to 1000000";
        }
        if (!(Sigma > 0))
            yield return FormattableString.Invariant($"sigma is {Sigma}; expected a number above 0");
        if ((1L + Noises.Length + WeightDecays.Length + Adversarial.Length) * Repeats is var runs and > MostRuns)
            yield return $"{runs} networks are asked for; expected at most {MostRuns}";
    }
}
