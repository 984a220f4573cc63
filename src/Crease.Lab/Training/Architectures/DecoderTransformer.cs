using Crease.Networks;

namespace Crease.Lab;

/// <summary>A decoder-only transformer: embedding, positions, blocks of causal attention and a two-layer perceptron, one prediction after the last token.</summary>
/// <remarks>Source: Radford et al. (<c>radford2019language</c>): layer normalization before each part and at the end, hidden width four times the width.</remarks>
public sealed record DecoderTransformer : Architecture
{
    private const int HiddenFactor = 4, MostLayers = 1000;

    /// <summary>A transformer with GELU, as in the source.</summary>
    public DecoderTransformer() => Activation = Activation.Gelu;

    /// <summary>Number of blocks, from 1 to 1000.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Number of attention heads, a divisor of <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Length of the vector of a token, at least 1.</summary>
    public int Width { get; init; } = 128;

    /// <inheritdoc/>
    public override bool TakesTokens => true;

    /// <inheritdoc/>
    public override string Net => $"gpt:{Layers}-{Heads}-{Width}";

    /// <inheritdoc/>
    /// <param name="input">Shape [context].</param>
    /// <param name="outputs">The vocabulary: tokens and predictions are 0 to this minus 1.</param>
    public override NetworkPlan Plan(Shape input, int outputs)
    {
        if (Width % Heads != 0)
            throw new ArgumentException($"The network {Net} has {Heads} heads and width {Width}; pass a width that is a multiple of the heads.", nameof(input));
        if (Layers > MostLayers)
            throw new ArgumentException($"The network {Net} has {Layers} layers; expected at most {MostLayers}.", nameof(input));
        if (input.Rank != 1 || BatchNormalization || Normalize)
            throw new ArgumentException($"The network {Net} takes sequences of tokens, without batch normalization or normalized inputs; the data have shape {input}.", nameof(input));
        var builder = new PlanBuilder(Net, input, Activation);
        int context = input[0];
        string value = builder.Embedding("tokens", Models.NetworkDescription.InputName, outputs, Width);
        value = builder.Positions("positions", value, context, Width);
        for (int layer = 1; layer <= Layers; layer++)
        {
            string attended = builder.Attention($"attention{layer}", builder.LayerNormalization($"norm{layer}a", value, Width), Width, Heads);
            value = builder.Sum($"sum{layer}a", value, attended);
            string hidden = builder.Activate(builder.Dense($"dense{layer}a", builder.LayerNormalization($"norm{layer}b", value, Width), Width, HiddenFactor * Width));
            value = builder.Sum($"sum{layer}b", value, builder.Dense($"dense{layer}b", hidden, HiddenFactor * Width, Width));
        }
        value = builder.LayerNormalization("norm", builder.Last("last", value), Width);
        return builder.Build(builder.Dense("predictions", value, Width, outputs));
    }
}
