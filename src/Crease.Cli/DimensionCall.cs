using Crease.Measures;
using Crease.Numerics;

namespace Crease.Cli;

/// <summary>What a call of <c>crease dimension</c> asks for.</summary>
internal sealed record DimensionCall
{
    public required string Data { get; init; }

    public required IReadOnlyList<IDimensionEstimator> Estimators { get; init; }

    public required string[] Files { get; init; }

    public string? Model { get; init; }

    public int? Samples { get; init; }

    /// <summary>How distances are measured; null for a matrix of distances.</summary>
    public Metric? Metric { get; init; } = Numerics.Metric.Euclidean;

    public DuplicatePolicy Duplicates { get; init; }

    public bool PerClass { get; init; }

    public int? MostRank { get; init; }

    public int? MostBlocks { get; init; }

    public bool Pointwise { get; init; }
}
