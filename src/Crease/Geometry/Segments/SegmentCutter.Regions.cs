using System.Numerics.Tensors;

namespace Crease.Geometry;

/// <summary>What is kept of a finished region: its affine map, class, the creases before it, and decision boundary inside it.</summary>
internal sealed partial class SegmentCutter
{
    private SegmentCode? _previous;
    private int[]? _competing;
    private int _winner;

    private void Emit(SegmentPoint from, SegmentPoint to)
    {
        int outputs = _folded.Outputs;
        double[] y = _values[_folded.Output];
        ReadOnlySpan<double> slopes = y.AsSpan(0, outputs), offsets = y.AsSpan(outputs, outputs);
        int newFrom = 0;
        if (_previous is null)
        {
            (Buffer.FirstCode, _previous) = (new SegmentCode(_codes, _winners, _codes.Length), new SegmentCode(_codes, _winners, _codes.Length));
            Buffer.From = from.At;
        }
        else
        {
            int known = Buffer.Creases.Count;
            _previous.Differences(_codes, _winners, _folded, Buffer.Creases);
            Buffer.EndBreakpoint();
            newFrom = _folded.Creases[Buffer.Creases[known]].Layer;
            _previous.Update(_codes, _winners, newFrom);
        }
        Buffer.Add(to.At, slopes, offsets, ClassAt(0.5 * (from.At + to.At), slopes, offsets), TensorPrimitives.Norm(slopes), _hashes[^1], newFrom);
        if (_options.Boundary)
            FindBoundary(y, from, to);
        _limits.Report(to.At - from.At);
    }

    private static int ClassAt(double t, ReadOnlySpan<double> slopes, ReadOnlySpan<double> offsets)
    {
        int best = 0;
        double top = double.NegativeInfinity;
        for (int o = 0; o < slopes.Length; o++)
        {
            double z = slopes[o] * t + offsets[o];
            if (z > top)
                (top, best) = (z, o);
        }
        return slopes.Length == 1 ? (top > 0 ? 1 : 0) : best;
    }

    // The class changes inside the region, or at its left end when another output has won to the left of it.
    private void FindBoundary(double[] y, SegmentPoint from, SegmentPoint to)
    {
        _competing ??= _options.Classes is (int first, int second) ? [first, second] : _folded.Outputs == 1 ? [-1, 0] : [.. Enumerable.Range(0, _folded.Outputs)];
        _rows = _competing;
        (_scaleA, _scaleC) = ScaleOf(y, _folded.Outputs);
        int winner = Envelope(y, _folded.Outputs, _folded.Stages.Length, from, to);
        if (_winner < 0)
            Buffer.FirstClass = ClassOf(winner);
        else if (winner != _winner)
            Buffer.AddBoundary(from.At, ClassOf(_winner), ClassOf(winner));
        foreach ((SegmentPoint point, int next) in _changes)
        {
            Buffer.AddBoundary(point.At, ClassOf(winner), ClassOf(next));
            winner = next;
        }
        _winner = winner;
        Buffer.LastClass = ClassOf(winner);
    }

    // For a single output the positions are those of zero and of the output: classes 0 and 1.
    private int ClassOf(int winner) => _folded.Outputs == 1 ? winner : _competing![winner];
}
