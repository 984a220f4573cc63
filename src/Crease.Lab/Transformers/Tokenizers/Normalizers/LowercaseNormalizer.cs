using System.Text;

namespace Crease.Lab;

/// <summary>Small letters, each character by itself.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    public SourceText Normalize(SourceText text)
    {
        var builder = new SourceTextBuilder(text.Text.Length);
        Span<char> units = stackalloc char[2];
        for (int at = 0, width; at < text.Text.Length; at += width)
        {
            width = EscapedText.Width(text.Text, at);
            int start = text.Start(at), end = text.End(at + width - 1);
            // The only letter whose small form, in Unicode's full mapping, is two characters.
            if (text.Text[at] == '\u0130')
                builder.Append("i\u0307", start, end);
            else if (Rune.TryGetRuneAt(text.Text, at, out Rune rune))
                builder.Append(units[..Rune.ToLowerInvariant(rune).EncodeToUtf16(units)], start, end);
            else
                builder.Append(text.Text[at], start, end);
        }
        return builder.Build();
    }
}
