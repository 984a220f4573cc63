namespace Crease.Lab;

/// <summary>Writes spaces as a visible mark, puts one before the text, and splits before each.</summary>
/// <param name="mark">The mark, usually U+2581.</param>
/// <param name="prefix">Whether a mark is put before words that have none: <c>always</c>, <c>never</c>, or <c>first</c> for the start of the source only.</param>
/// <param name="splits">Whether words are split.</param>
internal sealed class MetaspaceSplit(char mark, string prefix, bool splits) : IPreTokenizer
{
    private readonly PatternSplit _split = new(new StringPattern(mark.ToString()), SplitBehavior.MergedWithNext, invert: false);

    public WordList Split(WordList words)
    {
        var builder = new SourceTextBuilder(words.Text.Text.Length + 1);
        var made = new List<(int Start, int End)>(words.Words.Count);
        foreach ((int start, int end) in words.Words)
        {
            int first = builder.Length, source = words.Text.Start(start);
            char leading = words.Text.Text[start];
            if (leading != ' ' && leading != mark && (prefix == "always" || (prefix == "first" && source == 0)))
                builder.Append(mark, source, source);
            for (int at = start; at < end; at++)
                builder.Append(words.Text.Text[at] == ' ' ? mark : words.Text.Text[at], words.Text.Start(at), words.Text.End(at));
            made.Add((first, builder.Length));
        }
        var marked = new WordList(builder.Build(), made);
        return splits ? _split.Split(marked) : marked;
    }
}
