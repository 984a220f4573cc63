using System.Numerics.Tensors;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>One worker: cuts a segment depth-first into regions.</summary>
/// <remarks>
/// Notation: every value of the network is a t + c on the interval at hand, kept as two columns per node. A stage finds where its units
/// change their piece inside the interval; for each part, from left to right, its outputs are pushed through the affine nodes up to the
/// next stage, which cuts the part further. One set of columns is held per stage, whatever the number of regions.
/// </remarks>
internal sealed partial class SegmentCutter
{
    private readonly SegmentPlan _plan;
    private readonly FoldedNetwork _folded;
    private readonly Slice _slice;
    private readonly CutOptions _options;
    private readonly SegmentLimits _limits;
    private readonly ExactRows _exact;
    private readonly byte[][] _codes;
    private readonly int[][] _winners;
    private readonly ulong[] _hashes;
    private readonly double[][] _values;
    private readonly double[][][] _arguments;
    private readonly List<SegmentEvent>[] _events;

    public SegmentCutter(SegmentPlan plan, Slice slice, CutOptions options, SegmentLimits limits)
    {
        (_plan, _folded, _slice, _options, _limits) = (plan, plan.Folded, slice, options, limits);
        _codes = [.. _folded.Stages.Select(stage => new byte[stage.Knots.Length * stage.Padded / 8])];
        _winners = [.. _folded.Stages.Select(stage => new int[stage.Windows.Length])];
        _hashes = new ulong[_folded.Stages.Length + 1];
        _exact = new ExactRows(_folded, slice, _codes, _winners);
        _events = [.. _folded.Stages.Select(_ => new List<SegmentEvent>())];
        _values = new double[_folded.Network.Nodes.Length][];
        _arguments = new double[_values.Length][][];
        foreach (Node node in plan.Nodes)
        {
            _values[node.Index] = new double[2L * node.Shape.Size];
            _arguments[node.Index] = [.. node.Inputs.Select(input => _values[input])];
        }
        double[] x = _values[_folded.Network.Inputs[0]];
        slice.Directions.CopyTo(x);
        slice.Origin.CopyTo(x.AsSpan(slice.Inputs));
        Push(0);
    }

    public SegmentBuffer Buffer { get; private set; } = new();

    public long ExactDecisions => _exact.Count;

    public double Flops { get; private set; }

    /// <summary>Whether a limit ended the work before all regions were found.</summary>
    public bool Stopped { get; private set; }

    /// <summary>All regions of a part, into a fresh buffer.</summary>
    public SegmentBuffer Run(SegmentPart part)
    {
        Buffer = new SegmentBuffer();
        Stopped = false;
        (_previous, _winner) = (null, -1);
        Restore(part.Code);
        Sweep(part.Stage, part.From, part.To, part.First, part.Count);
        (Buffer.LastCode, Buffer.IsComplete) = (_previous, !Stopped);
        return Buffer;
    }

    /// <summary>The intervals into which the next stage cuts an interval, each with its code, from left to right.</summary>
    public List<SegmentPart> Open(SegmentPart part)
    {
        Restore(part.Code);
        Enter(part.Stage, part.From, part.To);
        var intervals = new List<SegmentPart>();
        SegmentPoint left = part.From;
        List<SegmentEvent> events = _events[part.Stage];
        for (int e = 0; ;)
        {
            SegmentPoint right = e < events.Count ? events[e].Point : part.To;
            intervals.Add(new SegmentPart(part.Stage + 1, left, right, new SegmentCode(_codes, _winners, part.Stage + 1)));
            if (e == events.Count)
                return intervals;
            (left, e) = (right, ApplyAll(part.Stage, e));
        }
    }

    /// <summary>Number of intervals into which the next stage cuts an interval.</summary>
    public int CountOf(SegmentPart part)
    {
        Restore(part.Code);
        Enter(part.Stage, part.From, part.To);
        return 1 + _events[part.Stage].Select(e => e.Point).Distinct().Count();
    }

    private void Restore(SegmentCode code)
    {
        code.CopyTo(_codes, _winners);
        for (int t = 0; t < code.Stages; t++)
        {
            _hashes[t + 1] = _hashes[t] ^ HashOf(t);
            Pass(t);
        }
    }

    // The intervals of a stage from left to right; only `count` of them, from number `first` on.
    private void Sweep(int t, SegmentPoint from, SegmentPoint to, int first = 0, int count = int.MaxValue)
    {
        if (_limits.IsReached(Buffer.Regions))
        {
            Stopped = true;
            return;
        }
        if (t == _folded.Stages.Length)
        {
            Emit(from, to);
            return;
        }
        Enter(t, from, to);
        List<SegmentEvent> events = _events[t];
        SegmentPoint left = from;
        for (int e = 0, interval = 0; ; interval++)
        {
            SegmentPoint right = e < events.Count ? events[e].Point : to;
            if (interval >= first)
            {
                Pass(t);
                Sweep(t + 1, left, right);
            }
            if (Stopped || e == events.Count || interval - first + 1 >= count)
                return;
            (left, e) = (right, ApplyAll(t, e));
        }
    }

    private int ApplyAll(int t, int e)
    {
        List<SegmentEvent> events = _events[t];
        Stage stage = _folded.Stages[t];
        SegmentPoint at = events[e].Point;
        for (; e < events.Count && events[e].Point == at; e++)
        {
            (int item, int to) = (events[e].Item, events[e].To);
            if (stage.Pooling is null)
            {
                _codes[t][item >> 3] ^= (byte)(1 << (item & 7));
                _hashes[t + 1] ^= stage.Keys[item];
                continue;
            }
            _hashes[t + 1] ^= stage.WinnerKey(item, _winners[t][item]) ^ stage.WinnerKey(item, to);
            _winners[t][item] = to;
        }
        return e;
    }

    // What the stage passes on with the code at hand, and everything affine up to the next stage.
    private void Pass(int t)
    {
        Stage stage = _folded.Stages[t];
        double[] z = _values[stage.Input], y = _values[stage.Node.Index];
        int rows = stage.Rows, units = stage.Units;
        if (stage.Pooling is not null)
        {
            for (int window = 0; window < units; window++)
            {
                int row = stage.Windows[window][_winners[t][window]];
                (y[window], y[units + window]) = (z[row], z[rows + row]);
            }
        }
        else
        {
            byte[] code = _codes[t];
            for (int unit = 0; unit < units; unit++)
            {
                int piece = 0;
                for (int knot = 0, item = unit; knot < stage.Knots.Length; knot++, item += stage.Padded)
                    piece += code[item >> 3] >> (item & 7) & 1;
                double slope = stage.Function!.Slope(unit, piece);
                // A unit that is off passes on an exact zero, also where its own function overflowed or is -0.
                (y[unit], y[units + unit]) = slope == 0 ? (0, stage.Function.Offset(unit, piece)) : (slope * z[unit], slope * z[units + unit] + stage.Function.Offset(unit, piece));
            }
        }
        _exact.Forget(t + 1);
        Push(t + 1);
    }

    private void Push(int segment)
    {
        foreach (Node node in _plan.Affine[segment])
            ((AffineLayer)node.Layer).Push(_arguments[node.Index], 2, 1, _values[node.Index]);
        Flops += _plan.Flops[segment];
    }

    private ulong HashOf(int t)
    {
        Stage stage = _folded.Stages[t];
        ulong hash = 0;
        for (int window = 0; window < _winners[t].Length; window++)
            hash ^= stage.WinnerKey(window, _winners[t][window]);
        for (int item = 0; item < stage.Keys.Length; item++)
            hash ^= (_codes[t][item >> 3] >> (item & 7) & 1) != 0 ? stage.Keys[item] : 0;
        return hash;
    }

    // Largest absolute coefficients of some rows: the scale of their rounding.
    private static (double A, double C) ScaleOf(double[] columns, int rows) =>
        (Math.Abs(TensorPrimitives.MaxMagnitude(columns.AsSpan(0, rows))), Math.Abs(TensorPrimitives.MaxMagnitude(columns.AsSpan(rows, rows))));
}
