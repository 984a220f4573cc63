namespace Crease.Lab;

/// <summary>The weights of one block.</summary>
internal sealed record BlockWeights
{
    public required Normalization AttentionNorm { get; init; }

    /// <summary>Null where the norm of attention serves the perceptron too.</summary>
    public Normalization? MlpNorm { get; init; }

    public Normalization? AttentionOutputNorm { get; init; }

    public Normalization? MlpOutputNorm { get; init; }

    public required Projection Query { get; init; }

    public required Projection Key { get; init; }

    public required Projection Value { get; init; }

    public Normalization? QueryNorm { get; init; }

    public Normalization? KeyNorm { get; init; }

    public required Projection Output { get; init; }

    /// <summary>The perceptron's first layer, whose pre-activation is the gate.</summary>
    public required Projection Gate { get; init; }

    /// <summary>What the activated gate is multiplied with, or null in a plain perceptron.</summary>
    public Projection? Up { get; init; }

    public required Projection Down { get; init; }
}
