namespace Crease.Measures;

/// <summary>The sizes of a decoder-only language model that its parameters and operations follow from.</summary>
public sealed record TransformerShape
{
    /// <summary>Number of blocks, at least 1.</summary>
    public required long Layers { get; init; }

    /// <summary>Length d of a token's vector.</summary>
    public required long Width { get; init; }

    /// <summary>Width of all query heads together; d in most models.</summary>
    public required long AttentionWidth { get; init; }

    /// <summary>Width of all key heads together, and of all value heads: less than that of the queries where heads share them.</summary>
    public required long KeyValueWidth { get; init; }

    /// <summary>Hidden units of a block's perceptron.</summary>
    public required long MlpWidth { get; init; }

    /// <summary>Number of tokens V.</summary>
    public required long Vocabulary { get; init; }

    /// <summary>Matrices of the perceptron: 3 where a gate is multiplied in, else 2.</summary>
    public int MlpMatrices { get; init; } = 3;

    /// <summary>Whether the output projection is the embedding.</summary>
    public bool IsTied { get; init; }

    /// <summary>Learned positions, 0 where positions are rotations.</summary>
    public long Positions { get; init; }

    /// <summary>Numbers of the norms of a block; 2 d for two norms without a bias.</summary>
    public required long NormParameters { get; init; }

    /// <summary>Numbers of the last norm; d without a bias.</summary>
    public required long LastNormParameters { get; init; }

    /// <summary>Biases of a block: of queries, keys, values, the output projection and the perceptron.</summary>
    public long Biases { get; init; }

    /// <summary>Biases of the output projection of the model.</summary>
    public long HeadBiases { get; init; }

    /// <summary>Weights of the matrices of all blocks: what a token is multiplied with, output head left out.</summary>
    public Int128 BlockMatrices => (Int128)Layers * (2 * (Int128)Width * AttentionWidth + 2 * (Int128)Width * KeyValueWidth + MlpMatrices * (Int128)Width * MlpWidth);

    /// <summary>Weights of all matrices that a token is multiplied with: blocks and output head, without the embedding that is only looked up.</summary>
    public Int128 Matrices => BlockMatrices + Head;

    /// <summary>All trained numbers.</summary>
    public Int128 Parameters => BlockMatrices + (Int128)Layers * (NormParameters + Biases) + LastNormParameters + HeadBiases + (Int128)Positions * Width + (IsTied ? 1 : 2) * Head;

    /// <summary>Share of attention that 6 P D leaves out, to first order: T / (6 d), half of it for causal attention (Kaplan et al. 2020, section 2.1).</summary>
    /// <param name="tokens">Length T of a text.</param>
    /// <param name="isCausal">Whether half of the pairs are counted.</param>
    public double AttentionShare(long tokens, bool isCausal) => tokens / ((isCausal ? 12.0 : 6.0) * Width);

    private Int128 Head => (Int128)Vocabulary * Width;

    internal void Check()
    {
        (string Name, long Value, long Least)[] sizes =
        [
            (nameof(Layers), Layers, 1), (nameof(Width), Width, 1), (nameof(AttentionWidth), AttentionWidth, 1), (nameof(KeyValueWidth), KeyValueWidth, 1), (nameof(MlpWidth), MlpWidth, 1), (nameof(Vocabulary), Vocabulary, 1),
            (nameof(MlpMatrices), MlpMatrices, 2), (nameof(Positions), Positions, 0), (nameof(NormParameters), NormParameters, 0), (nameof(LastNormParameters), LastNormParameters, 0), (nameof(Biases), Biases, 0), (nameof(HeadBiases), HeadBiases, 0),
        ];
        foreach ((string name, long value, long least) in sizes)
        {
            if (value < least || value > 1L << 40)
                throw new ArgumentException($"'{name}' is {value}; expected {least} to 2^40.");
        }
    }
}
