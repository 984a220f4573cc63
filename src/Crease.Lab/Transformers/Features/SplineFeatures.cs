using TorchSharp;

namespace Crease.Lab;

/// <summary>Measures texts by the gates of a language model: prepare once, measure often.</summary>
/// <remarks>Cost: one pass through the blocks, and tokens · perceptron width more per layer. Texts may be measured side by side where the model's passes may.</remarks>
public sealed class SplineFeatures : IDisposable
{
    private readonly LanguageModel _model;
    private readonly GateMeasure[] _gates;

    /// <summary>Prepares the measurement of the first layers.</summary>
    /// <param name="model">The model; in use as long as this object is.</param>
    /// <param name="layers">Number of layers to run and measure, 1 to all, or null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of layers is out of its range.</exception>
    public SplineFeatures(LanguageModel model, int? layers = null)
    {
        int measured = layers ?? model.Config.Layers;
        ArgumentOutOfRangeException.ThrowIfLessThan(measured, 1, nameof(layers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(measured, model.Config.Layers, nameof(layers));
        _model = model;
        _gates = [.. Enumerable.Range(0, measured).Select(layer => new GateMeasure(model.Block(layer).Gate.Weight, model.StatisticsType))];
    }

    /// <summary>Number of layers that are run and measured.</summary>
    public int Layers => _gates.Length;

    /// <summary>Measures a text.</summary>
    /// <param name="tokens">Ids, at least one.</param>
    /// <exception cref="ArgumentException">A token is out of its range, or learned positions do not reach that far.</exception>
    public TokenPlaces Of(ReadOnlySpan<int> tokens)
    {
        var places = new TokenPlaces(Layers);
        Continue(places, tokens, null);
        return places;
    }

    /// <summary>Measures texts of as many tokens at once.</summary>
    /// <param name="texts">Ids. Shape [texts][tokens], at least one of each.</param>
    /// <returns>Places of the tokens of each text; they differ from those of one text at a time by rounding only.</returns>
    /// <exception cref="ArgumentException">The texts are of different lengths, a token is out of its range, or learned positions do not reach that far.</exception>
    public TokenPlaces[] OfTexts(IReadOnlyList<int[]> texts)
    {
        TokenPlaces[] places = [.. texts.Select(_ => new TokenPlaces(Layers))];
        _model.RunTexts(texts, new Tap(_gates, places), Layers);
        return places;
    }

    /// <summary>Measures more tokens of a text.</summary>
    /// <param name="places">The text so far, as <see cref="Start"/> or earlier calls left it.</param>
    /// <param name="tokens">Ids that follow, at least one.</param>
    /// <param name="cache">The cache of the earlier calls, or null where these are the first and only tokens.</param>
    /// <exception cref="ArgumentException">A token is out of its range, or learned positions do not reach that far.</exception>
    public void Continue(TokenPlaces places, ReadOnlySpan<int> tokens, KeyValueCache? cache) =>
        _model.Run(tokens, new Tap(_gates, [places]), Layers, cache);

    /// <summary>A text without tokens, to be continued.</summary>
    public TokenPlaces Start() => new(Layers);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GateMeasure gate in _gates)
            gate.Dispose();
    }

    private sealed class Tap(GateMeasure[] gates, TokenPlaces[] places) : IBlockTap
    {
        public BlockTaps Wanted => BlockTaps.GatePreactivation;

        public void Take(int layer, BlockTaps tap, torch.Tensor value)
        {
            (double[] signs, double[] distances) = gates[layer].Of(value);
            int tokens = signs.Length / places.Length;
            for (int text = 0; text < places.Length; text++)
                places[text].Add(layer, signs[(text * tokens)..((text + 1) * tokens)], distances[(text * tokens)..((text + 1) * tokens)]);
        }
    }
}
