using System.Text;

namespace Crease.Lab;

/// <summary>Text that can also hold bytes that are no UTF-8: byte b is the lone surrogate U+DC00 + b, which no valid text contains.</summary>
internal static class EscapedText
{
    /// <summary>How many UTF-16 characters the code point at a place takes: 1 or 2.</summary>
    public static int Width(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    /// <summary>Bytes of the code point or raw byte at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">A place where a code point starts.</param>
    /// <param name="bytes">At least 4 bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Encode(ReadOnlySpan<char> text, int at, Span<byte> bytes)
    {
        char first = text[at];
        if (first < 0x80)
        {
            bytes[0] = (byte)first;
            return 1;
        }
        if (first is >= '\uDC00' and <= '\uDCFF')
        {
            bytes[0] = (byte)(first - 0xDC00);
            return 1;
        }
        Rune.DecodeFromUtf16(text[at..], out Rune rune, out _);
        return rune.EncodeToUtf8(bytes);
    }

    public static byte[] Bytes(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> one = stackalloc byte[4];
        for (int at = 0; at < text.Length; at += Width(text, at))
            bytes.AddRange(one[..Encode(text, at, one)]);
        return [.. bytes];
    }

    public static string Text(ReadOnlySpan<byte> bytes) => SourceText.Of(bytes).Text;

    /// <summary>A string with U+FFFD for every surrogate without its partner.</summary>
    public static string Valid(string text)
    {
        char[]? changed = null;
        for (int at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (Width(text, at) == 2)
                at++;
            else
                (changed ??= text.ToCharArray())[at] = '\uFFFD';
        }
        return changed is null ? text : new string(changed);
    }
}
