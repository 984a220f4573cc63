using Crease.Networks;

namespace Crease.Geometry;

/// <summary>One node's value on the interval at hand, a t + c per element, and how it differs from that of the interval before.</summary>
/// <param name="node">The node.</param>
internal sealed class SegmentColumns(Node node)
{
    private readonly int[] _changed = new int[node.Shape.Size];
    private readonly bool[] _isChanged = new bool[node.Shape.Size];
    private int _count;

    public Node Node { get; } = node;

    public int Size { get; } = node.Shape.Size;

    /// <summary>Elements that the node's inputs have together.</summary>
    public int Sources { get; } = node.Layer.InputShapes.Sum(shape => shape.Size);

    /// <summary>Slopes, then constants. Shape [2, size].</summary>
    public double[] Values { get; } = new double[2L * node.Shape.Size];

    /// <summary>New values minus those before; zero for what did not change. Shape [2, size].</summary>
    public double[] Differences { get; } = new double[2L * node.Shape.Size];

    /// <summary>Sources whose differences were added since the value was last computed afresh.</summary>
    public int Additions { get; set; }

    /// <summary>Elements that changed, each once, in the order in which they did.</summary>
    public ReadOnlySpan<int> Changed => _changed.AsSpan(0, _count);

    /// <summary>Whether an element changed.</summary>
    public bool HasChanged(int element) => _isChanged[element];

    /// <summary>Gives an element its new value.</summary>
    public void Set(int element, double a, double c)
    {
        double da = a - Values[element], dc = c - Values[Size + element];
        if (da == 0 && dc == 0)
            return;
        Mark(element);
        (Differences[element], Differences[Size + element]) = (da, dc);
        (Values[element], Values[Size + element]) = (a, c);
    }

    /// <summary>Adds to an element's difference; <see cref="Apply"/> makes it count.</summary>
    public void Add(int element, double da, double dc)
    {
        Mark(element);
        Differences[element] += da;
        Differences[Size + element] += dc;
    }

    public void MarkAll()
    {
        for (int element = 0; element < Size; element++)
            Mark(element);
    }

    /// <summary>Adds the differences to the values.</summary>
    public void Apply()
    {
        foreach (int element in Changed)
        {
            Values[element] += Differences[element];
            Values[Size + element] += Differences[Size + element];
        }
    }

    /// <summary>What has changed is now how it is.</summary>
    public void Settle()
    {
        foreach (int element in Changed)
        {
            _isChanged[element] = false;
            (Differences[element], Differences[Size + element]) = (0, 0);
        }
        _count = 0;
    }

    private void Mark(int element)
    {
        if (_isChanged[element])
            return;
        _isChanged[element] = true;
        _changed[_count++] = element;
    }
}
