using System.Diagnostics;
using System.Numerics.Tensors;
using Crease.Networks;

namespace Crease.Geometry;

/// <summary>One worker: moves along a part of a segment from breakpoint to breakpoint.</summary>
/// <remarks>
/// Notation: every value of the network is a t + c on the interval at hand. Each unit knows when it may change its piece next. At the first
/// such point the units that change there do so, stage by stage; what they pass on differs, the values behind them are updated where that
/// reaches, and the units there learn anew when they change. Cost: per breakpoint what changes at it, not the size of the network.
/// </remarks>
internal sealed class SegmentSweep
{
    private readonly SegmentState _state;
    private readonly FoldedNetwork _folded;
    private readonly SegmentLimits _limits;
    private readonly SegmentTrack[] _stages, _tracks;
    private readonly ClassTrack? _classes;

    public SegmentSweep(SegmentPlan plan, Slice slice, CutOptions options, SegmentLimits limits)
    {
        (_state, _folded, _limits) = (new SegmentState(plan, slice), plan.Folded, limits);
        _stages = [.. _folded.Stages.Select<Stage, SegmentTrack>(stage => stage.Pooling is null ? new KnotTrack(_state, stage) : new WindowTrack(_state, stage))];
        _classes = options.Boundary ? new ClassTrack(_state, options.Classes) : null;
        _tracks = _classes is null ? _stages : [.. _stages, _classes];
        _state.Values.Push(0);
    }

    public long ExactDecisions => _state.Exact.Count;

    public double Flops => _state.Values.Flops;

    /// <summary>All regions of a part, or those before a limit was reached.</summary>
    public SegmentBuffer Run(SegmentPoint from, SegmentPoint to)
    {
        Begin(from, to);
        var buffer = new SegmentBuffer(from.At, _folded.Outputs) { FirstCode = CodeAtHand(), FirstClass = ClassAtHand(), LastClass = ClassAtHand() };
        SegmentPoint left = from;
        while (!_limits.IsReached(buffer.Regions))
        {
            if (FindNext() is not SegmentPoint right)
            {
                Emit(buffer, left, to);
                buffer.IsComplete = true;
                break;
            }
            if (Array.Exists(_stages, track => track.HasDue))
            {
                Emit(buffer, left, right);
                left = right;
            }
            Advance(right);
            if (ClassAtHand() != buffer.LastClass)
                buffer.AddBoundary(right.At, ClassAtHand());
        }
        buffer.LastCode = CodeAtHand();
        return buffer;
    }

    /// <summary>Different points, ascending and known exactly, at which units of the first stage change on a part, for each unit the first.</summary>
    public List<SegmentPoint> FirstChanges(SegmentPoint from, SegmentPoint to)
    {
        Begin(from, to);
        var points = new List<SegmentPoint>();
        if (_stages.Length > 0)
            _stages[0].Collect(points);
        points.Sort(_state.Signs.Compare);
        var different = new List<SegmentPoint>();
        foreach (SegmentPoint point in points)
        {
            if (different.Count > 0 && _state.Signs.Compare(different[^1], point) == 0)
                continue;
            point.Exact = _state.Exact.At(point);
            Settle(point);
            different.Add(point);
        }
        return different;
    }

    private void Begin(SegmentPoint from, SegmentPoint to)
    {
        (_state.Signs.At, _state.Signs.To, _state.Hash) = (from, to, 0);
        _state.Crossed.Clear();
        _state.Values.Settle();
        _state.Exact.Forget(0);
        foreach (byte[] code in _state.Codes)
            Array.Clear(code);
        for (int t = 0; t < _tracks.Length; t++)
        {
            _tracks[t].Begin();
            if (t < _stages.Length)
                _state.Values.Push(t + 1);
        }
    }

    // The first point at which anything changes for certain. Its line is that of the first stage that changes there, which no change at the point touches.
    private SegmentPoint? FindNext()
    {
        while (true)
        {
            double upTo = double.PositiveInfinity;
            foreach (SegmentTrack track in _tracks)
                upTo = Math.Min(upTo, track.Least);
            if (double.IsPositiveInfinity(upTo))
                return null;
            if (Find(upTo) is not SegmentPoint found)
                continue;
            if (found.At + found.Error > upTo)
                found = Find(found.At + found.Error)!;
            Settle(found);
            return found;
        }
    }

    private SegmentPoint? Find(double upTo)
    {
        SegmentPoint? first = null;
        for (int t = 0; t < _tracks.Length; t++)
        {
            if (!_tracks[t].Find(upTo, ref first))
                continue;
            for (int earlier = 0; earlier < t; earlier++)
                _tracks[earlier].Forgo();
        }
        return first;
    }

    // A point that was told apart from another exactly is rounded exactly; positions never go back.
    private void Settle(SegmentPoint point)
    {
        double at = point.At;
        if (point.Exact is Ratio exact)
        {
            at = exact.Nearest();
            point.Error = SegmentSigns.UlpOf(at);
        }
        point.At = Math.Clamp(at, _state.Signs.At.At, _state.Signs.To.At);
        point.Error += Math.Abs(point.At - at);
    }

    private void Advance(SegmentPoint at)
    {
        _state.Signs.At = at;
        for (int t = 0; t < _tracks.Length; t++)
        {
            _tracks[t].Advance();
            if (t < _stages.Length)
                _state.Values.Update(t + 1);
        }
        _state.Values.Settle();
    }

    private void Emit(SegmentBuffer buffer, SegmentPoint left, SegmentPoint right)
    {
        ReadOnlySpan<double> y = _state.Values.Of(_folded.Output).Values;
        int newFrom = 0;
        if (buffer.Regions > 0)
        {
            Debug.Assert(_state.Crossed.Count > 0);
            newFrom = _folded.Creases[_state.Crossed[0]].Layer;
            buffer.EndBreakpoint(_state.Crossed);
        }
        _state.Crossed.Clear();
        ReadOnlySpan<double> slopes = y[.._folded.Outputs], offsets = y[_folded.Outputs..];
        buffer.Add(right.At, slopes, offsets, TensorPrimitives.Norm(slopes), _state.Hash, newFrom);
        _limits.Report(right.At - left.At);
    }

    private SegmentCode CodeAtHand() => new(_state.Codes, _state.Winners, _stages.Length);

    private int ClassAtHand() => _classes?.Class ?? -1;
}
