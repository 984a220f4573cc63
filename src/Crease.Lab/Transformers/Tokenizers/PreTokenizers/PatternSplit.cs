namespace Crease.Lab;

/// <summary>Splits every word where a pattern matches.</summary>
internal sealed class PatternSplit(ITextPattern pattern, SplitBehavior behavior, bool invert) : IPreTokenizer
{
    public WordList Split(WordList words)
    {
        var made = new List<(int Start, int End)>(words.Words.Count);
        var matches = new List<TextMatch>();
        var parts = new List<TextMatch>();
        foreach ((int start, int end) in words.Words)
        {
            matches.Clear();
            pattern.Find(words.Text.Text.AsSpan(start, end - start), matches);
            if (invert)
            {
                for (int i = 0; i < matches.Count; i++)
                    matches[i] = matches[i] with { IsMatch = !matches[i].IsMatch };
            }
            parts.Clear();
            Join(matches, parts);
            foreach (TextMatch part in parts)
            {
                if (part.End > part.Start)
                    made.Add((start + part.Start, start + part.End));
            }
        }
        return words with { Words = made };
    }

    private void Join(List<TextMatch> matches, List<TextMatch> parts)
    {
        bool before = false;
        switch (behavior)
        {
            case SplitBehavior.Removed:
                parts.AddRange(matches.Where(match => !match.IsMatch));
                return;
            case SplitBehavior.Isolated:
                parts.AddRange(matches);
                return;
            case SplitBehavior.MergedWithNext:
                for (int i = matches.Count - 1; i >= 0; i--)
                {
                    if (matches[i].IsMatch && !before && parts.Count > 0)
                        parts[^1] = parts[^1] with { Start = matches[i].Start };
                    else
                        parts.Add(matches[i]);
                    before = matches[i].IsMatch;
                }
                parts.Reverse();
                return;
            default:
                foreach (TextMatch match in matches)
                {
                    bool joins = behavior == SplitBehavior.Contiguous ? match.IsMatch == before : match.IsMatch && !before;
                    if (joins && parts.Count > 0)
                        parts[^1] = parts[^1] with { End = match.End };
                    else
                        parts.Add(match);
                    before = match.IsMatch;
                }
                return;
        }
    }
}
