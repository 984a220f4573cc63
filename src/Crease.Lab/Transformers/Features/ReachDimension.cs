using TorchSharp;

namespace Crease.Lab;

/// <summary>The exact affine dimension of the set that the attention of a block can reach for one token, and the bound by counting.</summary>
/// <remarks>
/// Notation: head h mixes the values v_j of its active tokens j and maps them by O_h, so that it reaches the convex hull of the O_h v_j; all heads
/// together reach the Minkowski sum of the hulls, whose dimension is the rank of all O_h (v_j - v_j0). Source: Cosentino and Shekkizhar
/// (<c>cosentino2024reasoning</c>), theorem 2.1, for the bound. Exactness: rank in 64 bits, singular values below 2^-52 times the
/// largest one times the larger side count as 0.
/// </remarks>
/// <param name="Rank">The affine dimension, at most the width and at most the sum over heads of active tokens minus 1.</param>
/// <param name="Bound">The sum over heads of active tokens.</param>
public readonly record struct ReachDimension(int Rank, int Bound)
{
    /// <summary>The dimension for each layer and one token of a text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Ids, at least one.</param>
    /// <param name="token">Index of the token that looks, or null for the last one.</param>
    /// <param name="threshold">Attention above which a token is active; at 0 all that it may see.</param>
    /// <param name="layers">Number of layers to run, or null for all.</param>
    /// <returns>Shape [layers].</returns>
    /// <exception cref="ArgumentException">A token or a number is out of its range.</exception>
    public static ReachDimension[] Of(LanguageModel model, ReadOnlySpan<int> tokens, int? token = null, double threshold = 0, int? layers = null)
    {
        int looking = token ?? tokens.Length - 1;
        if (looking < 0 || looking >= tokens.Length)
            throw new ArgumentException($"'token' is {token}; expected 0 to {tokens.Length - 1}.", nameof(token));
        var tap = new Tap(model, looking, threshold);
        model.Run(tokens, tap, layers);
        return [.. tap.Dimensions];
    }

    /// <summary>The dimension of a sum of hulls.</summary>
    /// <param name="values">Values by key/value head. Shape [key/value heads, tokens, head width].</param>
    /// <param name="output">Output projection, heads side by side. Shape [width, heads · head width].</param>
    /// <param name="active">For each query head, the indices of its active tokens.</param>
    internal static ReachDimension Of(torch.Tensor values, torch.Tensor output, long[][] active)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long width = values.shape[2], shared = active.Length / values.shape[0];
        var columns = new List<torch.Tensor>();
        for (int head = 0; head < active.Length; head++)
        {
            if (active[head].Length < 2)
                continue;
            torch.Tensor points = values.select(0, head / shared).index_select(0, torch.tensor(active[head])).to(torch.ScalarType.Float64);
            torch.Tensor spans = points.narrow(0, 1, points.shape[0] - 1) - points.narrow(0, 0, 1);
            columns.Add(output.narrow(1, head * width, width).to(torch.ScalarType.Float64).matmul(spans.t()));
        }
        int rank = columns.Count == 0 ? 0 : (int)torch.linalg.matrix_rank(torch.cat(columns, 1)).item<long>();
        return new ReachDimension(rank, active.Sum(tokens => tokens.Length));
    }

    /// <summary>Places of the numbers above a bound.</summary>
    internal static long[] Above(double[] row, double bound) => [.. Enumerable.Range(0, row.Length).Where(seen => row[seen] > bound).Select(seen => (long)seen)];

    private sealed class Tap(LanguageModel model, int token, double threshold) : IBlockTap
    {
        private torch.Tensor? _values;

        public List<ReachDimension> Dimensions { get; } = [];

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
            torch.Tensor rows = value.select(1, token).to(torch.ScalarType.Float64);
            long[][] active = [.. Enumerable.Range(0, (int)rows.shape[0]).Select(head => Above(rows.select(0, head).data<double>().ToArray(), threshold))];
            Dimensions.Add(Of(_values!, model.Block(layer).Output.Weight, active));
        }
    }
}
