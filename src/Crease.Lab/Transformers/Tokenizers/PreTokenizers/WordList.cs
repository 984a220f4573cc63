namespace Crease.Lab;

/// <summary>A text and the words in it, in order; what lies between them is dropped.</summary>
internal sealed record WordList(SourceText Text, IReadOnlyList<(int Start, int End)> Words)
{
    public static WordList Of(SourceText text) => new(text, text.Text.Length == 0 ? [] : [(0, text.Text.Length)]);
}
