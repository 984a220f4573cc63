namespace Crease.Lab;

/// <summary>Finds a text as it stands.</summary>
internal sealed class StringPattern(string sought) : ITextPattern
{
    public void Find(ReadOnlySpan<char> text, List<TextMatch> matches)
    {
        int from = 0;
        while (sought.Length > 0 && text[from..].IndexOf(sought, StringComparison.Ordinal) is int skipped && skipped >= 0)
        {
            if (skipped > 0)
                matches.Add(new TextMatch(from, from + skipped, false));
            matches.Add(new TextMatch(from + skipped, from + skipped + sought.Length, true));
            from += skipped + sought.Length;
        }
        if (from < text.Length)
            matches.Add(new TextMatch(from, text.Length, false));
    }
}
