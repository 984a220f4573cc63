namespace Crease.Lab;

/// <summary>Turns one word into tokens.</summary>
internal interface ITokenModel
{
    /// <summary>Appends the tokens of a word; places are relative to the word.</summary>
    void Encode(ReadOnlySpan<char> word, List<Part> parts);
}
