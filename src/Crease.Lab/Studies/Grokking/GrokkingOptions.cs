using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Options of the study <c>grokking</c>.</summary>
/// <remarks>Source of the full preset: <c>humayun2024grok</c>, figure 2 and its released code; figures 7 and 10 for the scaled start.</remarks>
public sealed record GrokkingOptions
{
    /// <summary>Images to train on.</summary>
    [StudyOption("Data to train on and test with: DATA of images or numbers.", HelpName = "DATA")]
    public string Data { get; init; } = "example:optdigits";

    /// <summary>Training rows.</summary>
    [StudyOption("Training rows, picked by the seed.", HelpName = "N")]
    public int Samples { get; init; } = 1000;

    /// <summary>Linear layers.</summary>
    [StudyOption("Number of linear layers, at least 2.", HelpName = "N")]
    public int Depth { get; init; } = 4;

    /// <summary>Units per hidden layer.</summary>
    [StudyOption("Units per hidden layer.", HelpName = "N")]
    public int Width { get; init; } = 200;

    /// <summary>Rows per step.</summary>
    [StudyOption("Rows per step.", HelpName = "N")]
    public int Batch { get; init; } = 200;

    /// <summary>Steps of each run.</summary>
    [StudyOption("Steps of each run.", HelpName = "N")]
    public long Steps { get; init; } = 100_000;

    /// <summary>Learning rate of AdamW.</summary>
    [StudyOption("Learning rate of AdamW.")]
    public double Rate { get; init; } = 1e-3;

    /// <summary>Weight decay of AdamW.</summary>
    [StudyOption("Weight decay of AdamW.")]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Bits of a number in training.</summary>
    [StudyOption("Bits of a number in training, 32 or 64.", HelpName = "32|64")]
    public int Precision { get; init; } = 64;

    /// <summary>Factors of all weights at the start, one run each.</summary>
    [StudyOption("Factors of all weights at the start, one run each; none for sweeps only.", HelpName = "X,X")]
    public ImmutableArray<double> InitScales { get; init; } = [1, 8];

    /// <summary>Whether a run with batch normalization stands beside.</summary>
    [StudyOption("A run with batch normalization beside them.")]
    public bool BatchNorm { get; init; } = true;

    /// <summary>Steps of that run.</summary>
    [StudyOption("Steps of the run with batch normalization.", HelpName = "N")]
    public long BatchNormSteps { get; init; } = 30_000;

    /// <summary>Sweeps of the effect table.</summary>
    [StudyOption("Sweeps of the effect table: depth, width, batch, weight-decay, samples, random-labels, batch-norm; or all.", HelpName = "NAME,NAME")]
    public ImmutableArray<string> Sweeps { get; init; } = [];

    /// <summary>Values of the one sweep that is asked for; none for those of the effect table around the recipe.</summary>
    [StudyOption("Values of the one sweep that is asked for, ascending; none for those of the effect table around the recipe.", HelpName = "X,X")]
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>Steps of each run of a sweep.</summary>
    [StudyOption("Steps of each run of a sweep.", HelpName = "N")]
    public long SweepSteps { get; init; } = 100_000;

    /// <summary>Factor of all weights at the start in sweeps.</summary>
    [StudyOption("Factor of all weights at the start in sweeps.")]
    public double SweepScale { get; init; } = 1;

    /// <summary>When networks are saved and measured.</summary>
    [StudyOption("When networks are saved and measured: published, log:N or every:N.", HelpName = "RULE")]
    public string Checkpoints { get; init; } = "published";

    /// <summary>Rows, and random points, around which local complexity is counted.</summary>
    [StudyOption("Rows of each set, and random points, around which local complexity is counted.", HelpName = "N")]
    public int ComplexitySamples { get; init; } = 1000;

    /// <summary>Radius of neighborhoods in input units.</summary>
    [StudyOption("Radius of neighborhoods in input units.")]
    public double Radius { get; init; } = 0.05;

    /// <summary>Directions of a neighborhood.</summary>
    [StudyOption("Orthonormal directions of a neighborhood.", HelpName = "P")]
    public int Directions { get; init; } = 25;

    /// <summary>Budgets of the attack, L-infinity, in input units.</summary>
    [StudyOption("Budgets of the attack (L-infinity, input units), ascending.", HelpName = "E,E")]
    public ImmutableArray<double> Epsilons { get; init; } = [0.06, 0.1, 0.2];

    /// <summary>Steps of projected gradient ascent.</summary>
    [StudyOption("Steps of projected gradient ascent.", HelpName = "N")]
    public int AttackSteps { get; init; } = 40;

    /// <summary>Test rows that are attacked.</summary>
    [StudyOption("Test rows that are attacked.", HelpName = "N")]
    public int AttackSamples { get; init; } = 300;

    /// <summary>Rows around which regions are counted exactly, beside local complexity; 0 leaves that out.</summary>
    [StudyOption("Rows around which regions are counted exactly beside local complexity; 0 for none.", HelpName = "N")]
    public int ExactSamples { get; init; } = 200;

    /// <summary>Networks of the first run at which they are counted.</summary>
    [StudyOption("Networks of the first run at which regions are counted exactly.", HelpName = "N")]
    public int ExactCheckpoints { get; init; } = 25;

    /// <summary>Whether a movie of the partition through three training rows is made of each main run.</summary>
    [StudyOption("A movie of the partition through three training rows.")]
    public bool Movie { get; init; } = true;

    /// <summary>Threads of libtorch.</summary>
    [StudyOption("Threads of libtorch; the same number gives the same bytes.", HelpName = "N")]
    public int TorchThreads { get; init; } = 1;

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
        if (Precision is not (32 or 64))
            yield return $"precision is {Precision}; expected 32 or 64";
        if (InitScales.IsDefaultOrEmpty && Sweeps.IsDefaultOrEmpty && !BatchNorm)
            yield return "no factors at the start, no sweeps and no batch normalization; expected one run at least";
        if (ComplexitySamples < 1 || ExactSamples < 0 || ExactCheckpoints < 3)
            yield return $"complexity samples, exact samples and exact checkpoints are {ComplexitySamples}, {ExactSamples} and {ExactCheckpoints}; expected at least 1, 0 and 3";
        foreach (string name in Sweeps.Where(name => name != "all" && !GrokkingSweep.All.Any(sweep => sweep.Name == name)))
            yield return $"sweeps holds '{name}'; expected all, {string.Join(", ", GrokkingSweep.All.Select(sweep => sweep.Name))}";
        if (!(SweepScale > 0) || !double.IsFinite(SweepScale))
            yield return FormattableString.Invariant($"sweep scale is {SweepScale}; expected a number above 0");
        foreach (string fault in FaultsOfValues())
            yield return fault;
    }

    private IEnumerable<string> FaultsOfValues()
    {
        if (Values.IsDefaultOrEmpty)
            yield break;
        GrokkingSweep? sweep = Sweeps.Length == 1 ? GrokkingSweep.All.FirstOrDefault(sweep => sweep.Name == Sweeps[0]) : null;
        string given = string.Join(",", Values.Select(GrokkingSweep.Text));
        if (sweep is null)
            yield return $"values are {given} for the sweeps '{string.Join(",", Sweeps)}'; expected values for one sweep";
        else if (Values.Length < 2 || !Values.All(sweep.Range.Contains) || !Values.SequenceEqual(Values.Distinct().Order()))
            yield return $"values of the sweep {sweep.Name} are {given}; expected at least two {sweep.Range}, ascending";
    }
}
