namespace Crease.Measures;

/// <summary>What <see cref="NormalizationReport"/> measures.</summary>
public sealed record NormalizationOptions
{
    /// <summary>The defaults.</summary>
    public static NormalizationOptions Default { get; } = new();

    /// <summary>How jitter is measured, and ε of normalizations that are put in.</summary>
    public JitterOptions Jitter { get; init; } = JitterOptions.Default;

    /// <summary>Samples whose distances to creases are measured, the first ones; null for as many as some 500 GFLOP allow, at most 60. At least 0.</summary>
    public int? DistanceSamples { get; init; }

    /// <summary>Pairs of samples of one class, and of two, whose separation is counted. At least 1.</summary>
    public int Pairs { get; init; } = 200;
}
