using Crease.Networks;

namespace Crease.Views;

/// <summary>A box in space seen along a fixed direction, without perspective: right, up and towards the eye.</summary>
internal sealed class SpaceView
{
    private const double Azimuth = -0.95, Elevation = 0.42;

    private static readonly double[] Right = [-Math.Sin(Azimuth), Math.Cos(Azimuth), 0];
    private static readonly double[] Up = [-Math.Cos(Azimuth) * Math.Sin(Elevation), -Math.Sin(Azimuth) * Math.Sin(Elevation), Math.Cos(Elevation)];
    private static readonly double[] Eye = [Math.Cos(Azimuth) * Math.Cos(Elevation), Math.Sin(Azimuth) * Math.Cos(Elevation), Math.Sin(Elevation)];
    private static readonly double[] Lamp = [.. Enumerable.Range(0, 3).Select(i => 0.80 * Eye[i] - 0.35 * Right[i] + 0.49 * Up[i])];

    private readonly double[] _low, _high;
    private readonly double _left, _top, _scale, _minRight, _maxUp;

    private SpaceView(double[] low, double[] high, double width, double margin, double top)
    {
        (_low, _high, _left, _top) = (low, high, margin, top);
        double[][] corners = [.. Enumerable.Range(0, 8).Select(Corner)];
        (_minRight, double maxRight) = (corners.Min(c => Dot(Right, c)), corners.Max(c => Dot(Right, c)));
        (double minUp, _maxUp) = (corners.Min(c => Dot(Up, c)), corners.Max(c => Dot(Up, c)));
        _scale = (width - 2 * margin) / (maxRight - _minRight);
        Bottom = top + (_maxUp - minUp) * _scale;
    }

    /// <summary>Where the box ends at the bottom, in points.</summary>
    public double Bottom { get; }

    public static SpaceView Of(Slice slice, double width, double margin, double top)
    {
        double[] low = [.. slice.Domain[..3]], high = [.. slice.Domain[..3]];
        for (int i = 3; i < slice.Domain.Length; i++)
            (low[i % 3], high[i % 3]) = (Math.Min(low[i % 3], slice.Domain[i]), Math.Max(high[i % 3], slice.Domain[i]));
        return new SpaceView(low, high, width, margin, top);
    }

    public (double X, double Y) Project(ReadOnlySpan<double> p) => (_left + (Dot(Right, p) - _minRight) * _scale, _top + (_maxUp - Dot(Up, p)) * _scale);

    /// <summary>How near to the eye; of a direction, how much it faces the eye.</summary>
    public static double Depth(ReadOnlySpan<double> p) => Dot(Eye, p);

    /// <summary>How much a direction faces the light.</summary>
    public static double Light(ReadOnlySpan<double> direction) => Dot(Lamp, direction);

    /// <summary>Edges of the box: the three at its farthest corner, or the nine others.</summary>
    public Polylines Edges(bool isNear)
    {
        int farthest = Enumerable.Range(0, 8).MinBy(corner => Depth(Corner(corner)));
        var lines = new Polylines();
        for (int corner = 0; corner < 8; corner++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                int other = corner | 1 << axis;
                if (other != corner && isNear == (corner != farthest && other != farthest))
                    Line(lines, Corner(corner), Corner(other));
            }
        }
        return lines;
    }

    /// <summary>Ticks, numbers and names along three edges on the outline.</summary>
    public void AddAxes(List<Mark> marks, (string X, string Y, string Z) names)
    {
        var lines = new Polylines();
        // The eye is at large x, small y, large z: these edges bound the picture below and on the left.
        Axis(marks, lines, 0, [0, _low[1], _low[2]], names.X, -0.55, 1);
        Axis(marks, lines, 1, [_high[0], 0, _low[2]], names.Y, 0.55, 1);
        Axis(marks, lines, 2, [_low[0], _low[1], 0], names.Z, -1, 0);
        marks.Add(new LinesMark("axes", lines, PartitionDrawing.Ink, 0.8, 1));
    }

    private void Axis(List<Mark> marks, Polylines lines, int axis, double[] at, string name, double outX, double outY)
    {
        TextAnchor anchor = outX < 0 ? TextAnchor.End : TextAnchor.Start;
        foreach (Tick tick in Ticks.Linear(_low[axis], _high[axis], 4))
        {
            at[axis] = tick.Value;
            (double x, double y) = Project(at);
            lines.Begin(x, y);
            lines.Add(x + 5 * outX, y + 5 * outY);
            marks.Add(new TextMark(x + 9 * outX, y + 9 * outY + (outY > 0 ? 7 : 4), tick.Label, 11.5, PartitionDrawing.Ink, anchor));
        }
        at[axis] = (_low[axis] + _high[axis]) / 2;
        (double midX, double midY) = Project(at);
        marks.Add(new TextMark(midX + 46 * outX, midY + 40 * outY + 4, name, 13, PartitionDrawing.Ink, anchor) { Bold = true });
        at[axis] = _low[axis];
        double[] end = [.. at];
        end[axis] = _high[axis];
        Line(lines, at, end);
    }

    private double[] Corner(int index) => [.. Enumerable.Range(0, 3).Select(axis => (index >> axis & 1) == 0 ? _low[axis] : _high[axis])];

    private void Line(Polylines lines, double[] from, double[] to)
    {
        (double x, double y) = Project(from);
        lines.Begin(x, y);
        (x, y) = Project(to);
        lines.Add(x, y);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
