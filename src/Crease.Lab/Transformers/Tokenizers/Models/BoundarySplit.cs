namespace Crease.Lab;

/// <summary>Cuts long text before runs of a space mark, where no token can reach across, so that words can be remembered one by one.</summary>
/// <remarks>Exactness: exact. Merging joins only neighbours whose joined text is a token; where no token holds another character followed by the
/// mark, nothing ever merges across such a place, and both sides merge as they would alone.</remarks>
internal sealed class BoundarySplit(ITokenModel model, char mark) : ITokenModel
{
    /// <summary>The model itself, or cut and cached where that changes nothing.</summary>
    public static ITokenModel Over(ITokenModel model, IEnumerable<string> tokens, char mark, bool fuses)
    {
        // Fused unknown tokens would reach across a cut.
        bool crosses = fuses || tokens.Any(token => Boundary(token, 0, mark) < token.Length);
        return crosses ? model : new BoundarySplit(new WordCache(model), mark);
    }

    public void Encode(ReadOnlySpan<char> word, List<Part> parts)
    {
        for (int start = 0; start < word.Length;)
        {
            int end = Boundary(word, start, mark), first = parts.Count;
            model.Encode(word[start..end], parts);
            for (int i = first; i < parts.Count; i++)
                parts[i] = new Part(parts[i].Id, parts[i].Start + start, parts[i].End + start);
            start = end;
        }
    }

    private static int Boundary(ReadOnlySpan<char> text, int start, char mark)
    {
        int at = start;
        while (at < text.Length && text[at] == mark)
            at++;
        int rest = text[at..].IndexOf(mark);
        return rest < 0 ? text.Length : at + rest;
    }
}
