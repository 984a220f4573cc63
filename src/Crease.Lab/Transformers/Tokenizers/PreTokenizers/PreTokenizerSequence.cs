namespace Crease.Lab;

/// <summary>Pre-tokenizers one after another, each on the words of the one before.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> parts) : IPreTokenizer
{
    public WordList Split(WordList words)
    {
        foreach (IPreTokenizer part in parts)
            words = part.Split(words);
        return words;
    }
}
