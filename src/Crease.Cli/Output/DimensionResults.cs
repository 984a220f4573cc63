using System.Collections.Immutable;
using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What a call of <c>crease dimension</c> measured; empty or null for what was not asked for.</summary>
internal sealed record DimensionResults
{
    public required DimensionCall Call { get; init; }

    public required string Name { get; init; }

    public PointCloud? Cloud { get; init; }

    public ImmutableArray<DimensionEstimate> Estimates { get; init; } = [];

    public ImmutableArray<(string Class, PointCloud Cloud, ImmutableArray<DimensionEstimate> Estimates)> Classes { get; init; } = [];

    public ImmutableArray<DimensionScale> Ranks { get; init; } = [];

    public ImmutableArray<DimensionScale> Blocks { get; init; } = [];

    public ImmutableArray<LayerDimension> Layers { get; init; } = [];

    public double Seconds { get; init; }

    /// <summary>Estimates with a value over all there are.</summary>
    public bool HasValue => Estimates.Concat(Layers.SelectMany(layer => layer.Estimates)).Any(estimate => estimate.Value is not null);
}
