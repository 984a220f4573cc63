namespace Crease.Geometry;

/// <summary>A stage of piecewise-linear units: an item is on where its unit lies above its knot.</summary>
internal sealed class KnotTrack : SegmentTrack
{
    private readonly Stage _stage;
    private readonly SegmentColumns _z, _y;
    private readonly byte[] _code;
    private readonly List<int> _flipped = [];

    public KnotTrack(SegmentState state, Stage stage)
        : base(state, stage.Knots.Length * stage.Padded) =>
        (_stage, _z, _y, _code) = (stage, state.Values.Of(stage.Input), state.Values.Of(stage.Node.Index), state.Codes[stage.Index]);

    protected override void Decide(int item)
    {
        if (!IsUnit(item, out int unit, out int knot))
            return;
        (double a, double c, Line line) = Function(unit, knot);
        Put(item, State.Signs.SideOf(a, c, line) > 0);
    }

    protected override SegmentPoint? CrossingOf(int item)
    {
        IsUnit(item, out int unit, out int knot);
        (double a, double c, Line line) = Function(unit, knot);
        return State.Signs.CrossingOf(a, c, IsOn(item) ? 1 : -1, line);
    }

    protected override double EarliestOf(int item)
    {
        if (!IsUnit(item, out int unit, out int knot))
            return double.PositiveInfinity;
        (double a, double c, Line line) = Function(unit, knot);
        return State.Signs.Earliest(a, c, IsOn(item) ? 1 : -1, line);
    }

    protected override void PassAll()
    {
        for (int unit = 0; unit < _stage.Units; unit++)
        {
            (double a, double c) = Passed(unit);
            (_y.Values[unit], _y.Values[_stage.Units + unit]) = (a, c);
        }
    }

    protected override void Renew()
    {
        _flipped.Clear();
        foreach (int item in Due)
        {
            IsUnit(item, out int unit, out int knot);
            // A function that did not change goes on through zero; one that did is zero here, and its new slope tells its side.
            bool on = !_z.HasChanged(unit) ? !IsOn(item) : Function(unit, knot) is var (a, _, line) && State.Signs.SlopeOf(a, line) > 0;
            Flip(item, on);
            Schedule(item);
            if (!_z.HasChanged(unit))
                Pass(unit);
        }
        foreach (int unit in _z.Changed)
        {
            for (int knot = 0, item = unit; knot < _stage.Knots.Length; knot++, item += _stage.Padded)
            {
                if (IsDue(item))
                    continue;
                (double a, double c, Line line) = Function(unit, knot);
                Flip(item, State.Signs.SideOf(a, c, line) > 0);
                Schedule(item);
            }
            Pass(unit);
        }
        _flipped.Sort();
        State.Crossed.AddRange(_flipped);
    }

    private void Pass(int unit)
    {
        (double a, double c) = Passed(unit);
        _y.Set(unit, a, c);
    }

    // A unit that is off passes on an exact zero, also where its own function overflowed or is -0.
    private (double A, double C) Passed(int unit)
    {
        int piece = 0;
        for (int knot = 0, item = unit; knot < _stage.Knots.Length; knot++, item += _stage.Padded)
            piece += IsOn(item) ? 1 : 0;
        double slope = _stage.Function!.Slope(unit, piece), offset = _stage.Function.Offset(unit, piece);
        return slope == 0 ? (0, offset) : (slope * _z.Values[unit], slope * _z.Values[_stage.Units + unit] + offset);
    }

    private (double A, double C, Line Line) Function(int unit, int knot) =>
        (_z.Values[unit], _z.Values[_stage.Units + unit] - _stage.Knots[knot], Line.At(_stage.Index, unit, _stage.Knots[knot]));

    private bool IsUnit(int item, out int unit, out int knot)
    {
        (knot, unit) = Math.DivRem(item, _stage.Padded);
        return unit < _stage.Units;
    }

    private bool IsOn(int item) => (_code[item >> 3] >> (item & 7) & 1) != 0;

    private void Put(int item, bool on)
    {
        if (on == IsOn(item))
            return;
        _code[item >> 3] ^= (byte)(1 << (item & 7));
        State.Hash ^= _stage.Keys[item];
    }

    private void Flip(int item, bool on)
    {
        if (on == IsOn(item))
            return;
        if (_flipped.Count == 0)
            State.Exact.Forget(_stage.Index + 1);
        Put(item, on);
        IsUnit(item, out int unit, out int knot);
        _flipped.Add(State.Plan.Folded.Creases.Knot(_stage.Index, unit, knot));
    }
}
