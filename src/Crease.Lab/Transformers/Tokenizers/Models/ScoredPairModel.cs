namespace Crease.Lab;

/// <summary>Byte-pair encoding by scores: the neighbours whose joined text is the token of the highest score merge first.</summary>
/// <remarks>Source: SentencePiece (BPE) and llama2.c. Cost: O(n log n) for a word of n characters.</remarks>
internal sealed class ScoredPairModel(ScoredPieces pieces, Fallback fallback) : ITokenModel
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids = pieces.Ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Encode(ReadOnlySpan<char> word, List<Part> parts)
    {
        var symbols = new List<Symbol>(word.Length);
        for (int at = 0; at < word.Length;)
        {
            (int length, int kept) = pieces.Kept.Longest(word, at);
            int end = at + (length > 0 ? length : EscapedText.Width(word, at));
            bool known = _ids.TryGetValue(word[at..end], out int id);
            symbols.Add(new Symbol(length > 0 ? kept : known ? id : -1, at, end, length > 0));
            at = end;
        }
        Dictionary<string, int>? splits = pieces.HasUnused ? new Dictionary<string, int>(StringComparer.Ordinal) : null;
        PairMerging.Merge(word, symbols, new Rule(_ids, pieces, splits));
        foreach (Symbol symbol in symbols)
            Add(word, symbol, splits, parts);
    }

    // A piece that is out of use helps to build others; where it is left over it goes back into what it was made of.
    private void Add(ReadOnlySpan<char> word, Symbol symbol, Dictionary<string, int>? splits, List<Part> parts)
    {
        var open = new Stack<Symbol>([symbol]);
        while (open.TryPop(out Symbol top))
        {
            if (splits is not null && top.Id >= 0 && pieces.IsUnused(top.Id) && splits.TryGetValue(word[top.Start..top.End].ToString(), out int length))
            {
                int middle = top.Start + length;
                open.Push(Found(word, middle, top.End));
                open.Push(Found(word, top.Start, middle));
            }
            else if (top.Id >= 0)
            {
                parts.Add(new Part(top.Id, top.Start, top.End));
            }
            else
            {
                fallback.Add(word, top.Start, top.End, parts);
            }
        }
    }

    private Symbol Found(ReadOnlySpan<char> word, int start, int end) => new(_ids.TryGetValue(word[start..end], out int id) ? id : -1, start, end);

    private readonly struct Rule(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids, ScoredPieces pieces, Dictionary<string, int>? splits) : IMergeRule
    {
        public bool TryMerge(ReadOnlySpan<char> word, in Symbol left, in Symbol right, out int id, out uint order)
        {
            order = 0;
            id = -1;
            if (right.End - left.Start > pieces.Longest || !ids.TryGetValue(word[left.Start..right.End], out id))
                return false;
            order = Descending((float)pieces.Score(id));
            if (splits is not null && pieces.IsUnused(id))
                splits[word[left.Start..right.End].ToString()] = left.End - left.Start;
            return true;
        }

        // The bits of a float32 order as the number does, once negative ones are turned around; adding 0 makes one zero of two.
        private static uint Descending(float score)
        {
            uint bits = BitConverter.SingleToUInt32Bits(-score + 0f);
            return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
        }
    }
}
