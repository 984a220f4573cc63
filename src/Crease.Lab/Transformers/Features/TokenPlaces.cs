namespace Crease.Lab;

/// <summary>Where the tokens of a text lie among the gate hyperplanes of each layer.</summary>
public sealed class TokenPlaces
{
    private readonly List<double>[] _signs, _distances;

    internal TokenPlaces(int layers)
    {
        _signs = [.. Enumerable.Range(0, layers).Select(_ => new List<double>())];
        _distances = [.. Enumerable.Range(0, layers).Select(_ => new List<double>())];
    }

    /// <summary>Number of layers that were run.</summary>
    public int Layers => _signs.Length;

    /// <summary>Number of tokens.</summary>
    public int Tokens => _signs[0].Count;

    /// <summary>Share of a token's positive gate units. In [0, 1].</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="token">Index of the token.</param>
    public double Sign(int layer, int token) => _signs[layer][token];

    /// <summary>Distance of a token to the nearest gate hyperplane, in the space of the perceptron's normed input; null where no unit has weights.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="token">Index of the token.</param>
    public double? Distance(int layer, int token) => _distances[layer][token] is var distance && double.IsNaN(distance) ? null : distance;

    /// <summary>The seven features of a layer over the first tokens.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="tokens">Number of tokens, 1 to all, or null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of tokens is out of its range.</exception>
    public LayerFeatures Features(int layer, int? tokens = null) => Prefix(layer, tokens ?? Tokens).Current;

    /// <summary>The seven features of a layer for the text up to each token. Shape [tokens].</summary>
    /// <param name="layer">Index of the layer.</param>
    public LayerFeatures[] FeaturesByPrefix(int layer)
    {
        var growing = new FeatureAccumulator();
        var features = new LayerFeatures[Tokens];
        for (int token = 0; token < features.Length; token++)
        {
            growing.Add(_signs[layer][token], _distances[layer][token]);
            features[token] = growing.Current;
        }
        return features;
    }

    internal void Add(int layer, double[] signs, double[] distances)
    {
        _signs[layer].AddRange(signs);
        _distances[layer].AddRange(distances);
    }

    private FeatureAccumulator Prefix(int layer, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, Tokens);
        var growing = new FeatureAccumulator();
        for (int token = 0; token < tokens; token++)
            growing.Add(_signs[layer][token], _distances[layer][token]);
        return growing;
    }
}
