using System.Collections.Concurrent;

namespace Crease.Lab;

/// <summary>Remembers the tokens of short words, which come again and again; safe for many threads.</summary>
/// <remarks>It stops taking words when full: memory stays bounded, and what it answers is what the model would have.</remarks>
internal sealed class WordCache(ITokenModel model) : ITokenModel
{
    private const int MostWords = 1 << 16, LongestWord = 48;
    private readonly ConcurrentDictionary<string, Part[]> _words = new(StringComparer.Ordinal);
    private int _count;

    public void Encode(ReadOnlySpan<char> word, List<Part> parts)
    {
        ConcurrentDictionary<string, Part[]>.AlternateLookup<ReadOnlySpan<char>> words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (word.Length <= LongestWord && words.TryGetValue(word, out Part[]? known))
        {
            parts.AddRange(known);
            return;
        }
        int first = parts.Count;
        model.Encode(word, parts);
        if (word.Length <= LongestWord && Volatile.Read(ref _count) < MostWords && words.TryAdd(word, [.. parts[first..]]))
            Interlocked.Increment(ref _count);
    }
}
