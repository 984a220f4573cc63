using TorchSharp;

namespace Crease.Lab;

/// <content>The forward pass.</content>
public sealed partial class LanguageModel
{
    // The residual after the first blocks, shape [texts · tokens, width], in the caller's scope.
    private torch.Tensor Residual(ReadOnlySpan<int> ids, KeyValueCache? cache, IBlockTap? tap, int layers, int texts = 1)
    {
        int seen = cache?.Length ?? 0, tokens = ids.Length / texts;
        Check(ids, tokens, seen, layers);
        torch.Tensor x = _weights.Embedding.index_select(0, torch.tensor(Array.ConvertAll(ids.ToArray(), token => (long)token))).to(_reader.Type);
        if (Config.EmbeddingScale != 1)
            x = x.Times(Config.EmbeddingScale);
        if (_weights.Positions is not null)
            x = x.Plus(_weights.Positions.narrow(0, seen, tokens).to(_reader.Type).repeat(texts, 1));
        using (var pass = new BlockPass(Config, _rotary, cache, tap, StatisticsType, tokens, texts))
        {
            pass.ScoresMade = ScoresMade;
            for (int layer = 0; layer < layers; layer++)
            {
                torch.Tensor next = pass.Of(layer, _blocks[layer], x);
                x.Dispose();
                x = next;
                BlockDone?.Invoke(layer + 1, layers);
            }
        }
        cache?.Advance(tokens);
        return x;
    }

    private double[] Logits(torch.Tensor residual)
    {
        torch.Tensor logits = _weights.Head.Of(_weights.FinalNorm.Of(residual)).to(torch.ScalarType.Float64);
        if (Config.LogitSoftCap is double cap)
            logits = logits.Capped(cap);
        return logits.data<double>().ToArray();
    }

    private void Check(ReadOnlySpan<int> tokens, int length, int seen, int layers)
    {
        if (layers < 1 || layers > Config.Layers)
            throw new ArgumentException($"'layers' is {layers}; expected 1 to {Config.Layers}.", nameof(layers));
        if (tokens.Length == 0)
            throw new ArgumentException("'tokens' is empty; pass at least one, for example the one that begins every sequence.", nameof(tokens));
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)Config.Vocabulary)
                throw new ArgumentException($"'tokens' holds {token}; expected 0 to {Config.Vocabulary - 1}.", nameof(tokens));
        }
        if (_weights.Positions is not null && seen + length > Config.Context)
            throw new ArgumentException($"'tokens' reach position {seen + length}; the model has learned {Config.Context}. Pass fewer tokens.", nameof(tokens));
    }
}
