namespace Crease.Lab;

/// <summary>A text as tokens, each with the part of the text that it stands for.</summary>
/// <remarks>
/// Places are in UTF-16 characters for a string and in bytes for UTF-8. A token that holds a part of a character (one byte of three) has
/// the place of the whole character, so that neighbours may overlap; a token that no text stands for (the begin token, an added space)
/// has an empty place.
/// </remarks>
public sealed class Tokenization
{
    private readonly int[] _ids, _starts, _ends;

    internal Tokenization(int[] ids, int[] starts, int[] ends) => (_ids, _starts, _ends) = (ids, starts, ends);

    /// <summary>How many tokens there are.</summary>
    public int Count => _ids.Length;

    /// <summary>Ids in the order of the text. Shape [tokens].</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>The first ids, or all where there are fewer.</summary>
    /// <param name="most">How many, from 0.</param>
    public int[] First(int most) => _ids[..Math.Min(most, _ids.Length)];

    /// <summary>Where each token starts in the text, inclusive. Shape [tokens].</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>Where each token ends in the text, exclusive. Shape [tokens].</summary>
    public ReadOnlySpan<int> Ends => _ends;
}
