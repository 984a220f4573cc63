using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>Finds single characters of a kind.</summary>
internal sealed class CharacterPattern(Func<Rune, bool> accepts) : ITextPattern
{
    public static CharacterPattern WhiteSpace { get; } = new(Rune.IsWhiteSpace);

    /// <summary>Digits and other numerals.</summary>
    public static CharacterPattern Numeric { get; } = new(Rune.IsNumber);

    /// <summary>Unicode's punctuation and all of ASCII's, which has symbols among it.</summary>
    public static CharacterPattern Punctuation { get; } = new(rune => Rune.IsPunctuation(rune) || (rune.IsAscii && Rune.IsSymbol(rune)));

    /// <summary>Characters of words: letters, marks, decimal digits, letter numbers, connectors and joiners.</summary>
    public static bool IsWord(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;

    public void Find(ReadOnlySpan<char> text, List<TextMatch> matches)
    {
        int from = 0;
        for (int at = 0, width; at < text.Length; at += width)
        {
            width = EscapedText.Width(text, at);
            if (Rune.DecodeFromUtf16(text[at..], out Rune rune, out _) != System.Buffers.OperationStatus.Done || !accepts(rune))
                continue;
            if (at > from)
                matches.Add(new TextMatch(from, at, false));
            matches.Add(new TextMatch(at, at + width, true));
            from = at + width;
        }
        if (from < text.Length)
            matches.Add(new TextMatch(from, text.Length, false));
    }
}
