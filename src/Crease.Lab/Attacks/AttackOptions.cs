namespace Crease.Lab;

/// <summary>Everything that an attack depends on, apart from classifier and inputs.</summary>
/// <remarks>Lengths are in input units: those of the numbers that the classifier is given.</remarks>
public sealed record AttackOptions
{
    /// <summary>The largest number of steps, 10^6.</summary>
    public const int MostSteps = 1_000_000;

    /// <summary>The largest number of averaged evaluations, 10^4.</summary>
    public const int MostAverages = 10_000;

    /// <summary>The largest number of restarts, 10^4.</summary>
    public const int MostRestarts = 10_000;

    /// <summary>The method.</summary>
    public IAttack Attack { get; init; } = Attacks.ProjectedGradient;

    /// <summary>The norm of the ball.</summary>
    public IAttackDistance Distance { get; init; } = Attacks.Linf;

    /// <summary>ε: radius of the ball around each input, at least 0.</summary>
    public double Epsilon { get; init; } = 8.0 / 255;

    /// <summary>Where all numbers stay, or null for no clipping.</summary>
    public InputBox? Box { get; init; } = InputBox.Unit;

    /// <summary>Number of gradient steps of one restart, at least 1; null for the default of the norm.</summary>
    public int? Steps { get; init; }

    /// <summary>α: length of one step, above 0; null for <see cref="RelativeStep"/> times ε.</summary>
    public double? StepSize { get; init; }

    /// <summary>α as a share of ε, above 0; null for the default of the norm.</summary>
    public double? RelativeStep { get; init; }

    /// <summary>Whether a restart begins at a uniformly random point of the ball, clipped to the box, and not at the input.</summary>
    public bool RandomStart { get; init; }

    /// <summary>How often an input that resists is attacked anew, at least 1; more than 1 needs <see cref="RandomStart"/>.</summary>
    public int Restarts { get; init; } = 1;

    /// <summary>How many random evaluations a gradient is averaged over (EOT), at least 1; more than 1 is for classifiers that draw random numbers.</summary>
    public int Averages { get; init; } = 1;

    /// <summary>What gradients are taken of.</summary>
    public IAttackLoss Loss { get; init; } = Attacks.CrossEntropy;

    /// <summary>What counts as success.</summary>
    public ICriterion Criterion { get; init; } = new Misclassification();

    /// <summary>Seed of random starts; each input and restart has a stream of its own.</summary>
    public ulong Seed { get; init; }

    /// <summary>Number of steps of one restart.</summary>
    public int StepCount => Steps ?? Distance.Defaults.Steps;

    /// <summary>α, in input units.</summary>
    public double StepLength => StepSize ?? (RelativeStep ?? Distance.Defaults.RelativeStep) * Epsilon;

    /// <summary>Refuses options that no attack can have.</summary>
    /// <exception cref="ArgumentException">One line that lists every fault.</exception>
    public void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
    }

    private IEnumerable<string> Faults()
    {
        if (!(Epsilon >= 0 && double.IsFinite(Epsilon)))
            yield return FormattableString.Invariant($"epsilon is {Epsilon}; expected a finite number of at least 0");
        if (Box is InputBox box && !(box.Low < box.High && double.IsFinite(box.Low) && double.IsFinite(box.High)))
            yield return $"the box is {box}; expected finite numbers lo < hi";
        if (Steps is int steps && steps is < 1 or > MostSteps)
            yield return $"steps is {Steps}; expected 1 to {MostSteps}";
        if (StepSize is double size && !(size > 0 && double.IsFinite(size)))
            yield return FormattableString.Invariant($"step size is {StepSize}; expected a finite number above 0");
        if (RelativeStep is double share && !(share > 0 && double.IsFinite(share)))
            yield return FormattableString.Invariant($"relative step is {RelativeStep}; expected a finite number above 0");
        if (Restarts is < 1 or > MostRestarts)
            yield return $"restarts is {Restarts}; expected 1 to {MostRestarts}";
        else if (Restarts > 1 && !RandomStart)
            yield return $"restarts is {Restarts} without a random start, which repeats the same attack; expected 1, or a random start";
        if (Averages is < 1 or > MostAverages)
            yield return $"averages is {Averages}; expected 1 to {MostAverages}";
        if (Attack.Fault(this) is string fault)
            yield return fault;
    }
}
