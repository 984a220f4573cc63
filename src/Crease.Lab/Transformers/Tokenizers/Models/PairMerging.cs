namespace Crease.Lab;

/// <summary>Merges neighbours, the first in order first, until none can be merged.</summary>
/// <remarks>Cost: O(n log n) time and O(n) memory for n symbols. Merging is only ever between neighbours, so a heap of candidate pairs whose stale
/// entries are passed over gives the same result as looking through all pairs again after every merge.</remarks>
internal static class PairMerging
{
    /// <summary>Replaces the symbols of a word by the merged ones.</summary>
    public static void Merge<TRule>(ReadOnlySpan<char> word, List<Symbol> symbols, TRule rule)
        where TRule : IMergeRule
    {
        int count = symbols.Count;
        if (count < 2)
            return;
        Symbol[] all = [.. symbols];
        int[] next = new int[count], previous = new int[count];
        var heap = new PriorityQueue<Candidate, ulong>(count);
        for (int i = 0; i < count; i++)
            (next[i], previous[i]) = (i + 1, i - 1);
        for (int i = 0; i + 1 < count; i++)
            Push(word, all, i, i + 1, rule, heap);
        while (heap.TryDequeue(out Candidate best, out _))
        {
            // A merged-away symbol has no length; one that grew has another.
            Symbol left = all[best.Left], right = all[best.Right];
            if (left.Start == left.End || right.Start == right.End || right.End - left.Start != best.Length || next[best.Left] != best.Right)
                continue;
            all[best.Left] = new Symbol(best.Id, left.Start, right.End);
            all[best.Right] = new Symbol(-1, right.End, right.End);
            int after = next[best.Right];
            next[best.Left] = after;
            if (after < count)
            {
                previous[after] = best.Left;
                Push(word, all, best.Left, after, rule, heap);
            }
            if (previous[best.Left] >= 0)
                Push(word, all, previous[best.Left], best.Left, rule, heap);
        }
        symbols.Clear();
        for (int i = 0; i < count; i = next[i])
            symbols.Add(all[i]);
    }

    private static void Push<TRule>(ReadOnlySpan<char> word, Symbol[] all, int left, int right, TRule rule, PriorityQueue<Candidate, ulong> heap)
        where TRule : IMergeRule
    {
        if (!all[left].Frozen && !all[right].Frozen && rule.TryMerge(word, all[left], all[right], out int id, out uint order))
            heap.Enqueue(new Candidate(left, right, all[right].End - all[left].Start, id), ((ulong)order << 32) | (uint)left);
    }

    private readonly record struct Candidate(int Left, int Right, int Length, int Id);
}
