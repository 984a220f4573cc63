using Crease.Networks;

namespace Crease.Geometry;

/// <summary>Decisions: taken from float64 where it is beyond doubt, otherwise exact.</summary>
/// <remarks>Doubt is what rounding is expected to come to at most on the whole segment, stage by stage: decision 8.</remarks>
internal sealed class SegmentSigns
{
    private const int Doubtful = 2;

    private readonly double[] _noise;
    private readonly double _length;
    private readonly ExactRows _exact;

    public SegmentSigns(FoldedNetwork folded, Slice slice, ExactRows exact)
    {
        Rounding rounding = Rounding.Of(folded, slice, isProved: false, differences: false);
        _noise = [.. Enumerable.Range(0, folded.Stages.Length + 1).Select(rounding.Noise)];
        (_length, _exact) = (slice.Domain[1] - slice.Domain[0], exact);
    }

    /// <summary>The point right of which the signs at hand hold.</summary>
    public SegmentPoint At { get; set; } = null!;

    /// <summary>The right end of the work.</summary>
    public SegmentPoint To { get; set; } = null!;

    /// <summary>The sign of a function a t + c at a point.</summary>
    public int SignAt(double a, double c, in Line line, SegmentPoint point) => FastSign(a, c, line, point) is var sign && sign != Doubtful ? sign : _exact.Sign(line, point);

    /// <summary>The sign of a function's slope.</summary>
    public int SlopeOf(double a, in Line line) => Math.Abs(a) * _length > 4 * DoubtOf(line) ? Math.Sign(a) : _exact.Slope(line);

    /// <summary>The sign of a function right of <see cref="At"/>; 0 where it is zero on the whole interval.</summary>
    public int SideOf(double a, double c, in Line line) => SignAt(a, c, line, At) is var sign && sign != 0 ? sign : SlopeOf(a, line);

    /// <summary>Whether a function is zero on the whole interval.</summary>
    public bool IsZero(double a, double c, in Line line) => FastSign(a, c, line, At) == Doubtful && FastSign(a, c, line, To) == Doubtful && _exact.IsZero(line);

    /// <summary>Which of two points comes first: -1, 0 (they coincide) or 1.</summary>
    public int Compare(SegmentPoint p, SegmentPoint q)
    {
        double difference = p.At - q.At;
        return Math.Abs(difference) > p.Error + q.Error ? Math.Sign(difference) : ReferenceEquals(p, q) ? 0 : _exact.Compare(p, q);
    }

    /// <summary>No later than this a function of known side crosses zero before the end; infinity where it certainly does not.</summary>
    public double Earliest(double a, double c, int side, in Line line)
    {
        if (side * FastSign(a, c, line, To) is 1)
            return double.PositiveInfinity;
        double t = -c / a, early = t - ErrorOf(a, t, DoubtOf(line));
        return early > At.At ? Math.Min(early, To.At) : At.At;
    }

    /// <summary>Where a function of known side crosses zero before the end, or null.</summary>
    public SegmentPoint? CrossingOf(double a, double c, int side, in Line line) => side * SignAt(a, c, line, To) < 0 ? ZeroOf(a, c, line) : null;

    // The zero of a function that changes its sign between the two points.
    private SegmentPoint ZeroOf(double a, double c, in Line line)
    {
        double t = -c / a, error = ErrorOf(a, t, DoubtOf(line));
        if (!double.IsFinite(t) || !double.IsFinite(error))
        {
            t = _exact.At(new SegmentPoint { At = 0, Line = line }).Nearest();
            error = UlpOf(t);
        }
        // The true zero is inside: what sticks out is wrong by no more than the end it sticks out at.
        SegmentPoint? end = t < At.At ? At : t > To.At ? To : null;
        return new SegmentPoint { At = end?.At ?? t, Error = error + (end?.Error ?? 0), Line = line };
    }

    private int FastSign(double a, double c, in Line line, SegmentPoint point)
    {
        double z = Math.FusedMultiplyAdd(a, point.At, c);
        return Math.Abs(z) > DoubtOf(line) + Math.Abs(a) * point.Error ? (z > 0 ? 1 : -1) : Doubtful;
    }

    private static double ErrorOf(double a, double t, double doubt) => 2 * doubt / Math.Abs(a) + 4 * UlpOf(t);

    private double DoubtOf(in Line line) => line.Other >= 0 ? 2 * _noise[line.Segment] : _noise[line.Segment];

    public static double UlpOf(double t) => Math.BitIncrement(Math.Abs(t)) - Math.Abs(t);
}
