namespace Crease.Lab;

/// <summary>Splits text into words, and may rewrite it.</summary>
internal interface IPreTokenizer
{
    WordList Split(WordList words);
}
