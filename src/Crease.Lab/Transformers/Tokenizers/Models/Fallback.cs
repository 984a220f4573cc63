using System.Text;

namespace Crease.Lab;

/// <summary>What becomes of a character that the vocabulary does not have.</summary>
/// <param name="Bytes">Id of each byte's token, -1 where there is none; null without byte fallback.</param>
/// <param name="Unknown">The unknown token, or null: then the character is left out.</param>
/// <param name="Fuse">Whether neighbouring unknown characters become one token.</param>
internal sealed record Fallback(int[]? Bytes, int? Unknown, bool Fuse)
{
    /// <summary>Appends the tokens of one character or raw byte.</summary>
    public void Add(ReadOnlySpan<char> word, int start, int end, List<Part> parts)
    {
        if (Bytes is not null && AddBytes(word, start, end, parts))
            return;
        if (Unknown is not int unknown)
            return;
        if (Fuse && parts.Count > 0 && parts[^1].Id == unknown && parts[^1].End == start)
            parts[^1] = parts[^1] with { End = end };
        else
            parts.Add(new Part(unknown, start, end));
    }

    private bool AddBytes(ReadOnlySpan<char> word, int start, int end, List<Part> parts)
    {
        int first = parts.Count;
        Span<byte> bytes = stackalloc byte[4];
        for (int at = start; at < end; at += EscapedText.Width(word, at))
        {
            foreach (byte value in bytes[..EscapedText.Encode(word, at, bytes)])
            {
                // All bytes or none: half a character says nothing.
                if (Bytes![value] < 0)
                {
                    parts.RemoveRange(first, parts.Count - first);
                    return false;
                }
                parts.Add(new Part(Bytes[value], start, end));
            }
        }
        return true;
    }
}
