namespace Crease.Geometry;

/// <summary>Upper envelopes of affine functions on an interval: a chain of winners with ever larger slope.</summary>
/// <remarks>Max pooling folds along envelopes, and so does the decision boundary of a classifier. Ties on the whole interval go to the first.</remarks>
internal sealed partial class SegmentCutter
{
    private readonly List<(SegmentPoint Point, int Winner)> _changes = [];

    // The functions that compete: rows of the block, or -1 for the constant zero.
    private int[] _rows = [];

    /// <summary>Fills the changes of winner inside an interval.</summary>
    /// <returns>The position of the winner right of the left end.</returns>
    private int Envelope(double[] z, int size, int segment, SegmentPoint from, SegmentPoint to)
    {
        _changes.Clear();
        double doubtFrom = 2 * DoubtAt(from.At), doubtTo = 2 * DoubtAt(to.At);
        int first = 0;
        for (int j = 1; j < _rows.Length; j++)
        {
            if (IsSame(z, size, segment, j, first))
                continue;
            Difference above = Between(z, size, segment, j, first);
            int sign = above.Sign * SignAt(above.A, above.C, above.Line, from, doubtFrom);
            if (sign > 0 || (sign == 0 && above.Sign * SlopeOf(above.A, above.Line) > 0))
                first = j;
        }
        SegmentPoint left = from;
        for (int winner = first; ;)
        {
            int next = -1;
            SegmentPoint? at = null;
            for (int j = 0; j < _rows.Length; j++)
            {
                if (j == winner || IsSame(z, size, segment, j, winner))
                    continue;
                Difference above = Between(z, size, segment, j, winner);
                // The winner is on top right of the last change: what is above it at the right end overtakes it in between.
                if (above.Sign * SignAt(above.A, above.C, above.Line, to, doubtTo) <= 0)
                    continue;
                SegmentPoint crossing = ZeroOf(above.A, above.C, above.Line, left, to);
                int order = at is null ? -1 : Compare(crossing, at);
                if (order < 0 || (order == 0 && IsSteeper(z, size, segment, j, next)))
                    (next, at) = (j, crossing);
            }
            if (at is null)
                return first;
            _changes.Add((at, next));
            (winner, left) = (next, at);
        }
    }

    private bool IsSteeper(double[] z, int size, int segment, int j, int than)
    {
        Difference above = Between(z, size, segment, j, than);
        return above.Sign * SlopeOf(above.A, above.Line) > 0;
    }

    private Difference Between(double[] z, int size, int segment, int i, int j)
    {
        int p = _rows[i], q = _rows[j];
        return q < 0 ? new Difference(z[p], z[size + p], Line.At(segment, p, 0), 1)
            : p < 0 ? new Difference(z[q], z[size + q], Line.At(segment, q, 0), -1)
            : new Difference(z[p] - z[q], z[size + p] - z[size + q], Line.Tie(segment, p, q), 1);
    }

    // Most ties are between functions that are the same: units of a ReLU that are off, or features of equal patches of the input.
    private bool IsSame(double[] z, int size, int segment, int i, int j)
    {
        int p = _rows[i], q = _rows[j];
        if (p < 0 || q < 0 || z[p] != z[q] || z[size + p] != z[size + q])
            return false;
        return (segment < _folded.Stages.Length && _folded.Stages[segment].PoolsRelu is int relu && IsOff(relu, p) && IsOff(relu, q)) || _exact.IsZero(Line.Tie(segment, p, q));
    }

    private bool IsOff(int relu, int unit) => (_codes[relu][unit >> 3] >> (unit & 7) & 1) == 0;

    /// <summary>One function minus another: sign · (a t + c).</summary>
    private readonly record struct Difference(double A, double C, Line Line, int Sign);
}
