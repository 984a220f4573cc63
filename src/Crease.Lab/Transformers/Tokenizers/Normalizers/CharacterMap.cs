using System.Buffers.Binary;
using System.Text;

namespace Crease.Lab;

/// <summary>Normalization by a SentencePiece character map: the longest entry that the text goes on with is replaced.</summary>
/// <remarks>Source: SentencePiece, a double-array trie of UTF-8 followed by the texts that its values point at. Unlike Unicode's normal forms, marks
/// are composed only where the map lists the sequence. A walk is at most <see cref="LongestEntry"/> bytes long and never leaves the array.</remarks>
internal sealed class CharacterMap : INormalizer
{
    private const int LongestEntry = 256, LargestMap = 1 << 24;
    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <exception cref="InvalidDataException">The map is not whole.</exception>
    public CharacterMap(ReadOnlySpan<byte> blob, string place)
    {
        if (blob.Length is < 4 or > LargestMap)
            throw new InvalidDataException($"{place} has {blob.Length} bytes; expected 4 to {LargestMap}");
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(blob);
        if (size > blob.Length - 4 || size % 4 != 0 || size == 0)
            throw new InvalidDataException($"{place} says that its trie has {size} bytes; {blob.Length - 4} are there and a positive multiple of 4 is expected");
        _units = new uint[size / 4];
        for (int i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(blob[(4 + 4 * i)..]);
        _texts = blob[(4 + (int)size)..].ToArray();
    }

    public SourceText Normalize(SourceText text)
    {
        var builder = new SourceTextBuilder(text.Text.Length);
        for (int at = 0, width; at < text.Text.Length; at += width)
        {
            (width, string? replaced) = At(text.Text, at);
            if (replaced is null)
                builder.Copy(text, at, at + width);
            else
                builder.Append(replaced, text.Start(at), text.End(at + width - 1));
        }
        return builder.Build();
    }

    /// <summary>How many characters are taken at a place, and what they become; null where they stay.</summary>
    public (int Width, string? Replaced) At(ReadOnlySpan<char> text, int at)
    {
        int found = -1, length = 0, read = 0;
        uint node = Offset(_units[0]);
        Span<byte> bytes = stackalloc byte[4];
        for (int end = at; end < text.Length && read < LongestEntry;)
        {
            int count = EscapedText.Encode(text, end, bytes), width = EscapedText.Width(text, end);
            for (int i = 0; i < count; i++)
            {
                byte value = bytes[i];
                node ^= value;
                if (value == 0 || node >= _units.Length || (_units[node] & 0x800000FF) != value)
                    return Result(text, at, found, length);
                uint unit = _units[node];
                node ^= Offset(unit);
                read++;
                if (i == count - 1 && (unit >> 8 & 1) != 0 && node < _units.Length)
                    (found, length) = ((int)(_units[node] & 0x7FFFFFFF), end + width - at);
            }
            end += width;
        }
        return Result(text, at, found, length);
    }

    private (int Width, string? Replaced) Result(ReadOnlySpan<char> text, int at, int found, int length)
    {
        if (found < 0 || found >= _texts.Length)
            return (EscapedText.Width(text, at), null);
        ReadOnlySpan<byte> rest = _texts.AsSpan(found, Math.Min(LongestEntry, _texts.Length - found));
        int end = rest.IndexOf((byte)0);
        return (length, Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]));
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);
}
