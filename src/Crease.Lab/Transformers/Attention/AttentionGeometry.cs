using System.Collections.Immutable;
using System.Numerics;
using TorchSharp;

namespace Crease.Lab;

/// <summary>The attention of one text, measured in one pass: counts, densities, exact dimensions and bounds on regions.</summary>
/// <remarks>
/// Attention is causal, so that what holds for a token of the whole text holds for the last token of the text cut behind it: the numbers of all
/// tokens are those of all prefixes. Not the intrinsic dimension of data. Source: Cosentino and Shekkizhar (<c>cosentino2024reasoning</c>).
/// Cost: a pass, and per layer one singular value decomposition of [width, active tokens] for the last token, or for each.
/// </remarks>
public sealed class AttentionGeometry
{
    private readonly double[][] _densities;
    private readonly ReachDimension?[][] _active;
    private readonly ReachDimension[] _all;

    private AttentionGeometry(AttentionOptions options, AttentionDimension dimension, Tap tap, LanguageModelConfig config)
    {
        (Options, Dimension, Width, Units) = (options, dimension, config.Width, config.MlpWidth);
        (_densities, _active, _all) = (tap.Densities, tap.Active, tap.All);
    }

    /// <summary>Keys of the sources in <c>docs/references.bib</c>.</summary>
    public static ImmutableArray<string> Citations { get; } = ["cosentino2024reasoning", "balestriero2024characterizing"];

    /// <summary>What was measured.</summary>
    public AttentionOptions Options { get; }

    /// <summary>Counts by the rule.</summary>
    public AttentionDimension Dimension { get; }

    /// <summary>Length of a token's vector, which no dimension exceeds.</summary>
    public int Width { get; }

    /// <summary>Hidden units of a block's perceptron.</summary>
    public int Units { get; }

    /// <summary>Number of layers.</summary>
    public int Layers => Dimension.Layers;

    /// <summary>Number of tokens.</summary>
    public int Tokens => Dimension.Tokens;

    /// <summary>Density of a head's graph at a token: the share of the tokens it may see whose attention is above the threshold itself, whatever the rule. In [0, 1].</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="head">Index of the query head.</param>
    /// <param name="token">Index of the token that looks, or null for the last one.</param>
    public double Density(int layer, int head, int? token = null) => _densities[layer][head * Tokens + (token ?? Tokens - 1)];

    /// <summary>Exact affine dimension of what the tokens that count can reach, or null where it was not asked for.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="token">Index of the token that looks, or null for the last one.</param>
    public ReachDimension? Reach(int layer, int? token = null) => _active[layer][token ?? Tokens - 1];

    /// <summary>The same with all tokens of positive attention, which is the theorem's set; from the last token.</summary>
    /// <param name="layer">Index of the layer.</param>
    public ReachDimension WholeReach(int layer) => _all[layer];

    /// <summary>Most regions that the gates of a block can cut the reached set into, by the count of the source, at most the width.</summary>
    /// <param name="layer">Index of the layer.</param>
    public BigInteger RegionsByCount(int layer) => RegionBound.Of(Units, Math.Min(Width, Dimension.Of(layer)));

    /// <summary>The same by the exact dimension of the tokens that count.</summary>
    /// <param name="layer">Index of the layer.</param>
    public BigInteger RegionsByRank(int layer) => RegionBound.Of(Units, Reach(layer)!.Value.Rank);

    /// <summary>Measures a text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Ids, at least one.</param>
    /// <param name="options">What to measure.</param>
    /// <exception cref="ArgumentException">A token or a number is out of its range.</exception>
    public static AttentionGeometry Of(LanguageModel model, ReadOnlySpan<int> tokens, AttentionOptions options)
    {
        options.Check();
        var tap = new Tap(model, options, tokens.Length);
        model.Run(tokens, tap, options.Layers);
        return new AttentionGeometry(options, new AttentionDimension(options.Rule, options.Threshold, tap.Counts, model.Config.Heads, tokens.Length), tap, model.Config);
    }

    private sealed class Tap : IBlockTap
    {
        private readonly LanguageModel _model;
        private readonly AttentionOptions _options;
        private readonly int _tokens;
        private torch.Tensor? _values;

        public Tap(LanguageModel model, AttentionOptions options, int tokens)
        {
            (_model, _options, _tokens) = (model, options, tokens);
            int layers = Math.Max(0, options.Layers ?? model.Config.Layers);
            (Counts, Densities, Active, All) = (new int[layers][], new double[layers][], new ReachDimension?[layers][], new ReachDimension[layers]);
        }

        public int[][] Counts { get; }

        public double[][] Densities { get; }

        public ReachDimension?[][] Active { get; }

        public ReachDimension[] All { get; }

        public BlockTaps Wanted => BlockTaps.Values | BlockTaps.AttentionWeights;

        public void Take(int layer, BlockTaps tap, torch.Tensor value)
        {
            if (tap == BlockTaps.Values)
            {
                // Alive until the block ends, and attention comes before that.
                _values = value;
                return;
            }
            using DisposeScope scope = torch.NewDisposeScope();
            int heads = (int)value.shape[0];
            Counts[layer] = Numbers(AttentionDimension.Counts(value, _options.Rule, _options.Threshold));
            Densities[layer] = [.. Numbers(AttentionDimension.Counts(value, AttentionRule.Absolute, _options.Threshold)).Select((count, at) => count / (at % _tokens + 1.0))];
            torch.Tensor output = _model.Block(layer).Output.Weight;
            Active[layer] = new ReachDimension?[_tokens];
            for (int token = _options.ExactEverywhere ? 0 : _tokens - 1; token < _tokens; token++)
            {
                double[] rows = value.select(1, token).to(torch.ScalarType.Float64).flatten().data<double>().ToArray();
                double[][] row = [.. Enumerable.Range(0, heads).Select(head => rows[(head * _tokens)..((head + 1) * _tokens)])];
                Active[layer][token] = ReachDimension.Of(_values!, output, Array.ConvertAll(row, Counting));
                if (token == _tokens - 1)
                    All[layer] = ReachDimension.Of(_values!, output, Array.ConvertAll(row, each => ReachDimension.Above(each, 0)));
            }
        }

        private long[] Counting(double[] row) => ReachDimension.Above(row, _options.Rule == AttentionRule.Relative ? _options.Threshold * row.Max() : _options.Threshold);

        private static int[] Numbers(torch.Tensor counts) => Array.ConvertAll(counts.flatten().data<long>().ToArray(), count => (int)count);
    }
}
