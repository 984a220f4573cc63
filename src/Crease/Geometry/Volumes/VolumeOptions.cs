namespace Crease.Geometry;

/// <summary>Limits of a cut through a volume.</summary>
public sealed record VolumeOptions
{
    /// <summary>At most ten million regions.</summary>
    public static VolumeOptions Default { get; } = new();

    /// <summary>Largest number of regions to find, at least 1; above it the result has <c>Status.BudgetExhausted</c>.</summary>
    /// <remarks>Cost: a region takes about one kilobyte.</remarks>
    public int MaxRegions { get; init; } = 10_000_000;
}
