namespace Crease.Geometry;

/// <summary>The largest of several functions of a segment: who wins right of a point, and who overtakes first.</summary>
/// <remarks>
/// Max pooling folds along envelopes, and so does the decision boundary of a classifier. Ties on the whole interval go to the first. Of units of a
/// ReLU those that are on lie above those that are off, and that changes where the ReLU does: only pairs that are on need comparing.
/// </remarks>
/// <param name="state">The interval at hand.</param>
/// <param name="z">The functions.</param>
/// <param name="segment">The stage whose rows they are, or the number of stages for outputs.</param>
internal sealed class Envelope(SegmentState state, SegmentColumns z, int segment)
{
    // The code of the ReLU whose units compete.
    private readonly byte[]? _relu = segment < state.Plan.Folded.Stages.Length && state.Plan.Folded.Stages[segment].PoolsRelu is int stage ? state.Codes[stage] : null;

    /// <summary>Position of the winner right of the point at hand.</summary>
    /// <param name="rows">The functions that compete: rows, or -1 for the constant zero.</param>
    public int Winner(int[] rows)
    {
        int first = 0;
        for (int j = 1; j < rows.Length; j++)
        {
            if (IsOff(rows[j]))
                continue;
            Difference above = Between(rows[j], rows[first]);
            if (IsOff(rows[first]) || above.Sign * state.Signs.SideOf(above.A, above.C, above.Line) > 0)
                first = j;
        }
        return first;
    }

    /// <summary>No later than this another function overtakes the winner; infinity where none does.</summary>
    public double Earliest(int[] rows, int winner)
    {
        double earliest = double.PositiveInfinity;
        for (int j = 0; j < rows.Length; j++)
        {
            if (j == winner || IsOff(rows[j]) || IsOff(rows[winner]))
                continue;
            Difference above = Between(rows[j], rows[winner]);
            double time = state.Signs.Earliest(above.A, above.C, -above.Sign, above.Line);
            if (time < earliest && !state.Signs.IsZero(above.A, above.C, above.Line))
                earliest = time;
        }
        return earliest;
    }

    /// <summary>Where the winner is overtaken first, and by whom: of several there the steepest, of equal ones the first.</summary>
    public (SegmentPoint? At, int Next) Next(int[] rows, int winner)
    {
        (SegmentPoint? at, int next) = (null, -1);
        for (int j = 0; j < rows.Length; j++)
        {
            if (j == winner || IsOff(rows[j]) || IsOff(rows[winner]))
                continue;
            Difference above = Between(rows[j], rows[winner]);
            if (state.Signs.CrossingOf(above.A, above.C, -above.Sign, above.Line) is not SegmentPoint crossing)
                continue;
            int order = at is null ? -1 : state.Signs.Compare(crossing, at);
            if (order < 0 || (order == 0 && IsSteeper(rows[j], rows[next])))
                (next, at) = (j, crossing);
        }
        return (at, next);
    }

    private bool IsSteeper(int row, int than)
    {
        Difference above = Between(row, than);
        return above.Sign * state.Signs.SlopeOf(above.A, above.Line) > 0;
    }

    private Difference Between(int p, int q) =>
        q < 0 ? new Difference(z.Values[p], z.Values[z.Size + p], Line.At(segment, p, 0), 1)
            : p < 0 ? new Difference(z.Values[q], z.Values[z.Size + q], Line.At(segment, q, 0), -1)
            : new Difference(z.Values[p] - z.Values[q], z.Values[z.Size + p] - z.Values[z.Size + q], Line.Tie(segment, p, q), 1);

    private bool IsOff(int row) => _relu is not null && row >= 0 && (_relu[row >> 3] >> (row & 7) & 1) == 0;

    /// <summary>One function minus another: sign · (a t + c).</summary>
    private readonly record struct Difference(double A, double C, Line Line, int Sign);
}
