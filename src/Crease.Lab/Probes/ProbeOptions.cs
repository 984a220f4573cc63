namespace Crease.Lab;

/// <summary>How a probe is trained and judged; the defaults are those of the source.</summary>
/// <remarks>Source: Balestriero et al. (<c>balestriero2024characterizing</c>), released code: 5 stratified splits of 70/30, balanced classes, forests of 100 trees with 100 rows in a leaf.</remarks>
public sealed record ProbeOptions
{
    /// <summary>Logistic regression on 5 splits with all labels.</summary>
    public static ProbeOptions Default { get; } = new();

    /// <summary>What the probe is made of.</summary>
    public ProbeKind Kind { get; init; }

    /// <summary>Strength λ of the penalty λ/2 · |weights|² beside the sum of weighted losses. From 0, finite.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Most steps of logistic regression. In [1, 100000].</summary>
    public int Iterations { get; init; } = 400;

    /// <summary>Trees of a forest. In [1, 10000].</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Least rows in a leaf of a forest, or null for 100 and fewer where the data are small.</summary>
    public int? LeafRows { get; init; }

    /// <summary>Number of splits into training and test rows; their seeds count up from <see cref="Crease.Numerics.RunContext.Seed"/>. In [1, 1000].</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>Share of the rows of each class that train. In (0, 1).</summary>
    public double TrainingShare { get; init; } = 0.7;

    /// <summary>Share of the training rows whose labels are used; the others are labeled by self-training. In (0, 1].</summary>
    public double LabelShare { get; init; } = 1;

    /// <summary>Which ablations are measured.</summary>
    public ProbeAblations Ablations { get; init; }

    /// <exception cref="ArgumentException">Options are out of range; the message lists all.</exception>
    internal void Check()
    {
        string[] faults = [.. Faults()];
        if (faults.Length > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }

    private IEnumerable<string> Faults()
    {
        if (!Enum.IsDefined(Kind))
            yield return $"'{nameof(Kind)}' is {(int)Kind}; pass a member of {nameof(ProbeKind)}.";
        if (!(Penalty >= 0 && double.IsFinite(Penalty)))
            yield return FormattableString.Invariant($"'{nameof(Penalty)}' is {Penalty}; expected a number from 0.");
        if (Iterations is < 1 or > 100_000)
            yield return $"'{nameof(Iterations)}' is {Iterations}; expected 1 to 100000.";
        if (Trees is < 1 or > 10_000)
            yield return $"'{nameof(Trees)}' is {Trees}; expected 1 to 10000.";
        if (LeafRows < 1)
            yield return $"'{nameof(LeafRows)}' is {LeafRows}; expected at least 1.";
        if (Repeats is < 1 or > 1000)
            yield return $"'{nameof(Repeats)}' is {Repeats}; expected 1 to 1000.";
        if (!(TrainingShare is > 0 and < 1))
            yield return FormattableString.Invariant($"'{nameof(TrainingShare)}' is {TrainingShare}; expected a number in (0, 1).");
        if (!(LabelShare is > 0 and <= 1))
            yield return FormattableString.Invariant($"'{nameof(LabelShare)}' is {LabelShare}; expected a number in (0, 1].");
    }
}
