namespace Crease.Lab;

/// <summary>Replaces what a pattern finds.</summary>
internal sealed class ReplaceNormalizer(ITextPattern pattern, string content) : INormalizer
{
    public SourceText Normalize(SourceText text)
    {
        var matches = new List<TextMatch>();
        pattern.Find(text.Text, matches);
        if (!matches.Exists(match => match.IsMatch))
            return text;
        // Content may be longer than what it replaces; many matches must not grow a text without bound.
        if ((long)matches.Count * content.Length > Vocabulary.MostCharacters)
            throw new InvalidDataException($"a replacement of {content.Length} characters is made {matches.Count} times in one text; {Vocabulary.MostCharacters} new characters are accepted");
        var builder = new SourceTextBuilder(text.Text.Length);
        foreach (TextMatch match in matches)
        {
            if (!match.IsMatch)
                builder.Copy(text, match.Start, match.End);
            else if (match.End > match.Start)
                builder.Append(content, text.Start(match.Start), text.End(match.End - 1));
            else
                builder.Append(content, text.Start(match.Start), text.Start(match.Start));
        }
        return builder.Build();
    }
}
