using Crease.Lab;

namespace Crease.Cli;

/// <summary>What a call of <c>crease attack</c> asks for.</summary>
internal sealed record AttackCall
{
    public required AttackMethod Method { get; init; }

    public required string Data { get; init; }

    public required string[] Files { get; init; }

    public int Samples { get; init; }

    /// <summary>File of rows that are done, or null.</summary>
    public string? Resume { get; init; }

    public bool Audit { get; init; }

    /// <summary>Deviation of the noise of a randomized defense, or null.</summary>
    public double? Noise { get; init; }

    /// <summary>Format in which logits and gradients are computed.</summary>
    public Precision Precision { get; init; } = Precision.Bits64;

    /// <summary>Other networks that are attacked and shown what is found; empty for none.</summary>
    public string[] Transfer { get; init; } = [];

    /// <summary>Whether each method of an ensemble runs on all rows too.</summary>
    public bool IsIndividual { get; init; }
}
