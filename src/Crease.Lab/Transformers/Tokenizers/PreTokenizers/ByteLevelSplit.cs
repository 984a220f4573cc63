namespace Crease.Lab;

/// <summary>Splits by the pattern of GPT-2, if asked to, and writes every byte as a character.</summary>
internal sealed class ByteLevelSplit(bool addsSpace, bool splits) : IPreTokenizer
{
    private static readonly PatternSplit Pattern = new(new RegexPattern(KnownPatterns.Gpt2, "ByteLevel"), SplitBehavior.Isolated, invert: false);

    public WordList Split(WordList words)
    {
        words = addsSpace ? Spaced(words) : words;
        words = splits ? Pattern.Split(words) : words;
        var builder = new SourceTextBuilder(words.Text.Text.Length);
        var made = new List<(int Start, int End)>(words.Words.Count);
        string text = words.Text.Text;
        Span<byte> bytes = stackalloc byte[4];
        foreach ((int start, int end) in words.Words)
        {
            int first = builder.Length;
            for (int at = start, width; at < end; at += width)
            {
                width = EscapedText.Width(text, at);
                int from = words.Text.Start(at), to = words.Text.End(at + width - 1);
                foreach (byte value in bytes[..EscapedText.Encode(text, at, bytes)])
                    builder.Append(ByteAlphabet.Character(value), from, to);
            }
            made.Add((first, builder.Length));
        }
        return new WordList(builder.Build(), made);
    }

    private static WordList Spaced(WordList words)
    {
        var builder = new SourceTextBuilder(words.Text.Text.Length + words.Words.Count);
        var made = new List<(int Start, int End)>(words.Words.Count);
        foreach ((int start, int end) in words.Words)
        {
            int first = builder.Length;
            if (words.Text.Text[start] != ' ')
                builder.Append(' ', words.Text.Start(start), words.Text.Start(start));
            builder.Copy(words.Text, start, end);
            made.Add((first, builder.Length));
        }
        return new WordList(builder.Build(), made);
    }
}
