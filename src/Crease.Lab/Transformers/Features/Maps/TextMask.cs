using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Hides what a text says and leaves its shape: words become dots, spaces and the signs between words stay.</summary>
public static class TextMask
{
    private const char Dot = '•';

    /// <summary>Masks a text.</summary>
    /// <param name="text">Any string.</param>
    /// <returns>As many UTF-16 characters. Letters, digits, symbols and everything that is neither space nor punctuation is a dot, and so is punctuation inside a word.</returns>
    public static string Of(string text)
    {
        var masked = text.ToCharArray();
        var inside = new bool[text.Length];
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            inside.AsSpan(at, rune.Utf16SequenceLength).Fill(IsOfWord(rune));
            at += rune.Utf16SequenceLength;
        }
        for (int i = 0; i < masked.Length; i++)
        {
            // A sign between letters often stands for one.
            if (inside[i] || !char.IsWhiteSpace(text[i]) && IsBetween(text, inside, i))
                masked[i] = Dot;
        }
        return new string(masked);
    }

    private static bool IsBetween(string text, bool[] inside, int at)
    {
        int before = at - 1, after = at + 1;
        while (before >= 0 && !inside[before] && !char.IsWhiteSpace(text[before]))
            before--;
        while (after < text.Length && !inside[after] && !char.IsWhiteSpace(text[after]))
            after++;
        return before >= 0 && after < text.Length && inside[before] && inside[after];
    }

    private static bool IsOfWord(Rune rune) => !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation
        or UnicodeCategory.Control);
}
