using Crease.Views;

namespace Crease.Lab;

/// <summary>Token maps of measured texts.</summary>
public static class TokenMaps
{
    /// <summary>The map of a text.</summary>
    /// <param name="tokenizer">What split the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="places">Places of its tokens, or of its first ones.</param>
    /// <param name="isMasked">Whether words are dots: neither the map nor a page of it then holds them.</param>
    /// <exception cref="ArgumentException">The text has fewer tokens than were measured, or none was.</exception>
    public static TokenMap Of(Tokenizer tokenizer, string text, TokenPlaces places, bool isMasked)
    {
        Tokenization tokens = tokenizer.Encode(text);
        if (places.Tokens > tokens.Count)
            throw new ArgumentException($"'places' has {places.Tokens} tokens, the text {tokens.Count}; they do not belong together.", nameof(places));
        int count = places.Tokens, layers = places.Layers;
        var signs = new double[layers * count];
        var distances = new double[layers * count];
        for (int layer = 0; layer < layers; layer++)
        {
            for (int token = 0; token < count; token++)
            {
                signs[layer * count + token] = places.Sign(layer, token);
                distances[layer * count + token] = places.Distance(layer, token) ?? double.NaN;
            }
        }
        return new TokenMap(Pieces(tokenizer, isMasked ? TextMask.Of(text) : text, tokens, count, isMasked), layers, signs, distances);
    }

    private static TokenPiece[] Pieces(Tokenizer tokenizer, string shown, Tokenization tokens, int count, bool isMasked)
    {
        var pieces = new TokenPiece[count];
        int reached = 0;
        for (int token = 0; token < count; token++)
        {
            // Tokens of one character share its place; the first of them shows it.
            int start = Math.Max(tokens.Starts[token], reached), end = Math.Max(tokens.Ends[token], start);
            int id = tokens.Ids[token];
            string before = tokens.Starts[token] > reached ? shown[reached..tokens.Starts[token]] : "";
            pieces[token] = new TokenPiece(shown[start..end])
            {
                Before = before,
                Name = start < end ? null : isMasked && !IsControl(tokenizer, id) ? "•" : Name(tokenizer.TokenText(id)),
            };
            reached = Math.Max(reached, end);
        }
        return pieces;
    }

    private static bool IsControl(Tokenizer tokenizer, int id) => tokenizer.IsSpecial(id) || id == tokenizer.BeginId || id == tokenizer.EndId;

    // A token that no text stands for is often a space that the tokenizer adds.
    private static string Name(string token) => token.Trim() is { Length: > 0 } name ? name : "␣";
}
