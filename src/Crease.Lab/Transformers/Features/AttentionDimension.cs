using TorchSharp;

namespace Crease.Lab;

/// <summary>How many tokens each head attends to: a bound on the dimension of the set that attention can reach.</summary>
/// <remarks>
/// Source: Cosentino and Shekkizhar (<c>cosentino2024reasoning</c>), equation 8, for the absolute rule; the published numbers use the relative one.
/// Not the intrinsic dimension of data. Exactness: exact counts of computed attention; both comparisons are strict.
/// </remarks>
public sealed class AttentionDimension
{
    /// <summary>The threshold of both rules in the source.</summary>
    public const double SourceThreshold = 0.1;

    private readonly int[][] _counts;

    internal AttentionDimension(AttentionRule rule, double threshold, int[][] counts, int heads, int tokens) =>
        (Rule, Threshold, _counts, Heads, Tokens) = (rule, threshold, counts, heads, tokens);

    /// <summary>When a token counts.</summary>
    public AttentionRule Rule { get; }

    /// <summary>The share or the number to exceed.</summary>
    public double Threshold { get; }

    /// <summary>Number of layers.</summary>
    public int Layers => _counts.Length;

    /// <summary>Number of query heads of a layer.</summary>
    public int Heads { get; }

    /// <summary>Number of tokens.</summary>
    public int Tokens { get; }

    /// <summary>Tokens that a head attends to from a token, itself included.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="head">Index of the query head.</param>
    /// <param name="token">Index of the token that looks.</param>
    public int Of(int layer, int head, int token) => _counts[layer][head * Tokens + token];

    /// <summary>The sum over heads, which is the dimension of a layer.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="token">Index of the token that looks, or null for the last one.</param>
    public int Of(int layer, int? token = null) => Enumerable.Range(0, Heads).Sum(head => Of(layer, head, token ?? Tokens - 1));

    /// <summary>Counts in a text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Ids, at least one.</param>
    /// <param name="rule">When a token counts.</param>
    /// <param name="threshold">The share or the number to exceed, from 0.</param>
    /// <param name="layers">Number of layers to run, or null for all.</param>
    /// <exception cref="ArgumentException">A token or a number is out of its range.</exception>
    public static AttentionDimension Of(LanguageModel model, ReadOnlySpan<int> tokens, AttentionRule rule, double threshold = SourceThreshold, int? layers = null)
    {
        if (!(threshold >= 0))
            throw new ArgumentException($"'threshold' is {threshold}; expected a number from 0.", nameof(threshold));
        var tap = new Tap(rule, threshold, layers ?? model.Config.Layers);
        model.Run(tokens, tap, layers);
        return new AttentionDimension(rule, threshold, tap.Counts, model.Config.Heads, tokens.Length);
    }

    /// <summary>Counts in rows of attention.</summary>
    /// <param name="weights">Shape [..., tokens]; numbers from 0.</param>
    /// <param name="rule">When a token counts.</param>
    /// <param name="threshold">The share or the number to exceed, from 0.</param>
    /// <returns>Shape [...].</returns>
    internal static torch.Tensor Counts(torch.Tensor weights, AttentionRule rule, double threshold)
    {
        using Scalar least = threshold.ToScalar();
        torch.Tensor counted = rule == AttentionRule.Relative ? weights.gt(weights.amax([-1L], keepdim: true).mul(least)) : weights.gt(least);
        return counted.sum(-1);
    }

    private sealed class Tap(AttentionRule rule, double threshold, int layers) : IBlockTap
    {
        public int[][] Counts { get; } = new int[Math.Max(layers, 0)][];

        public BlockTaps Wanted => BlockTaps.AttentionWeights;

        public void Take(int layer, BlockTaps tap, torch.Tensor value)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Counts[layer] = Array.ConvertAll(AttentionDimension.Counts(value, rule, threshold).flatten().data<long>().ToArray(), count => (int)count);
        }
    }
}
