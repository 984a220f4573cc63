namespace Crease.Lab;

/// <summary>The split whose tokens have the largest sum of scores, by Viterbi.</summary>
/// <remarks>Source: SentencePiece (unigram). Cost: O(n · length of the longest token) time, O(n) memory. Of splits with equal sums, the one whose
/// last token starts earliest, at every step.</remarks>
internal sealed class UnigramModel : ITokenModel
{
    /// <summary>Characters that a token may have.</summary>
    public const int LongestPiece = 1024;

    // What an unknown character costs more than the least likely token.
    private const double UnknownPenalty = 10;

    private readonly CharTrie _trie = new();
    private readonly ScoredPieces _pieces;
    private readonly Fallback _fallback;
    private readonly bool _single;

    /// <param name="pieces">Tokens.</param>
    /// <param name="fallback">What becomes of other characters.</param>
    /// <param name="single">Whether sums are kept in float32, as SentencePiece does; otherwise in float64.</param>
    public UnigramModel(ScoredPieces pieces, Fallback fallback, bool single)
    {
        (_pieces, _fallback, _single) = (pieces, fallback, single);
        foreach ((string text, int id) in pieces.Ids)
        {
            if (text.Length > LongestPiece)
                throw new InvalidDataException($"token {id} has {text.Length} characters; a unigram model may have {LongestPiece}");
            if (!pieces.IsUnused(id))
                _trie.Add(text, id);
        }
    }

    public void Encode(ReadOnlySpan<char> word, List<Part> parts)
    {
        var from = new int[word.Length + 1];
        var ids = new int[word.Length + 1];
        var sums = new double[word.Length + 1];
        Array.Fill(from, -1);
        for (int start = 0, width; start < word.Length; start += width)
        {
            width = EscapedText.Width(word, start);
            bool alone = false;
            int node = CharTrie.Root;
            for (int end = start; end < word.Length && _trie.TryNext(ref node, word[end]);)
            {
                end++;
                int id = _trie.Value(node);
                if (id < 0)
                    continue;
                Offer(start, end, id, Score(word[start..end], id));
                alone |= end - start == width;
            }
            if (!alone)
                Offer(start, start + width, -1, Rounded(_pieces.Lowest - UnknownPenalty));
        }
        Collect(word, from, ids, parts);

        void Offer(int start, int end, int id, double score)
        {
            double sum = Rounded(sums[start] + score);
            if (from[end] >= 0 && sum <= sums[end])
                return;
            (from[end], ids[end], sums[end]) = (start, id, sum);
        }
    }

    private void Collect(ReadOnlySpan<char> word, int[] from, int[] ids, List<Part> parts)
    {
        var path = new List<Part>();
        for (int end = word.Length; end > 0; end = from[end])
            path.Add(new Part(ids[end], from[end], end));
        for (int i = path.Count - 1; i >= 0; i--)
        {
            if (path[i].Id >= 0)
                parts.Add(path[i]);
            else
                _fallback.Add(word, path[i].Start, path[i].End, parts);
        }
    }

    private double Rounded(double sum) => _single ? (float)sum : sum;

    // Tokens that the user defined win over any split of theirs; the rule is SentencePiece's.
    private double Score(ReadOnlySpan<char> text, int id)
    {
        if (!_pieces.IsKept(id))
            return _pieces.Score(id);
        int bytes = 0;
        Span<byte> one = stackalloc byte[4];
        for (int at = 0; at < text.Length; at += EscapedText.Width(text, at))
            bytes += EscapedText.Encode(text, at, one);
        return Rounded((bytes * _pieces.Highest) - 0.1);
    }
}
