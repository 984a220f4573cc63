using System.Buffers;
using System.Text;

namespace Crease.Lab;

/// <summary>Finds added tokens in a text: the leftmost, and there the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly CharTrie _trie = new();
    private readonly Dictionary<int, AddedToken> _tokens = [];
    private readonly SearchValues<char> _first;

    /// <param name="tokens">Tokens, each with the text to look for.</param>
    public AddedTokenFinder(IEnumerable<(AddedToken Token, string Sought)> tokens)
    {
        var first = new HashSet<char>();
        foreach ((AddedToken token, string sought) in tokens)
        {
            if (sought.Length == 0)
                continue;
            _tokens[token.Id] = token;
            _trie.Add(sought, token.Id);
            first.Add(sought[0]);
        }
        _first = SearchValues.Create([.. first]);
    }

    /// <summary>Cuts a text into stretches: the id of a token, or -1 for text between tokens.</summary>
    public List<(int Id, int Start, int End)> Split(string text)
    {
        var stretches = new List<(int Id, int Start, int End)>();
        int from = 0;
        for (int at = 0; at < text.Length;)
        {
            int skipped = text.AsSpan(at).IndexOfAny(_first);
            if (skipped < 0)
                break;
            at += skipped;
            (int length, int id) = _trie.Longest(text, at);
            if (length == 0)
            {
                at++;
                continue;
            }
            int start = at, end = at + length;
            at = end;
            AddedToken token = _tokens[id];
            if (token.SingleWord && (EndsWithWord(text.AsSpan(0, start)) || StartsWithWord(text.AsSpan(end))))
                continue;
            while (token.StripsLeft && start > from && char.IsWhiteSpace(text[start - 1]))
                start--;
            while (token.StripsRight && end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            // White space that this token would take may have gone to the token before.
            start = Math.Max(start, from);
            if (start > from)
                stretches.Add((-1, from, start));
            stretches.Add((id, start, Math.Max(start, end)));
            from = end;
            at = Math.Max(at, end);
        }
        if (from < text.Length)
            stretches.Add((-1, from, text.Length));
        return stretches;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && CharacterPattern.IsWord(rune);

    private static bool StartsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && CharacterPattern.IsWord(rune);
}
