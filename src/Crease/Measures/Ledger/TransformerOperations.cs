using System.Collections.Immutable;

namespace Crease.Measures;

/// <summary>Counts the operations of a decoder-only language model by formula: fused attention is counted like any other.</summary>
public static class TransformerOperations
{
    /// <summary>Reading texts: one pass over all their tokens.</summary>
    /// <param name="model">Sizes of the model.</param>
    /// <param name="tokens">Tokens T of a text, at least 1.</param>
    /// <param name="batch">Number of texts, at least 1.</param>
    /// <param name="isCausal">Whether attention counts the half of the pairs that a causal mask leaves; else all T².</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static ModelOperations Prefill(TransformerShape model, long tokens, long batch = 1, bool isCausal = false)
    {
        Check(model, tokens, batch);
        return Rows(model, (Int128)batch * tokens, CountingRules.Attention(batch, tokens, model.AttentionWidth, isCausal));
    }

    /// <summary>Writing one token for each text: 2 FLOP per weight of a matrix and 4 L c d for the context.</summary>
    /// <param name="model">Sizes of the model.</param>
    /// <param name="context">Tokens c that the new one attends to, itself included, at least 1.</param>
    /// <param name="batch">Number of texts, at least 1.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static ModelOperations Decode(TransformerShape model, long context, long batch = 1)
    {
        Check(model, context, batch);
        return Rows(model, batch, new OperationCount(0, 2 * (Int128)batch * context * model.AttentionWidth, 0));
    }

    private static ModelOperations Rows(TransformerShape model, Int128 tokens, OperationCount attention)
    {
        Int128 layers = model.Layers, width = model.Width, norms = model.NormParameters;
        bool isGated = model.MlpMatrices > 2;
        Int128 biased = model.Biases;
        return new ModelOperations(
        [
            // A table is looked up: its gradient is a sum over tokens and no product.
            new("embedding", "lookup", null, 1, model.Vocabulary * width + model.Positions * width, CountingRules.Elements(model.Positions > 0 ? tokens * width : 0, 1), CountingRules.Elements(tokens * width, 1)),
            Trained("queries and output", "dense", layers, 2 * width * model.AttentionWidth, tokens),
            Trained("keys and values", "dense", layers, 2 * width * model.KeyValueWidth, tokens),
            new("attention", "attention", null, (int)layers, 0, layers * attention, 2 * layers * attention),
            Trained("perceptron", "dense", layers, model.MlpMatrices * width * model.MlpWidth, tokens),
            Elements("biases", "bias", layers, biased, tokens * biased),
            Elements("norms", "normalization", layers, norms, CountingRules.Normalization * 2 * tokens * width),
            Elements("activations", isGated ? "activation and gate" : "activation", layers, 0, (isGated ? 2 : 1) * tokens * model.MlpWidth),
            Elements("residual sums", "sum", layers, 0, 2 * tokens * width),
            Elements("last norm", "normalization", 1, model.LastNormParameters, CountingRules.Normalization * tokens * width),
            Head(model, tokens),
        ]);
    }

    // Its numbers are the embedding's where they are tied; its products are counted either way.
    private static LayerOperations Head(TransformerShape model, Int128 tokens)
    {
        Int128 weights = (Int128)model.Vocabulary * model.Width;
        OperationCount forward = new(tokens * weights, 0, tokens * model.HeadBiases);
        return new LayerOperations("output head", "dense", null, 1, (model.IsTied ? 0 : weights) + model.HeadBiases, forward, 2 * forward);
    }

    private static LayerOperations Trained(string name, string kind, Int128 layers, Int128 weights, Int128 tokens)
    {
        OperationCount forward = new(layers * weights * tokens, 0, 0);
        return new LayerOperations(name, kind, null, (int)layers, layers * weights, forward, 2 * forward);
    }

    private static LayerOperations Elements(string name, string kind, Int128 layers, Int128 parameters, Int128 each)
    {
        OperationCount forward = CountingRules.Elements(layers * each, 1);
        return new LayerOperations(name, kind, null, (int)layers, layers * parameters, forward, (parameters > 0 ? 2 : 1) * forward);
    }

    private static void Check(TransformerShape model, long tokens, long batch)
    {
        model.Check();
        if (tokens < 1 || tokens > 1L << 40 || batch < 1 || batch > 1L << 40)
            throw new ArgumentException($"there are {batch} texts of {tokens} tokens; expected 1 to 2^40 of each.");
    }
}
