namespace Crease.Lab;

/// <summary>Finds places in text.</summary>
internal interface ITextPattern
{
    /// <summary>Appends matches and what lies between them, in order, covering the whole text.</summary>
    void Find(ReadOnlySpan<char> text, List<TextMatch> matches);
}
