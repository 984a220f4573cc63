namespace Crease.Lab;

/// <summary>Everything about a decoder-only language model but its weights.</summary>
public sealed record LanguageModelConfig
{
    /// <summary>Names and layout of the weights.</summary>
    public required LanguageModelFamily Family { get; init; }

    /// <summary>Number of blocks, at least 1.</summary>
    public required int Layers { get; init; }

    /// <summary>Length of a token's vector.</summary>
    public required int Width { get; init; }

    /// <summary>Number of query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads, a divisor of <see cref="Heads"/>: consecutive query heads share one.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Length of a query, key or value of one head.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>Number of hidden units of a block's perceptron.</summary>
    public required int MlpWidth { get; init; }

    /// <summary>Number of tokens: ids are 0 to this minus 1.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Longest context in tokens; binding only where positions are learned.</summary>
    public required int Context { get; init; }

    /// <summary>How vectors are normalized.</summary>
    public NormKind Norm { get; init; } = NormKind.RootMeanSquare;

    /// <summary>What is added under the root of a norm.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Whether the gain of a norm is 1 plus its weight (Gemma).</summary>
    public bool OffsetNorms { get; init; }

    /// <summary>Whether the outputs of attention and perceptron are normalized before they are added (Gemma 2).</summary>
    public bool OutputNorms { get; init; }

    /// <summary>Rotations of queries and keys, or null where positions are learned vectors added to the embedding.</summary>
    public RotaryPositions? Rotary { get; init; }

    /// <summary>What the perceptron applies to its first layer.</summary>
    public MlpActivation Activation { get; init; } = MlpActivation.Silu;

    /// <summary>Whether the perceptron multiplies its activated gate with a second projection.</summary>
    public bool IsGated { get; init; } = true;

    /// <summary>Whether queries, keys and values have biases.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the output projection of attention has a bias.</summary>
    public bool AttentionOutputBias { get; init; }

    /// <summary>Whether the perceptron's layers have biases.</summary>
    public bool MlpBias { get; init; }

    /// <summary>Whether each head's queries and keys are normalized before they are rotated (Qwen 3).</summary>
    public bool QueryKeyNorms { get; init; }

    /// <summary>Whether attention and perceptron both take the block's input, and their sum is added to it.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Whether one norm serves attention and perceptron (Phi).</summary>
    public bool SharesNorm { get; init; }

    /// <summary>How many of the last tokens a token attends to, itself included, or null for all.</summary>
    public int? SlidingWindow { get; init; }

    /// <summary>Whether the window holds only on layers 0, 2, 4, … (Gemma 2).</summary>
    public bool AlternatesWindow { get; init; }

    /// <summary>Whether the output projection is the embedding.</summary>
    public bool TiedEmbedding { get; init; }

    /// <summary>Whether the output projection has a bias.</summary>
    public bool HeadBias { get; init; }

    /// <summary>What embeddings are multiplied by.</summary>
    public double EmbeddingScale { get; init; } = 1;

    /// <summary>What products of queries and keys are multiplied by, or null for one over the root of <see cref="HeadWidth"/>.</summary>
    public double? AttentionScale { get; init; }

    /// <summary>Bound c of scores as c tanh(score / c), or null.</summary>
    public double? AttentionSoftCap { get; init; }

    /// <summary>Bound c of logits as c tanh(logit / c), or null.</summary>
    public double? LogitSoftCap { get; init; }

    /// <summary>The window of a layer, or null where the layer attends to all earlier tokens.</summary>
    /// <param name="layer">Index of the layer.</param>
    public int? WindowOf(int layer) => AlternatesWindow && layer % 2 != 0 ? null : SlidingWindow;
}
