namespace Crease.Geometry;

/// <summary>The units of one stage along a segment: which piece each is on, and when it may change next.</summary>
/// <remarks>
/// What a track finds holds right of the point at hand. An item is a knot of a unit, or a window. It is scheduled for the earliest time at
/// which it may change; only when nothing comes before that it is found out whether it changes at all, and where.
/// </remarks>
internal abstract class SegmentTrack(SegmentState state, int items)
{
    private readonly SegmentCalendar _calendar = new(items);
    private readonly List<int> _found = [];
    private readonly bool[] _isDue = new bool[items];

    /// <summary>Nothing changes before.</summary>
    public double Least => _calendar.Least;

    /// <summary>Items that change at the point at hand.</summary>
    protected List<int> Due { get; } = [];

    /// <summary>Finds all pieces at the left end of a part, and what the stage passes on.</summary>
    public void Begin()
    {
        _calendar.Clear();
        for (int item = 0; item < items; item++)
        {
            Decide(item);
            Schedule(item);
        }
        PassAll();
    }

    /// <summary>The first point at which some item changes for certain among those that may change no later than so.</summary>
    /// <param name="upTo">Items beyond are not looked at.</param>
    /// <param name="first">The first point of other tracks; replaced where an item changes before it.</param>
    /// <returns>Whether the first point was replaced.</returns>
    public bool Find(double upTo, ref SegmentPoint? first)
    {
        Due.Clear();
        _found.Clear();
        _calendar.Collect(upTo, _found);
        bool isReplaced = false;
        foreach (int item in _found)
        {
            if (CrossingOf(item) is not SegmentPoint point)
            {
                _calendar.Set(item, double.PositiveInfinity);
                continue;
            }
            int order = first is null ? -1 : State.Signs.Compare(point, first);
            if (order > 0)
                continue;
            if (order < 0)
            {
                Due.Clear();
                (first, isReplaced) = (point, true);
            }
            Due.Add(item);
        }
        return isReplaced;
    }

    /// <summary>Appends where items change next before the end.</summary>
    public void Collect(List<SegmentPoint> points)
    {
        _found.Clear();
        _calendar.Collect(double.MaxValue, _found);
        points.AddRange(_found.Select(CrossingOf).OfType<SegmentPoint>());
    }

    /// <summary>Whether some item changes at the point at hand.</summary>
    public bool HasDue => Due.Count > 0;

    /// <summary>None of the items changes at the point at hand after all.</summary>
    public void Forgo() => Due.Clear();

    /// <summary>Moves right of the point at hand, where earlier stages have changed already.</summary>
    public void Advance()
    {
        foreach (int item in Due)
            _isDue[item] = true;
        Renew();
        foreach (int item in Due)
            _isDue[item] = false;
        Due.Clear();
    }

    protected SegmentState State { get; } = state;

    /// <summary>Finds the piece of an item right of the point at hand, from nothing.</summary>
    protected abstract void Decide(int item);

    /// <summary>Where a scheduled item changes, or null if it does not before the end.</summary>
    protected abstract SegmentPoint? CrossingOf(int item);

    /// <summary>No later than this an item changes next.</summary>
    protected abstract double EarliestOf(int item);

    /// <summary>Writes what all units pass on.</summary>
    protected abstract void PassAll();

    /// <summary>Renews the items that are due or whose functions have changed.</summary>
    protected abstract void Renew();

    protected bool IsDue(int item) => _isDue[item];

    protected void Schedule(int item) => _calendar.Set(item, EarliestOf(item));
}
