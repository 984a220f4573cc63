namespace Crease.Lab;

/// <summary>A prefix tree of texts, walked character by character.</summary>
internal sealed class CharTrie
{
    private readonly Dictionary<long, int> _children = [];
    private readonly List<int> _values = [-1];

    public bool IsEmpty => _children.Count == 0;

    /// <summary>The node of no characters.</summary>
    public const int Root = 0;

    /// <summary>Adds a text; the first value of a text counts.</summary>
    public void Add(string text, int value)
    {
        int node = Root;
        foreach (char unit in text)
        {
            long key = Key(node, unit);
            if (!_children.TryGetValue(key, out int child))
            {
                child = _values.Count;
                _values.Add(-1);
                _children.Add(key, child);
            }
            node = child;
        }
        if (_values[node] < 0)
            _values[node] = value;
    }

    /// <summary>Goes on by one character; false where no text does.</summary>
    public bool TryNext(ref int node, char unit)
    {
        if (!_children.TryGetValue(Key(node, unit), out int child))
            return false;
        node = child;
        return true;
    }

    /// <summary>Value of the text that ends at a node, or -1.</summary>
    public int Value(int node) => _values[node];

    /// <summary>Length and value of the longest text that starts at a place; the length is 0 where none does.</summary>
    public (int Length, int Value) Longest(ReadOnlySpan<char> text, int at)
    {
        (int length, int value) = (0, -1);
        int node = Root;
        for (int end = at; end < text.Length && TryNext(ref node, text[end]);)
        {
            end++;
            if (_values[node] >= 0)
                (length, value) = (end - at, _values[node]);
        }
        return (length, value);
    }

    private static long Key(int node, char unit) => ((long)node << 16) | unit;
}
