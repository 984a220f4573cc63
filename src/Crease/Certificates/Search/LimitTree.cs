namespace Crease.Certificates;

/// <summary>Branch and bound for one limit of one unit: the leaves of its tree, the worst one first.</summary>
internal sealed class LimitTree(int unit, bool isUpper, int mostSplits)
{
    // Every doubling of the leaves has to gain this share of what is missing; else the limit is about as good as it gets.
    private const double LeastGain = 0.005;
    private const int FirstCheck = 32;

    private readonly PriorityQueue<LimitLeaf, double> _open = new();
    private double _settled = double.PositiveInfinity, _checked = double.NegativeInfinity;
    private int _splits, _nextCheck = FirstCheck;
    private bool _isStopped;

    /// <summary>0-based unit.</summary>
    public int Unit => unit;

    /// <summary>Whether the tree is of the upper limit, as a lower bound of minus the unit's value.</summary>
    public bool IsUpper => isUpper;

    /// <summary>The bound of the whole tree, the least of its leaves'.</summary>
    public double Bound => _open.TryPeek(out _, out double least) ? Math.Min(least, _settled) : _settled;

    /// <summary>Whether dividing a leaf may still raise the bound by enough.</summary>
    public bool IsOpen => !_isStopped && _splits < mostSplits && _open.TryPeek(out _, out double least) && least <= _settled && !(least >= 0);

    /// <summary>The leaf whose bound is the tree's, taken out to be divided.</summary>
    public LimitLeaf Take()
    {
        _splits++;
        return _open.Dequeue();
    }

    /// <summary>Adds a leaf; without a place to divide at it stays as it is.</summary>
    public void Add(LimitLeaf leaf)
    {
        if (leaf.Place is null)
            _settled = Math.Min(_settled, leaf.Bound);
        else
            _open.Enqueue(leaf, leaf.Bound);
    }

    /// <summary>Stops a tree that gains too little. To be called when no leaf is taken out.</summary>
    public void Check()
    {
        if (_splits < _nextCheck)
            return;
        _isStopped = double.IsFinite(_checked) && Bound < _checked - LeastGain * Bound;
        (_checked, _nextCheck) = (Bound, 2 * _nextCheck);
    }
}
