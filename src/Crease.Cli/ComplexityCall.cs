using Crease.Measures;

namespace Crease.Cli;

/// <summary>What a call of <c>crease complexity</c> asks for.</summary>
internal sealed record ComplexityCall
{
    public required LocalComplexityOptions Options { get; init; }

    public required string[] Files { get; init; }

    public string? Data { get; init; }

    public int Samples { get; init; }

    public int? Directions { get; init; }

    public int? Seeds { get; init; }

    public bool WantsRandom { get; init; }

    public (double Low, double High)? Range { get; init; }

    public bool PerSample { get; init; }

    public bool Deformation { get; init; }

    public int? Resolution { get; init; }
}
