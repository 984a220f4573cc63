namespace Crease.Lab;

/// <summary>Says which neighbours merge, and in which order.</summary>
internal interface IMergeRule
{
    /// <summary>Whether two neighbours merge.</summary>
    /// <param name="word">The word.</param>
    /// <param name="left">The left neighbour; not frozen.</param>
    /// <param name="right">The right neighbour; not frozen.</param>
    /// <param name="id">The token that they become.</param>
    /// <param name="order">Smaller merges first; the leftmost among equals.</param>
    bool TryMerge(ReadOnlySpan<char> word, in Symbol left, in Symbol right, out int id, out uint order);
}
