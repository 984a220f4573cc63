namespace Crease.Lab;

/// <summary>The tokens that text can become, with their scores.</summary>
internal sealed class ScoredPieces
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, double> _scores = [];
    private readonly HashSet<int> _unused = [], _kept = [];

    public Dictionary<string, int> Ids => _ids;

    /// <summary>Tokens that are taken as they stand, before anything merges.</summary>
    public CharTrie Kept { get; } = new();

    public bool HasUnused => _unused.Count > 0;

    /// <summary>Characters of the longest token.</summary>
    public int Longest { get; private set; }

    /// <summary>Smallest and largest score of an ordinary token; 0 without one.</summary>
    public double Lowest { get; private set; }

    public double Highest { get; private set; }

    public void Add(string text, int id, double score, bool unused = false, bool kept = false)
    {
        if (text.Length == 0)
            return;
        if (!unused && !kept)
        {
            bool first = _scores.Count == _unused.Count + _kept.Count;
            (Lowest, Highest) = first ? (score, score) : (Math.Min(Lowest, score), Math.Max(Highest, score));
        }
        _ids.TryAdd(text, id);
        _scores[id] = score;
        Longest = Math.Max(Longest, text.Length);
        if (unused)
            _unused.Add(id);
        if (!kept)
            return;
        _kept.Add(id);
        Kept.Add(text, id);
    }

    public double Score(int id) => _scores[id];

    public bool IsUnused(int id) => _unused.Contains(id);

    public bool IsKept(int id) => _kept.Contains(id);
}
