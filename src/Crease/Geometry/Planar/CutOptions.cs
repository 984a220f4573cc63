namespace Crease.Geometry;

/// <summary>What a cut should find besides the regions, and its limits.</summary>
public sealed record CutOptions
{
    /// <summary>Regions and nothing else, no limits.</summary>
    public static CutOptions Default { get; } = new();

    /// <summary>Whether the decision boundary is found.</summary>
    public bool Boundary { get; init; }

    /// <summary>The pair of outputs whose tie is the boundary, or null for the two largest (or the zero set of a single output).</summary>
    public (int First, int Second)? Classes { get; init; }

    /// <summary>Largest number of regions to find; above it the result has <c>Status.BudgetExhausted</c>. For a stream <see cref="int.MaxValue"/> is no limit.</summary>
    public int MaxRegions { get; init; } = 100_000_000;

    /// <summary>Whether every combinatorial decision is to be proved for the given weights: signs come from proved bounds or from exact arithmetic.</summary>
    public bool Certified { get; init; }

    /// <summary>Longest time to look for regions, above 0, or null for no limit; when it has passed the result has <c>Status.BudgetExhausted</c>.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
