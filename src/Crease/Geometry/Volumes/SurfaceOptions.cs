namespace Crease.Geometry;

/// <summary>Which level set to extract, and its limits.</summary>
public sealed record SurfaceOptions
{
    /// <summary>The zero set of output 0.</summary>
    public static SurfaceOptions Default { get; } = new();

    /// <summary>The output, 0-based.</summary>
    public int Output { get; init; }

    /// <summary>The value that the output has on the surface; finite.</summary>
    public double Level { get; init; }

    /// <summary>Largest number of regions that the surface may cross, at least 1; above it the result has <c>Status.BudgetExhausted</c>.</summary>
    public int MaxRegions { get; init; } = 10_000_000;
}
