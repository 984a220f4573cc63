using TorchSharp;

namespace Crease.Lab;

/// <content>Attention: all scores of a layer at once where a tap asks for them or they are few, else a band of queries at a time.</content>
/// <remarks>
/// A band sees only the keys that its queries may look at, so that the bands of a long text take half of the work of all scores at once. Their size follows
/// from the model and the text alone, so that the numbers are the same for any number of threads.
/// </remarks>
internal sealed partial class BlockPass
{
    /// <summary>Scores that are held at once where nobody asks for all of them: 32 MiB in 32 bits.</summary>
    public const long MostScores = 1L << 23;

    /// <summary>Told the number of scores of each band; for tests.</summary>
    public Action<long>? ScoresMade { get; set; }

    // What attention makes of the values. Shape [texts * heads, tokens, head width].
    private torch.Tensor Mixed(int layer, torch.Tensor queries, torch.Tensor keys, torch.Tensor values)
    {
        int rows = (int)Math.Clamp(MostScores / ((long)_texts * _config.Heads * _all), 1, _tokens);
        if (rows == _tokens || (_wanted & BlockTaps.AttentionWeights) != 0)
            return Band(layer, queries, keys, values, Mask(_config.WindowOf(layer)), isShown: true);
        torch.Tensor mixed = torch.empty([_texts * _config.Heads, _tokens, _config.HeadWidth], values.dtype);
        int seen = _all - _tokens, window = _config.WindowOf(layer) ?? _all;
        for (int from = 0; from < _tokens; from += rows)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            int count = Math.Min(rows, _tokens - from), first = Math.Max(0, seen + from - window + 1), last = seen + from + count;
            torch.Tensor mask = MaskOf(count, last - first, seen + from - first, window);
            torch.Tensor band = Band(layer, queries.narrow(1, from, count), keys.narrow(1, first, last - first), values.narrow(1, first, last - first), mask, isShown: false);
            mixed.narrow(1, from, count).copy_(band);
        }
        return mixed;
    }

    private torch.Tensor Band(int layer, torch.Tensor queries, torch.Tensor keys, torch.Tensor values, torch.Tensor? mask, bool isShown)
    {
        long heads = _config.Heads, groups = _config.KeyValueHeads, width = _config.HeadWidth, rows = queries.shape[1], columns = keys.shape[1];
        ScoresMade?.Invoke(_texts * heads * rows * columns);
        // The query heads that share a key stand below each other, so that keys and values are never repeated.
        torch.Tensor scores = queries.reshape(_texts * groups, heads / groups * rows, width).matmul(keys.transpose(1, 2)).view(_texts * heads, rows, columns).to(_statistics);
        scores = scores.mul(_scale);
        if (_config.AttentionSoftCap is double cap)
            scores = scores.Capped(cap);
        if (mask is not null)
            scores.PlusInPlace(mask);
        torch.Tensor weights = scores.softmax(-1);
        if (isShown)
            Show(layer, BlockTaps.AttentionWeights, weights);
        return weights.to(values.dtype).view(_texts * groups, heads / groups * rows, columns).matmul(values).view(_texts * heads, rows, width);
    }

    // The mask of all tokens; null where every token may look at all of them. Lives in the scope of the pass.
    private torch.Tensor? Mask(int? window)
    {
        if (_tokens == 1 && (window is null || window >= _all))
            return null;
        int kept = Math.Min(window ?? _all, _all);
        if (!_masks.TryGetValue(kept, out torch.Tensor? mask))
            _masks[kept] = mask = MaskOf(_tokens, _all, _all - _tokens, kept).DetachFromDisposeScope();
        return mask;
    }

    // 0 where a token may look, -infinity where it may not; the first row's own token is at column "own".
    private torch.Tensor MaskOf(int rows, int columns, int own, int window)
    {
        torch.Tensor never = torch.full([rows, columns], double.NegativeInfinity, _statistics), mask = never.triu(own + 1);
        return window < columns ? mask.Plus(never.tril(own - window)) : mask;
    }
}
