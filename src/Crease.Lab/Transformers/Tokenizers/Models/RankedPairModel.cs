namespace Crease.Lab;

/// <summary>Byte-pair encoding by a list of merges.</summary>
/// <remarks>Cost: O(n log n) for a word of n characters.</remarks>
internal sealed class RankedPairModel(Vocabulary vocabulary, RankedMerges merges, Fallback fallback, bool ignoreMerges) : ITokenModel
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids = vocabulary.Ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Encode(ReadOnlySpan<char> word, List<Part> parts)
    {
        if (ignoreMerges && _ids.TryGetValue(word, out int whole))
        {
            parts.Add(new Part(whole, 0, word.Length));
            return;
        }
        var start = new List<Part>(word.Length);
        for (int at = 0, width; at < word.Length; at += width)
        {
            width = EscapedText.Width(word, at);
            if (_ids.TryGetValue(word.Slice(at, width), out int id))
                start.Add(new Part(id, at, at + width));
            else
                fallback.Add(word, at, at + width, start);
        }
        // Symbols are counted in a scale of their own: bytes of one character share its place, but have a length each.
        var symbols = new List<Symbol>(start.Count);
        for (int i = 0; i < start.Count; i++)
            symbols.Add(new Symbol(start[i].Id, i, i + 1));
        PairMerging.Merge(word, symbols, merges.AsRule());
        foreach (Symbol symbol in symbols)
            parts.Add(new Part(symbol.Id, start[symbol.Start].Start, start[symbol.End - 1].End));
    }
}
