using System.Text;

namespace Crease.Lab;

/// <summary>A text with the place in the source that each of its characters came from.</summary>
internal sealed class SourceText
{
    // Null where character i came from place [i, i + 1) plus the shift.
    private readonly int[]? _starts, _ends;
    private readonly int _shift;

    public SourceText(string text, int[]? starts, int[]? ends, int shift = 0) => (Text, _starts, _ends, _shift) = (text, starts, ends, shift);

    /// <summary>UTF-16, with raw bytes as lone surrogates; see <see cref="EscapedText"/>.</summary>
    public string Text { get; }

    public static SourceText Of(string text) => new(EscapedText.Valid(text), null, null);

    public static SourceText Of(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
            return new SourceText(Encoding.ASCII.GetString(utf8), null, null);
        var builder = new SourceTextBuilder(utf8.Length);
        Span<char> units = stackalloc char[2];
        for (int at = 0; at < utf8.Length;)
        {
            if (Rune.DecodeFromUtf8(utf8[at..], out Rune rune, out int count) == System.Buffers.OperationStatus.Done)
            {
                foreach (char unit in units[..rune.EncodeToUtf16(units)])
                    builder.Append(unit, at, at + count);
                at += count;
                continue;
            }
            for (int end = at + count; at < end; at++)
                builder.Append((char)(0xDC00 + utf8[at]), at, at + 1);
        }
        return builder.Build();
    }

    public int Start(int at) => _starts is null ? _shift + at : at < _starts.Length ? _starts[at] : End(at);

    public int End(int at) => _ends is null ? _shift + at + 1 : _ends.Length == 0 ? _shift : _ends[Math.Min(at, _ends.Length - 1)];

    public SourceText Slice(int start, int end) => start == 0 && end == Text.Length
        ? this
        : _starts is null ? new SourceText(Text[start..end], null, null, _shift + start) : new SourceText(Text[start..end], _starts[start..end], _ends![start..end], start < _starts.Length ? _starts[start] : 0);
}
