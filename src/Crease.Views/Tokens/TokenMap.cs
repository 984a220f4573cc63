namespace Crease.Views;

/// <summary>The tokens of a text, and where each lies among the gate hyperplanes of each layer.</summary>
public sealed class TokenMap
{
    private readonly double[] _signs, _distances;

    /// <summary>Makes a map.</summary>
    /// <param name="pieces">What to show of each token. Shape [tokens], at least one.</param>
    /// <param name="layers">Number of layers, at least 1.</param>
    /// <param name="signs">Share of positive gate units. Shape [layers, tokens], row-major; each in [0, 1].</param>
    /// <param name="distances">Distance to the nearest gate hyperplane, NaN where there is none. Shape [layers, tokens], row-major; each from 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a value is out of its range.</exception>
    public TokenMap(IReadOnlyList<TokenPiece> pieces, int layers, double[] signs, double[] distances)
    {
        if (pieces.Count < 1 || layers < 1 || signs.LongLength != (long)layers * pieces.Count || distances.Length != signs.Length)
            throw new ArgumentException($"There are {pieces.Count} tokens, {layers} layers, {signs.Length} signs and {distances.Length} distances; expected at least one token and layer, and [layers, tokens] numbers of each.", nameof(pieces));
        if (Array.FindIndex(signs, sign => !(sign is >= 0 and <= 1)) is int bad and >= 0)
            throw new ArgumentException(FormattableString.Invariant($"'signs' holds {signs[bad]} at index {bad}; expected a number in [0, 1]."), nameof(signs));
        if (Array.FindIndex(distances, distance => distance < 0 || double.IsInfinity(distance)) is int wrong and >= 0)
            throw new ArgumentException(FormattableString.Invariant($"'distances' holds {distances[wrong]} at index {wrong}; expected a finite number from 0, or NaN."), nameof(distances));
        (Pieces, Layers, _signs, _distances) = (pieces, layers, signs, distances);
    }

    /// <summary>What to show of each token. Shape [tokens].</summary>
    public IReadOnlyList<TokenPiece> Pieces { get; }

    /// <summary>Number of layers.</summary>
    public int Layers { get; }

    /// <summary>Number of tokens.</summary>
    public int Tokens => Pieces.Count;

    /// <summary>A quantity at the tokens of a layer. Shape [tokens]; NaN where it is not defined.</summary>
    /// <param name="quantity">Which.</param>
    /// <param name="layer">Index of the layer.</param>
    public ReadOnlySpan<double> Values(TokenQuantity quantity, int layer) => All(quantity).Slice(layer * Tokens, Tokens);

    internal ReadOnlySpan<double> All(TokenQuantity quantity) => quantity == TokenQuantity.Sign ? _signs : _distances;
}
