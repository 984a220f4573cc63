namespace Crease.Lab;

/// <summary>Merges from a list: pairs of tokens, the first in the list first.</summary>
internal sealed class RankedMerges
{
    private readonly Dictionary<long, (int Rank, int Id)> _merges = [];

    /// <summary>Appends a pair; of equal pairs the last counts, as in the reference.</summary>
    public void Add(int left, int right, int rank, int id) => _merges[Key(left, right)] = (rank, id);

    public Rule AsRule() => new(_merges);

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    public readonly struct Rule(Dictionary<long, (int Rank, int Id)> merges) : IMergeRule
    {
        public bool TryMerge(ReadOnlySpan<char> word, in Symbol left, in Symbol right, out int id, out uint order)
        {
            bool known = merges.TryGetValue(Key(left.Id, right.Id), out (int Rank, int Id) merge) && left.Id >= 0;
            (id, order) = (merge.Id, (uint)merge.Rank);
            return known;
        }
    }
}
