namespace Crease.Geometry;

/// <summary>The class of a segment's points: the largest output, or for one output whether it is positive.</summary>
internal sealed class ClassTrack : SegmentTrack
{
    private readonly SegmentColumns _z;
    private readonly Envelope _envelope;
    private readonly int[] _rows;
    private int _winner;

    /// <param name="state">The interval at hand.</param>
    /// <param name="classes">The two outputs that compete, or null for all.</param>
    public ClassTrack(SegmentState state, (int First, int Second)? classes)
        : base(state, 1)
    {
        FoldedNetwork folded = state.Plan.Folded;
        _z = state.Values.Of(folded.Output);
        _envelope = new Envelope(state, _z, folded.Stages.Length);
        _rows = classes is (int first, int second) ? [first, second] : folded.Outputs == 1 ? [-1, 0] : [.. Enumerable.Range(0, folded.Outputs)];
    }

    /// <summary>The class right of the point at hand.</summary>
    public int Class => _z.Size == 1 ? _winner : _rows[_winner];

    protected override void Decide(int item) => _winner = _envelope.Winner(_rows);

    protected override SegmentPoint? CrossingOf(int item) => _envelope.Next(_rows, _winner).At;

    protected override double EarliestOf(int item) => _envelope.Earliest(_rows, _winner);

    protected override void PassAll()
    {
    }

    protected override void Renew()
    {
        if (_z.Changed.Length > 0)
            Decide(0);
        else if (HasDue)
            _winner = _envelope.Next(_rows, _winner).Next;
        else
            return;
        Schedule(0);
    }
}
