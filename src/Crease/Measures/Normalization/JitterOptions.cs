using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>How jitter is measured.</summary>
public sealed record JitterOptions
{
    /// <summary>Batches of 8, 32 and 128, a hundred of each, 100 probes.</summary>
    public static JitterOptions Default { get; } = new();

    /// <summary>Samples of a batch, each at least 2; drawn with replacement.</summary>
    public ImmutableArray<int> BatchSizes { get; init; } = [8, 32, 128];

    /// <summary>Batches of each size. At least 2.</summary>
    public int Batches { get; init; } = 100;

    /// <summary>Samples whose codes and distances are followed: the first ones of the data. At least 1.</summary>
    public int Probes { get; init; } = 100;

    /// <summary>ε of normalizations that are put in. At least 0.</summary>
    public double Epsilon { get; init; } = 1e-5;

    internal void Validate()
    {
        var faults = new List<string>();
        if (BatchSizes.IsDefaultOrEmpty || BatchSizes.Any(size => size is < 2 or > 1_000_000))
            faults.Add($"'{nameof(BatchSizes)}' is [{(BatchSizes.IsDefault ? "" : string.Join(", ", BatchSizes))}]; expected at least one number in [2, 1000000].");
        if (Batches is < 2 or > 1_000_000)
            faults.Add($"'{nameof(Batches)}' is {Batches}; expected 2 to 1000000.");
        if (Probes < 1)
            faults.Add($"'{nameof(Probes)}' is {Probes}; expected at least 1.");
        if (!(Epsilon >= 0) || !double.IsFinite(Epsilon))
            faults.Add(FormattableString.Invariant($"'{nameof(Epsilon)}' is {Epsilon}; expected a number of at least 0."));
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
