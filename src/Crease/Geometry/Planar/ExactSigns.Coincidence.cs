namespace Crease.Geometry;

/// <summary>Lines that are one: channels of a convolution that differ in one pixel between two places tie along the same line.</summary>
internal sealed partial class ExactSigns
{
    private const int MostPairs = 1 << 16;

    // Rows of the first stage depend on no code, so what is found holds for the whole cut.
    private readonly Dictionary<(Line, Line), bool> _areOne = [];

    // A tie of two units of a ReLU that are on is one of their pre-activations.
    private Line BeforePooling(Line line) =>
        line.Other >= 0 && line.Segment < folded.Stages.Length && folded.Stages[line.Segment].PoolsRelu is int relu && codes[relu][line.Row] != 0 && codes[relu][line.Other] != 0
            ? Line.Tie(relu, line.Row, line.Other)
            : line;

    private bool AreOne(Line line, Line other)
    {
        if (line.Segment != 0 || other.Segment != 0)
            return false;
        if (_areOne.TryGetValue((line, other), out bool known))
            return known;
        if (_areOne.Count >= MostPairs)
            _areOne.Clear();
        Row p = RowOf(line), q = RowOf(other);
        return _areOne[(line, other)] = (p.A * q.B - q.A * p.B).Sign == 0 && (p.A * q.C - q.A * p.C).Sign == 0 && (p.B * q.C - q.B * p.C).Sign == 0;
    }
}
