using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Long documents that each hide a short labeled text at a random place: data that tell whether features see a part of a text.</summary>
/// <remarks>Source: Balestriero, Cosentino and Shekkizhar (<c>balestriero2024characterizing</c>). The same seed and texts give the same documents.</remarks>
public static class NeedleCorpus
{
    /// <summary>Hides a text.</summary>
    /// <param name="tokenizer">Splits both texts, and joins them again. One of conversations leaves room for what its template puts around them.</param>
    /// <param name="needle">The short text.</param>
    /// <param name="document">The long text.</param>
    /// <param name="mostTokens">Tokens of the result, more than the needle has; the document is cut to what is left.</param>
    /// <param name="random">Chooses the place, uniform over all between two tokens.</param>
    /// <returns>The document, and its partner without the needle: a difference between both is not their length.</returns>
    /// <exception cref="ArgumentException">The needle is empty, or leaves no room for the document.</exception>
    public static HiddenNeedle Hide(Tokenizer tokenizer, string needle, string document, int mostTokens, RandomSource random)
    {
        if (tokenizer.Plain != tokenizer)
        {
            mostTokens -= tokenizer.Encode(needle).Count - tokenizer.Plain.Encode(needle, specials: false).Count;
            tokenizer = tokenizer.Plain;
        }
        int[] hidden = tokenizer.Encode(needle, specials: false).Ids.ToArray(), whole = tokenizer.Encode(document, specials: false).Ids.ToArray();
        if (hidden.Length == 0 || hidden.Length >= mostTokens)
            throw new ArgumentException($"'needle' has {hidden.Length} tokens; expected 1 to {Math.Max(0, mostTokens - 1)}, fewer than 'mostTokens'.", nameof(needle));
        int[] around = whole[..Math.Min(whole.Length, mostTokens - hidden.Length)];
        int position = random.Index(around.Length + 1);
        // Texts and not tokens are joined: a decoder may read bytes of two texts as one character.
        string text = string.Join(' ', new[] { tokenizer.Decode(around.AsSpan(0, position)), tokenizer.Decode(hidden), tokenizer.Decode(around.AsSpan(position)) }.Where(part => part.Length > 0));
        int tokens = hidden.Length + around.Length;
        return new HiddenNeedle(text, tokenizer.Decode(whole.AsSpan(0, Math.Min(whole.Length, tokens))), position, hidden.Length, tokens);
    }
}
