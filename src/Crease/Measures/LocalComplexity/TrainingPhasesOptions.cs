namespace Crease.Measures;

/// <summary>Constants of the detector of phases.</summary>
public sealed record TrainingPhasesOptions
{
    /// <summary>The constants of the reference table.</summary>
    public static TrainingPhasesOptions Default { get; } = new();

    /// <summary>Samples of the running median, odd and at least 1; samples nearer to an end than half of it stay as they are.</summary>
    public int MedianWidth { get; init; } = 3;

    /// <summary>Relative drop from which on a first descent is present, in (0, 1).</summary>
    public double PresentDrop { get; init; } = 0.15;

    /// <summary>Relative drop from which on a first descent is weak, in (0, <see cref="PresentDrop"/>].</summary>
    public double WeakDrop { get; init; } = 0.05;

    /// <summary>Share of the peak below which migration has started, in (0, 1).</summary>
    public double MigrationShare { get; init; } = 0.9;

    /// <summary>Decades of steps for which the curve must stay below that share, at least 0.</summary>
    public double MigrationDecades { get; init; } = 0.2;

    internal void Check()
    {
        var faults = new List<string>();
        if (MedianWidth < 1 || MedianWidth % 2 == 0)
            faults.Add($"'MedianWidth' is {MedianWidth}; expected an odd number, at least 1.");
        if (!(PresentDrop is > 0 and < 1))
            faults.Add(FormattableString.Invariant($"'PresentDrop' is {PresentDrop}; expected a number in (0, 1)."));
        if (!(WeakDrop > 0 && WeakDrop <= PresentDrop))
            faults.Add(FormattableString.Invariant($"'WeakDrop' is {WeakDrop}; expected a number in (0, {PresentDrop}]."));
        if (!(MigrationShare is > 0 and < 1))
            faults.Add(FormattableString.Invariant($"'MigrationShare' is {MigrationShare}; expected a number in (0, 1)."));
        if (!(MigrationDecades >= 0) || !double.IsFinite(MigrationDecades))
            faults.Add(FormattableString.Invariant($"'MigrationDecades' is {MigrationDecades}; expected a number of at least 0."));
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
