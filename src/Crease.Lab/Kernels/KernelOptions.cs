namespace Crease.Lab;

/// <summary>What is measured of a tangent kernel.</summary>
public sealed record KernelOptions
{
    /// <summary>0-based output whose kernel is taken, or null for the mean over all.</summary>
    public int? Output { get; init; }

    /// <summary>Which kernel.</summary>
    public KernelKind Kind { get; init; }

    /// <summary>Whether each output's kernel is measured too.</summary>
    public bool PerOutput { get; init; }

    /// <summary>Whether the infinitely wide network of the same architecture is measured too.</summary>
    public bool Infinite { get; init; }

    /// <summary>σ_w² of the infinitely wide network, positive.</summary>
    public double WeightVariance { get; init; } = 2;

    /// <summary>σ_b² of the infinitely wide network, at least 0.</summary>
    public double BiasVariance { get; init; }

    /// <summary>Whether training starts at the outputs of the network; else at 0, which is kernel regression.</summary>
    public bool StartsAtNetwork { get; init; }

    /// <summary>Ridge of a last regression as a share of the mean of the kernel's diagonal, at least 0; 0 for none.</summary>
    public double Ridge { get; init; }

    /// <summary>Rows on which the kernel is computed a second time from all derivatives, at least 0; 0 for no check.</summary>
    public int CheckedRows { get; init; }

    /// <summary>0-based test row whose prediction is split into what each training row adds, or null.</summary>
    public int? Influence { get; init; }

    /// <summary>When the training behind <see cref="Influence"/> stops, in units of 1 / λ₁; above 0, infinity for the end.</summary>
    public double Until { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the spread of an ensemble of infinitely wide networks is measured at the test rows.</summary>
    public bool Ensemble { get; init; }

    /// <summary>Whether networks along a training are compared with the first one linearized.</summary>
    public bool Linearized { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message lists every fault.</exception>
    public void Check()
    {
        var faults = new List<string>();
        if (Output is < 0)
            faults.Add($"'{nameof(Output)}' is {Output}; expected at least 0.");
        if (!Enum.IsDefined(Kind))
            faults.Add($"'{nameof(Kind)}' is {(int)Kind}; pass a member of {nameof(KernelKind)}.");
        if (Output is not null && Kind != KernelKind.Mean)
            faults.Add($"'{nameof(Output)}' is {Output} and '{nameof(Kind)}' is {Kind}; one output has a kernel of kind {KernelKind.Mean}.");
        if (Influence is < 0)
            faults.Add($"'{nameof(Influence)}' is {Influence}; expected at least 0.");
        if (!(Until > 0))
            faults.Add(FormattableString.Invariant($"'{nameof(Until)}' is {Until}; expected above 0."));
        if (!(WeightVariance > 0 && double.IsFinite(WeightVariance)))
            faults.Add(FormattableString.Invariant($"'{nameof(WeightVariance)}' is {WeightVariance}; expected a positive number."));
        if (!(BiasVariance >= 0 && double.IsFinite(BiasVariance)))
            faults.Add(FormattableString.Invariant($"'{nameof(BiasVariance)}' is {BiasVariance}; expected at least 0."));
        if (!(Ridge >= 0 && double.IsFinite(Ridge)))
            faults.Add(FormattableString.Invariant($"'{nameof(Ridge)}' is {Ridge}; expected at least 0."));
        if (CheckedRows < 0)
            faults.Add($"'{nameof(CheckedRows)}' is {CheckedRows}; expected at least 0.");
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
