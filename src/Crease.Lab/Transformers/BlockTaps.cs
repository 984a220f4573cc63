namespace Crease.Lab;

/// <summary>The values inside a block that can be looked at during a forward pass.</summary>
[Flags]
public enum BlockTaps
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What comes into the block. Shape [tokens, width].</summary>
    ResidualIn = 1,

    /// <summary>Values by key/value head, cached tokens first. Shape [key/value heads, all tokens, head width].</summary>
    Values = 2,

    /// <summary>Attention after the softmax, cached tokens first. Shape [heads, tokens, all tokens]; rows sum to 1, what a token must not see is 0.</summary>
    AttentionWeights = 4,

    /// <summary>Values mixed by attention, before the output projection. Shape [heads, tokens, head width].</summary>
    HeadOutputs = 8,

    /// <summary>What the perceptron takes, after its norm. Shape [tokens, width].</summary>
    MlpIn = 16,

    /// <summary>The perceptron's first layer before its activation, bias included. Shape [tokens, perceptron width].</summary>
    GatePreactivation = 32,

    /// <summary>What the perceptron adds to the residual. Shape [tokens, width].</summary>
    MlpOut = 64,
}
