namespace Crease.Lab;

/// <summary>Everything that a training depends on: the same options and data give the same bytes.</summary>
public sealed record TrainingOptions
{
    /// <summary>The largest number of steps, 10^9.</summary>
    public const long MostSteps = 1_000_000_000;

    /// <summary>What is trained on and tested with.</summary>
    public required TrainingDataOptions Data { get; init; }

    /// <summary>Which network.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>How gradients become steps.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Random changes to images.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Whether batches are made adversarial.</summary>
    public AdversarialOptions Adversarial { get; init; } = new();

    /// <summary>What is made small.</summary>
    public Loss Loss { get; init; }

    /// <summary>λ of the template-orthogonality penalty that is added to the loss of every step, at least 0; metrics report the loss without it.</summary>
    public double TemplatePenalty { get; init; }

    /// <summary>Which form the penalty has.</summary>
    public PenaltyForm PenaltyForm { get; init; }

    /// <summary>Number of steps, from 1 to <see cref="MostSteps"/>.</summary>
    public long Steps { get; init; } = 10_000;

    /// <summary>Rows per step, at least 1; 0 takes all rows in every step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Floating-point format.</summary>
    public Precision Precision { get; init; }

    /// <summary>When metrics are written, as <see cref="Cadence.Parse"/> takes it.</summary>
    public string Metrics { get; init; } = "published";

    /// <summary>When checkpoints are written, as <see cref="Cadence.Parse"/> takes it.</summary>
    public string Checkpoints { get; init; } = "log:50";

    /// <summary>How many rows of each set metrics look at, the first ones, at least 1.</summary>
    public int MetricSamples { get; init; } = 10_000;

    /// <summary>Seed of every random choice.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads of libtorch, at least 1; sums are ordered by it, so results are the same for the same number only.</summary>
    public int Threads { get; init; } = 1;

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Refuses options that no training can have, before any work.</summary>
    /// <exception cref="ArgumentException">One line that lists every fault.</exception>
    public void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join("; ", faults));
        Network.Architecture();
        if (Softness.Parse(Network.Beta) is not null && Network.Architecture().TakesTokens && Network.Activation is null)
            throw new ArgumentException("'beta' makes hard units soft and a transformer has GELU; pass the activation relu.");
        if (TemplatePenalty > 0 && Network.Architecture().TakesTokens)
            throw new ArgumentException("A template penalty takes slopes by the input, and tokens have none; leave it out.");
        Cadence.Parse(Metrics, Steps, "metrics");
        Cadence.Parse(Checkpoints, Steps, "checkpoints");
        _ = new LearningRateSchedule(Schedule, Optimizer.Rate, Steps);
    }

    private IEnumerable<string> Faults()
    {
        if (Steps is < 1 or > MostSteps)
            yield return $"steps is {Steps}; expected 1 to {MostSteps}";
        if (Batch < 0)
            yield return $"batch is {Batch}; expected at least 1, or 0 for all rows";
        if (MetricSamples < 1)
            yield return $"metric samples is {MetricSamples}; expected at least 1";
        if (Threads is < 1 or > 1024)
            yield return $"threads is {Threads}; expected 1 to 1024";
        if (Device is not ("cpu" or "cuda"))
            yield return $"device is '{Device}'; expected cpu or cuda";
        if (!(Optimizer.Rate > 0 && double.IsFinite(Optimizer.Rate)))
            yield return $"learning rate is {Optimizer.Rate}; expected a finite number above 0";
        if (!(Optimizer.WeightDecay >= 0 && double.IsFinite(Optimizer.WeightDecay)))
            yield return $"weight decay is {Optimizer.WeightDecay}; expected a finite number of at least 0";
        if (Optimizer.Momentum is not (>= 0 and < 1))
            yield return $"momentum is {Optimizer.Momentum}; expected at least 0 and below 1";
        if (Optimizer.Nesterov && (Optimizer.Momentum == 0 || Optimizer.Kind != OptimizerKind.Sgd))
            yield return "Nesterov needs SGD with a momentum above 0";
        if (Optimizer.Beta1 is not (>= 0 and < 1) || Optimizer.Beta2 is not (>= 0 and < 1) || !(Optimizer.Epsilon > 0))
            yield return $"betas are {Optimizer.Beta1} and {Optimizer.Beta2} and epsilon {Optimizer.Epsilon}; expected betas in [0, 1) and an epsilon above 0";
        if (Optimizer.Clip is double clip && !(clip > 0))
            yield return $"clip is {clip}; expected a number above 0";
        if (!(Network.InitialScale > 0 && double.IsFinite(Network.InitialScale)))
            yield return $"initial scale is {Network.InitialScale}; expected a finite number above 0";
        if (Data.LabelNoise is not (>= 0 and <= 1))
            yield return $"label noise is {Data.LabelNoise}; expected 0 to 1";
        if (Data.Targets < 0 || (Data.Targets > 0 && Loss != Loss.MeanSquaredError))
            yield return $"targets is {Data.Targets} with the loss {Loss}; expected at least 0, and the mean squared error where there are targets";
        if (Data.TargetsAreInputs && (Data.Targets > 0 || Loss != Loss.MeanSquaredError))
            yield return $"targets are the inputs{(Data.Targets > 0 ? $" and {Data.Targets} columns" : "")} with the loss {Loss}; expected one of the two, and the mean squared error";
        if (!(TemplatePenalty >= 0 && double.IsFinite(TemplatePenalty)))
            yield return $"template penalty is {TemplatePenalty}; expected a finite number of at least 0";
        if (Augmentation.Shift < 0)
            yield return $"shift is {Augmentation.Shift}; expected at least 0";
        if (!(Augmentation.Noise >= 0 && double.IsFinite(Augmentation.Noise)))
            yield return FormattableString.Invariant($"noise is {Augmentation.Noise}; expected a finite number of at least 0");
        if (!(Adversarial.Epsilon >= 0 && double.IsFinite(Adversarial.Epsilon)) || Adversarial.Steps is < 1 or > 1000)
            yield return FormattableString.Invariant($"adversarial epsilon and steps are {Adversarial.Epsilon} and {Adversarial.Steps}; expected a finite number of at least 0, and 1 to 1000");
    }
}
