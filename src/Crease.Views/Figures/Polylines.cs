namespace Crease.Views;

/// <summary>Open lines in points of the figure, flat.</summary>
internal sealed class Polylines
{
    // A hundredth of a point is below what any of the writers resolves.
    private const double Straight = 0.005;

    private readonly List<double> _points = [];
    private readonly List<int> _starts = [];
    private double _directionX, _directionY;

    public int Count => _starts.Count;

    public ReadOnlySpan<double> Line(int line)
    {
        int end = line + 1 < _starts.Count ? _starts[line + 1] : _points.Count;
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_points)[_starts[line]..end];
    }

    /// <summary>All lines of several sets.</summary>
    public static Polylines Joined(IReadOnlyList<Polylines> sets)
    {
        var joined = new Polylines();
        foreach (Polylines set in sets)
        {
            for (int i = 0; i < set.Count; i++)
            {
                joined._starts.Add(joined._points.Count);
                joined._points.AddRange(set.Line(i));
            }
        }
        return joined;
    }

    /// <summary>Length of all lines together.</summary>
    public double Length()
    {
        double length = 0;
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> line = Line(i);
            for (int k = 2; k < line.Length; k += 2)
                length += double.Hypot(line[k] - line[k - 2], line[k + 1] - line[k - 1]);
        }
        return length;
    }

    public void Begin(double x, double y)
    {
        _starts.Add(_points.Count);
        _points.Add(x);
        _points.Add(y);
        (_directionX, _directionY) = (0, 0);
    }

    /// <summary>Extends the current line; a corner that turns out to be straight is dropped.</summary>
    public void Add(double x, double y)
    {
        int last = _points.Count - 2;
        double dx = x - _points[last], dy = y - _points[last + 1];
        if (last > _starts[^1])
        {
            double fromX = x - _points[last - 2], fromY = y - _points[last - 1];
            double across = Math.Abs(fromX * _directionY - fromY * _directionX), along = dx * _directionX + dy * _directionY;
            if (across <= Straight && along >= 0)
            {
                (_points[last], _points[last + 1]) = (x, y);
                return;
            }
        }
        double length = double.Hypot(dx, dy);
        if (length > 0)
            (_directionX, _directionY) = (dx / length, dy / length);
        _points.Add(x);
        _points.Add(y);
    }
}
