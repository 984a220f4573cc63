namespace Crease.Lab;

/// <summary>Collects tokens with their places in the source.</summary>
internal sealed class TokenizationBuilder
{
    private readonly List<int> _ids = [], _starts = [], _ends = [];

    public void Add(int id, int start, int end)
    {
        _ids.Add(id);
        _starts.Add(start);
        _ends.Add(end);
    }

    /// <summary>Adds the tokens of a word that starts at a character of the text.</summary>
    public void Add(SourceText text, int word, List<Part> parts)
    {
        foreach (Part part in parts)
            Add(part.Id, text.Start(word + part.Start), text.End(word + Math.Max(part.Start, part.End - 1)));
    }

    public Tokenization Build() => new([.. _ids], [.. _starts], [.. _ends]);
}
