using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>What is kept of a finished region: class, slope norm, affine map and decision boundary.</summary>
internal sealed partial class CellCutter
{
    private readonly Cell _probe = new();
    private int[]? _allOutputs;

    /// <summary>The largest output at a cell's center; for one output 1 where it is positive.</summary>
    public int ClassOf(Cell cell)
    {
        if (_outputs == 1)
            return IsPositive(cell) ? 1 : 0;
        int stride = cell.NextStride, best = 0;
        (double x, double y) = cell.Center();
        double top = double.NegativeInfinity;
        for (int o = 0; o < _outputs; o++)
        {
            double z = cell.Next[o] * x + cell.Next[stride + o] * y + ConstantOf(cell, o);
            if (z > top)
                (top, best) = (z, o);
        }
        return best;
    }

    private bool IsPositive(Cell cell)
    {
        (double x, double y) = cell.Center();
        return cell.Next[0] * x + cell.Next[cell.NextStride] * y + ConstantOf(cell, 0) > 0;
    }

    /// <summary>Frobenius norm of the outputs' slopes on the slice.</summary>
    public double SlopeNormOf(Cell cell)
    {
        int stride = cell.NextStride;
        double sum = 0;
        for (int o = 0; o < _outputs; o++)
            sum += cell.Next[o] * cell.Next[o] + cell.Next[stride + o] * cell.Next[stride + o];
        return Math.Sqrt(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Describe(Cell cell)
    {
        int region = Buffer.Regions;
        Buffer.Class[region] = ClassOf(cell);
        Buffer.SlopeNorm[region] = SlopeNormOf(cell);
        Buffer.Area[region] = Math.Max(cell.Area(), 0);
        if (Buffer.MapLength > 0 && Flush is null)
            KeepMap(cell);
        if (_options.Boundary)
            FindBoundary(cell, cell.NextStride, _outputs);
    }

    private double ConstantOf(Cell cell, int output) => cell.Next[2 * cell.NextStride + output] + (_center is null ? 0 : _center[_folded.Stages.Length, output]);

    private Vector512<double> CenterOutputs()
    {
        Vector512<double> values = default;
        for (int o = 0; _center is not null && o < Math.Min(_outputs, SmallCell.Most); o++)
            values = values.WithElement(o, _center[_folded.Stages.Length, o]);
        return values;
    }

    // The outputs for the boundary: only their differences matter, so the reference is the largest output at the center.
    private double[] Outputs(Cell cell, int stride)
    {
        if (_center is null)
            return cell.Next;
        int stage = _folded.Stages.Length, count = _outputs, best = 0;
        double[] outputs = cell.Next.AsSpan(0, 3 * stride).ToArray();
        for (int o = 1; o < count; o++)
            best = _center[stage, o] > _center[stage, best] ? o : best;
        (double high, double low) = count == 1 ? (0, 0) : (_center[stage, best], _center.Low(stage, best));
        for (int o = 0; o < count; o++)
            outputs[2 * stride + o] += (_center[stage, o] - high) + (_center.Low(stage, o) - low);
        return outputs;
    }

    private void KeepMap(Cell cell)
    {
        int outputs = _outputs;
        Span<double> map = Buffer.AddMap(0);
        double scale = 0;
        for (int part = 0; part < 3; part++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double entry = part < 2 ? cell.Next[part * cell.NextStride + o] : ConstantOf(cell, o);
                map[part * outputs + o] = entry;
                scale = Math.Max(scale, Math.Abs(entry));
            }
        }
        Buffer.MapScale[Buffer.Regions] = scale;
    }

    private void FindBoundary(Cell cell, int stride, int outputs)
    {
        int segment = _folded.Stages.Length, lines = _lines.Count;
        _exact.Stamps[segment] = ++_stamp;
        _probe.Clear();
        _probe.CopyPolygon(cell);
        _probe.Stage = cell.Stage;
        double[] block = Outputs(cell, stride);
        (_probe.Noise, _probe.Gradient, _probe.WobbleShare) = (_rounding.Noise(segment), 2 * SignKernel.Gradient(ref block[0], ref block[stride], outputs), _rounding.WobbleShare(segment));
        _probe.SetDoubts();
        if (_options.Classes is (int first, int second))
        {
            (double da, double db, double dc) = Difference(block, stride, first, second);
            AddCrossing(da, db, dc, Line.Tie(segment, first, second), first, second);
        }
        else if (outputs == 1)
            AddCrossing(block[0], block[stride], block[2 * stride], Line.At(segment, 0, 0), -1, 0);
        else
            AddEnvelope(block, stride, segment);
        _lines.Release(lines);
    }

    private void AddCrossing(double a, double b, double c, Line line, int first, int second)
    {
        bool above = false, below = false;
        for (int v = 0; v < _probe.Corners; v++)
        {
            int sign = SignAt(_probe, v, a, b, c, line);
            _probe.Polygon[v].Sign = sign;
            above |= sign > 0;
            below |= sign < 0;
        }
        if (!above || !below)
            return;
        var half = new Cell();
        AddCut(_probe, a, b, c, line, -1);
        FindCrossings(_probe);
        Clip(_probe, 1, -1, half);
        AddTies(half, source => source == -1 ? (first, second) : null);
    }

    private void AddEnvelope(double[] block, int stride, int segment)
    {
        _allOutputs ??= [.. Enumerable.Range(0, _outputs)];
        var outputs = new Candidates(_allOutputs, _allOutputs, default, segment, -1);
        if (SoleWinner(_probe, _probe.Box(), block, stride, outputs) >= 0)
            return;
        Envelope(_probe, block, stride, outputs, _probe.Pieces);
        foreach (Cell piece in _probe.Pieces)
            AddTies(piece, source => source <= -2 && -2 - source > piece.Winner ? (piece.Winner, -2 - source) : null);
    }

    private void AddTies(Cell piece, Func<int, (int First, int Second)?> pair)
    {
        for (int k = 0; k < piece.Corners; k++)
        {
            int next = (k + 1) % piece.Corners;
            if (pair(piece.Polygon[k].Source) is (int first, int second))
                Buffer.AddSegment(piece.Polygon[k].X, piece.Polygon[k].Y, piece.Polygon[next].X, piece.Polygon[next].Y, first, second);
        }
    }
}
