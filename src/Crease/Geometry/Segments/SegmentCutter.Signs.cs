namespace Crease.Geometry;

/// <summary>Decisions: taken from float64 where it is beyond doubt, otherwise exact.</summary>
internal sealed partial class SegmentCutter
{
    // A value closer to zero than this, relative to the largest terms of its block, is decided exactly (decision 2). A block is computed
    // with about 1e-16 per operation relative to the terms; the bound leaves four decimal digits for the depth and width of the network.
    private const double SignDoubt = 3.6e-12;

    private const int Doubtful = 2;

    // The scale of the block at hand.
    private double _scaleA, _scaleC;

    /// <summary>How far rounding may have moved a value of the block at a coordinate.</summary>
    private double DoubtAt(double t) => SignDoubt * (_scaleA * Math.Abs(t) + _scaleC);

    private int SignAt(double a, double c, in Line line, SegmentPoint point, double doubt) =>
        SignAt(a, c, point, doubt) is var sign && sign != Doubtful ? sign : _exact.Sign(line, point);

    private static int SignAt(double a, double c, SegmentPoint point, double doubt)
    {
        double z = Math.FusedMultiplyAdd(a, point.At, c);
        return Math.Abs(z) > doubt + Math.Abs(a) * point.Error ? (z > 0 ? 1 : -1) : Doubtful;
    }

    private int SlopeOf(double a, in Line line) => Math.Abs(a) > 2 * SignDoubt * _scaleA ? Math.Sign(a) : _exact.Slope(line);

    private int Compare(SegmentPoint p, SegmentPoint q)
    {
        double difference = p.At - q.At;
        return Math.Abs(difference) > p.Error + q.Error ? Math.Sign(difference) : ReferenceEquals(p, q) ? 0 : _exact.Compare(p, q);
    }

    /// <summary>The zero of a function that changes its sign between two points.</summary>
    private SegmentPoint ZeroOf(double a, double c, in Line line, SegmentPoint from, SegmentPoint to)
    {
        double t = -c / a, error = 2 * DoubtAt(t) / Math.Abs(a) + 4 * UlpOf(t);
        if (!double.IsFinite(t) || !double.IsFinite(error))
        {
            t = _exact.At(new SegmentPoint { At = 0, Line = line }).Nearest();
            error = UlpOf(t);
        }
        // The true zero is inside: what sticks out is wrong by no more than the end it sticks out at.
        SegmentPoint? end = t < from.At ? from : t > to.At ? to : null;
        return new SegmentPoint { At = end?.At ?? t, Error = error + (end?.Error ?? 0), Line = line };
    }

    // Puts events into their true order; events that coincide get one point. Points that were told apart exactly are rounded exactly.
    private void Order(List<SegmentEvent> events, SegmentPoint from, SegmentPoint to)
    {
        if (events.Count > 1)
            events.Sort((p, q) => Compare(p.Point, q.Point) is var order && order != 0 ? order : p.Item.CompareTo(q.Item));
        double floor = from.At;
        for (int e = 0; e < events.Count; e++)
        {
            SegmentPoint point = events[e].Point;
            if (e > 0 && Compare(events[e - 1].Point, point) == 0)
            {
                events[e] = events[e] with { Point = events[e - 1].Point };
                continue;
            }
            double at = point.Exact?.Nearest() ?? point.At;
            if (point.Exact is not null)
                point.Error = UlpOf(at);
            point.At = Math.Clamp(at, floor, to.At);
            point.Error += Math.Abs(point.At - at);
            floor = point.At;
        }
    }

    private static double UlpOf(double t) => Math.BitIncrement(Math.Abs(t)) - Math.Abs(t);
}
