namespace Crease.Geometry;

/// <summary>A stage of max pooling: an item is a window, which passes on the largest of its rows.</summary>
internal sealed class WindowTrack : SegmentTrack
{
    private readonly Stage _stage;
    private readonly SegmentColumns _z, _y;
    private readonly int[] _winners;
    private readonly Envelope _envelope;
    private readonly int[][] _windowsOf;
    private readonly bool[] _isTouched;
    private readonly List<int> _touched = [], _crossed = [];

    public WindowTrack(SegmentState state, Stage stage)
        : base(state, stage.Units)
    {
        (_stage, _z, _y, _winners) = (stage, state.Values.Of(stage.Input), state.Values.Of(stage.Node.Index), state.Winners[stage.Index]);
        (_envelope, _windowsOf, _isTouched) = (new Envelope(state, _z, stage.Index), state.Plan.WindowsOf(stage.Index), new bool[stage.Units]);
    }

    protected override void Decide(int item)
    {
        _winners[item] = _envelope.Winner(_stage.Windows[item]);
        State.Hash ^= _stage.WinnerKey(item, _winners[item]);
    }

    protected override SegmentPoint? CrossingOf(int item) => _envelope.Next(_stage.Windows[item], _winners[item]).At;

    protected override double EarliestOf(int item) => _envelope.Earliest(_stage.Windows[item], _winners[item]);

    protected override void PassAll()
    {
        for (int window = 0; window < _stage.Units; window++)
        {
            int row = Row(window);
            (_y.Values[window], _y.Values[_y.Size + window]) = (_z.Values[row], _z.Values[_z.Size + row]);
        }
    }

    protected override void Renew()
    {
        _touched.Clear();
        _crossed.Clear();
        foreach (int row in _z.Changed)
        {
            foreach (int window in _windowsOf[row])
                Touch(window);
        }
        foreach (int window in Due)
        {
            if (!_isTouched[window])
                Renew(window, _envelope.Next(_stage.Windows[window], _winners[window]).Next);
        }
        foreach (int window in _touched)
        {
            _isTouched[window] = false;
            Renew(window, _envelope.Winner(_stage.Windows[window]));
        }
        _crossed.Sort();
        State.Crossed.AddRange(_crossed);
    }

    private void Touch(int window)
    {
        if (_isTouched[window])
            return;
        _isTouched[window] = true;
        _touched.Add(window);
    }

    private void Renew(int window, int winner)
    {
        int before = _winners[window];
        if (winner != before)
        {
            if (_crossed.Count == 0)
                State.Exact.Forget(_stage.Index + 1);
            _winners[window] = winner;
            State.Hash ^= _stage.WinnerKey(window, before) ^ _stage.WinnerKey(window, winner);
            _crossed.Add(State.Plan.Folded.Creases.Tie(_stage.Index, window, Math.Min(before, winner), Math.Max(before, winner)));
        }
        int row = Row(window);
        _y.Set(window, _z.Values[row], _z.Values[_z.Size + row]);
        Schedule(window);
    }

    private int Row(int window) => _stage.Windows[window][_winners[window]];
}
