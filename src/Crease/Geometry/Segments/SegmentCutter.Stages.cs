namespace Crease.Geometry;

/// <summary>Entering a stage: the code at the left end of an interval, and where it changes inside.</summary>
internal sealed partial class SegmentCutter
{
    private void Enter(int t, SegmentPoint from, SegmentPoint to)
    {
        Stage stage = _folded.Stages[t];
        double[] z = _values[stage.Input];
        (_scaleA, _scaleC) = ScaleOf(z, stage.Rows);
        foreach (double knot in stage.Knots)
            _scaleC = Math.Max(_scaleC, Math.Abs(knot));
        _events[t].Clear();
        if (stage.Pooling is null)
            EnterItems(stage, z, from, to);
        else
            EnterWindows(stage, z, from, to);
        Order(_events[t], from, to);
        _hashes[t + 1] = _hashes[t] ^ HashOf(t);
    }

    private void EnterItems(Stage stage, double[] z, SegmentPoint from, SegmentPoint to)
    {
        byte[] code = _codes[stage.Index];
        Array.Clear(code);
        double doubtFrom = DoubtAt(from.At), doubtTo = DoubtAt(to.At);
        for (int knot = 0; knot < stage.Knots.Length; knot++)
        {
            for (int unit = 0; unit < stage.Units; unit++)
            {
                double a = z[unit], c = z[stage.Rows + unit] - stage.Knots[knot];
                int before = SignAt(a, c, from, doubtFrom), after = SignAt(a, c, to, doubtTo);
                if (before == Doubtful)
                    before = _exact.Sign(Line.At(stage.Index, unit, stage.Knots[knot]), from);
                if (after == Doubtful)
                    after = _exact.Sign(Line.At(stage.Index, unit, stage.Knots[knot]), to);
                int item = knot * stage.Padded + unit;
                bool crosses = before * after < 0;
                if (crosses)
                    _events[stage.Index].Add(new SegmentEvent(ZeroOf(a, c, Line.At(stage.Index, unit, stage.Knots[knot]), from, to), item, 0));
                // The side right of the left end; a function that is zero on the whole interval is off.
                if (crosses ? before > 0 : before + after > 0)
                    code[item >> 3] |= (byte)(1 << (item & 7));
            }
        }
    }

    private void EnterWindows(Stage stage, double[] z, SegmentPoint from, SegmentPoint to)
    {
        for (int window = 0; window < stage.Windows.Length; window++)
        {
            _rows = stage.Windows[window];
            _winners[stage.Index][window] = Envelope(z, stage.Rows, stage.Index, from, to);
            foreach ((SegmentPoint point, int winner) in _changes)
                _events[stage.Index].Add(new SegmentEvent(point, window, winner));
        }
    }
}
