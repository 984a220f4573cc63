using Crease.Measures;

namespace Crease.Cli.Output;

/// <summary>What a call of <c>crease complexity</c> measured; null for what was not asked for.</summary>
internal sealed record ComplexityResults
{
    public LocalComplexity? Data { get; init; }

    public string DataName { get; init; } = "";

    public LocalComplexity? Random { get; init; }

    public double Low { get; init; }

    public double High { get; init; }

    public DirectionSeeds? Seeds { get; init; }

    public HullDeformation? Deformation { get; init; }

    public ComplexityMap? Map { get; init; }

    public double[][] Anchors { get; init; } = [];

    public bool PerSample { get; init; }

    public double Seconds => (Data?.Cost.Seconds ?? 0) + (Random?.Cost.Seconds ?? 0) + (Map?.Cost.Seconds ?? 0);
}
