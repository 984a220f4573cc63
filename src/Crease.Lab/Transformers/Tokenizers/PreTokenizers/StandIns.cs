using System.Buffers;
using System.Globalization;
using System.Text;

namespace Crease.Lab;

/// <summary>A text with one UTF-16 unit per code point, so that a .NET pattern sees what the reference patterns see.</summary>
/// <remarks>.NET matches a character beyond U+FFFF as two surrogates, of a category of their own; here a rare character of the same category stands for it.
/// A pattern that asks for categories sees no difference; one that names such characters is refused when it is read.</remarks>
internal static class StandIns
{
    private static readonly SearchValues<char> High = SearchValues.Create([.. Enumerable.Range(0xD800, 0x400).Select(value => (char)value)]);

    // One per general category, in the order of UnicodeCategory; white space and controls are all below U+10000.
    private const string ByCategory = "\u10A0\u1D00\u1F88\uA4F8\uA4D0\uABED\uABEC\u20DD\uABF0\uA6E6\uA830\u2028\u2028\u2028\u0001\u2061\uDC00\uE000\u203F\u2E3A\u2E22\u2E23\u2E02\u2E03\uA6F2\u2A00\uA838\uA700\uA836\u0378";

    public static bool Needed(ReadOnlySpan<char> text) => text.ContainsAny(High);

    public static char Of(UnicodeCategory category) => ByCategory[(int)category];

    /// <summary>The text of stand-ins, and the place of each of its characters in the text, with the end last.</summary>
    public static (char[] Text, int[] Places) Project(ReadOnlySpan<char> text)
    {
        var projected = new List<char>(text.Length);
        var places = new List<int>(text.Length + 1);
        for (int at = 0, width; at < text.Length; at += width)
        {
            width = EscapedText.Width(text, at);
            places.Add(at);
            projected.Add(width == 1 ? text[at] : Of(Rune.GetUnicodeCategory(new Rune(text[at], text[at + 1]))));
        }
        places.Add(text.Length);
        return ([.. projected], [.. places]);
    }
}
