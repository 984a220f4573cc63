using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Entering a stage: which units are settled on the whole cell, and what those pass on.</summary>
internal sealed partial class CellCutter
{
    /// <summary>Goes on with the next stage on a cell whose code is decided up to here.</summary>
    public void EnterStage(Cell cell)
    {
        cell.Stage++;
        _exact.Stamps[cell.Stage] = ++_stamp;
        _sources.Clear();
        Stage stage = _folded.Stages[cell.Stage];
        if (cell.Net is LocalNetwork net)
        {
            if (stage.Pooling is null)
                EnterRows(cell, net);
            else
                EnterRowsOfWindows(stage, cell, net);
            return;
        }
        int stride = cell.NextStride;
        (cell.Block, cell.BlockStride) = (cell.Next, stride);
        double gradient = SignKernel.Gradient(ref cell.Block[0], ref cell.Block[stride], stage.Rows);
        (cell.Noise, cell.Gradient, cell.WobbleShare) = (_rounding.Noise(cell.Stage), stage.Pooling is null ? gradient : 2 * gradient, _rounding.WobbleShare(cell.Stage));
        cell.SetDoubts();
        if (stage.Pooling is null)
            EnterItems(stage, stride, cell);
        else
            EnterWindows(stage, cell, stage.Windows.Length);
        Fold fold = _folded.Folds[cell.Stage + 1];
        double[] next = cell.Spare(3 * fold.Stride);
        fold.Base(_scratch, cell.Block, _sources, next);
        (cell.Next, cell.NextStride) = (next, fold.Stride);
        Flops += 6.0 * fold.Stride * _sources.Count;
    }

    // The stage's rows come first in the cell's block; those behind them become the next block.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EnterRows(Cell cell, LocalNetwork net)
    {
        int t = cell.Stage, count = net.Count(t), stride = cell.NextStride, reach = net.Reach(t) - net.Start[t + 1];
        double[] rows = cell.Next;
        ReadOnlySpan<int> units = net.Units.AsSpan(net.Start[t], count);
        (double[] constants, int at) = _center is null ? (rows, 2 * stride) : (Constants(t, units, rows, 2 * stride), 0);
        cell.NetArea *= 2;
        // Without rows of its own the stage changes nothing.
        if (count == 0 && !net.IsWhole)
            return;
        if (count > 0)
        {
            (cell.Noise, cell.Gradient, cell.WobbleShare) = (_rounding.Noise(t), SignKernel.Gradient(ref rows[0], ref rows[stride], count), _rounding.WobbleShare(t));
            cell.SetDoubts();
            SignKernel.Sides(ref rows[0], ref rows[stride], ref constants[at], 0, count,
                cell.Polygon.AsSpan(0, cell.Corners), _above, _below, _doubtful);
            byte[] code = _codes[t];
            ulong[] keys = _folded.Stages[t].Keys;
            for (int group = 0; group << 3 < count; group++)
            {
                int crossing = _above[group] & _below[group], on = _above[group] & ~_below[group], first = group << 3;
                for (int doubtful = _doubtful[group] & ~crossing; doubtful != 0; doubtful &= doubtful - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(doubtful), row = first + bit;
                    (bool above, bool below) = Resolve(cell, rows[row], rows[stride + row], constants[at + row], Line.At(t, units[row], 0));
                    crossing |= above && below ? 1 << bit : 0;
                    on = above && !below ? on | 1 << bit : on & ~(1 << bit);
                }
                for (int row = first, end = Math.Min(first + 8, count); row < end; row++)
                    code[units[row]] = (byte)(on >> (row - first) & 1);
                if (_center is not null)
                    PassCenters(t, units, first, Math.Min(8, count - first), ~on);
                cell.ReserveItems(cell.Items + 8);
                for (; crossing != 0; crossing &= crossing - 1)
                {
                    int row = first + BitOperations.TrailingZeroCount(crossing);
                    cell.AddItem(row, rows[row], rows[stride + row], constants[at + row]);
                }
                for (; on != 0; on &= on - 1)
                {
                    int row = first + BitOperations.TrailingZeroCount(on);
                    cell.Hash ^= keys[units[row]];
                    bool isDifference = _center is not null && _center[t, units[row]] > 0;
                    _sources.Add(row, rows[row], rows[stride + row], isDifference ? rows[2 * stride + row] : constants[at + row]);
                }
            }
        }
        int nextStride = net.ColumnStride[t];
        double[] next = cell.Spare(3 * nextStride + 8);
        Rows from = net.IsWhole ? new Rows(net.Affine, net.Start[t + 1], net.AffineStride) : new Rows(rows, count, stride);
        ColumnKernel.Add(from, new Rows(next, 0, nextStride), reach, net.Columns, net.ColumnAt[t], nextStride, _sources);
        (cell.Next, cell.NextStride) = (next, nextStride);
        Flops += 6.0 * reach * _sources.Count;
    }

    // As for rows of units; here the block is looked at again whenever a window is settled.
    private void EnterRowsOfWindows(Stage stage, Cell cell, LocalNetwork net)
    {
        int t = cell.Stage, count = net.Count(t), stride = cell.NextStride, reach = net.Reach(t) - net.Start[t + 1];
        double[] rows = cell.Next;
        (cell.Block, cell.BlockStride) = (rows, stride);
        if (count == 0)
            return;
        (cell.Noise, cell.Gradient, cell.WobbleShare) = (_rounding.Noise(t), 2 * SignKernel.Gradient(ref rows[0], ref rows[stride], count), _rounding.WobbleShare(t));
        cell.SetDoubts();
        EnterWindows(stage, cell, net.WindowCount(t));
        int nextStride = net.ColumnStride[t];
        double[] next = cell.Spare(3 * nextStride + 8);
        ColumnKernel.Add(new Rows(rows, count, stride), new Rows(next, 0, nextStride), reach, net.Columns, net.ColumnAt[t], nextStride, _sources);
        (cell.Next, cell.NextStride) = (next, nextStride);
        Flops += 6.0 * reach * _sources.Count;
    }

    private void EnterWindows(Stage stage, Cell cell, int windows)
    {
        CellBox box = cell.Box();
        for (int window = 0; window < windows; window++)
            EnterWindow(stage, cell, window, box);
    }

    // Rows hold differences from the center; a sign is one of the value itself.
    private double[] Constants(int stage, ReadOnlySpan<int> units, double[] rows, int at)
    {
        if (_constants.Length < units.Length + 8)
            _constants = new double[2 * units.Length + 8];
        for (int i = 0; i < units.Length; i++)
            _constants[i] = _center![stage, units[i]] + rows[at + i];
        return _constants;
    }

    // A unit that is on at the center passes on the difference from that; while it is not known to be on, nothing but that.
    private void PassCenters(int stage, ReadOnlySpan<int> units, int first, int count, int which)
    {
        for (int i = 0; i < count; i++)
        {
            double center = _center![stage, units[first + i]];
            if ((which >> i & 1) != 0 && center > 0)
                _sources.Add(first + i, 0, 0, -center);
        }
    }

    private void Reduce(Cell cell)
    {
        // Below so many rows there is little to gain: they fit into two vectors. A quarter of the area has about half of the creases.
        const int FewRows = 16, LeastShrinkage = 4;
        if (cell.Net is LocalNetwork net ? net.HiddenAfter(cell.Stage) <= FewRows : cell.Stage + 1 >= _folded.Stages.Length)
            return;
        double area = cell.Area();
        if (LeastShrinkage * area > cell.NetArea)
            return;
        cell.NetArea = area;
        if (_networksUsed == _networks.Count)
            _networks.Add(new LocalNetwork(_folded.Stages.Length));
        LocalNetwork into = _networks[_networksUsed];
        if (cell.Net is null ? _graphReduction!.TryReduce(cell, into, _codes, _winners) : _reduction.TryReduce(cell, into, _codes, _winners))
            _networksUsed++;
    }

    private void EnterItems(Stage stage, int stride, Cell to)
    {
        double[] block = to.Block;
        byte[] code = _codes[stage.Index];
        for (int knot = 0; knot < stage.Knots.Length; knot++)
        {
            double at = stage.Knots[knot];
            SignKernel.Sides(ref block[0], ref block[stride], ref block[2 * stride], at, stage.Units,
                to.Polygon.AsSpan(0, to.Corners), _above, _below, _doubtful);
            for (int group = 0; group < stage.Padded / 8; group++)
            {
                int crossing = _above[group] & _below[group], on = _above[group] & ~_below[group], item = knot * stage.Padded + 8 * group;
                for (int doubtful = _doubtful[group] & ~crossing; doubtful != 0; doubtful &= doubtful - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(doubtful), unit = 8 * group + bit;
                    (bool above, bool below) = Resolve(to, block[unit], block[stride + unit], block[2 * stride + unit] - at, Line.At(stage.Index, unit, at));
                    crossing |= above && below ? 1 << bit : 0;
                    on = above && !below ? on | 1 << bit : on & ~(1 << bit);
                }
                for (int bit = 0; bit < 8; bit++)
                    code[item + bit] = (byte)(on >> bit & 1);
                to.ReserveItems(to.Items + 8);
                for (; crossing != 0; crossing &= crossing - 1)
                {
                    int unit = 8 * group + BitOperations.TrailingZeroCount(crossing);
                    to.AddItem(knot * stage.Padded + unit, block[unit], block[stride + unit], block[2 * stride + unit] - at);
                }
                for (; on != 0; on &= on - 1)
                {
                    int unit = 8 * group + BitOperations.TrailingZeroCount(on);
                    to.Hash ^= stage.Keys[knot * stage.Padded + unit];
                    double gain = stage.Gain(unit, 0);
                    if (stage.IsPlain)
                        _sources.Add(unit, gain * block[unit], gain * block[stride + unit], gain * (block[2 * stride + unit] - at));
                }
            }
        }
        if (!stage.IsPlain)
            PassSettled(stage, stride, block, code);
    }

    // The fixed part of every unit and what its settled items add, as one column per unit.
    private void PassSettled(Stage stage, int stride, double[] block, byte[] code)
    {
        for (int unit = 0; unit < stage.Units; unit++)
        {
            double slope = stage.Function!.Slope(unit, 0), constant = stage.Function.Offset(unit, 0);
            for (int knot = 0; knot < stage.Knots.Length; knot++)
            {
                if (code[knot * stage.Padded + unit] == 0)
                    continue;
                double gain = stage.Gain(unit, knot);
                slope += gain;
                constant -= gain * stage.Knots[knot];
            }
            if (slope != 0 || constant != 0)
                _sources.Add(unit, slope * block[unit], slope * block[stride + unit], slope * block[2 * stride + unit] + constant);
        }
    }

    // The half's next block: the whole's, plus what was settled on the way; shared when nothing was.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PassOn(Cell whole, Cell part)
    {
        (part.Block, part.BlockStride) = (whole.Block, whole.BlockStride);
        part.Next = whole.Next;
        part.NextStride = whole.NextStride;
        if (_sources.Count == 0)
            return;
        int stride = whole.NextStride;
        double[] next = part.Spare(3 * stride + 8);
        if (whole.Net is LocalNetwork net)
        {
            int t = whole.Stage, reach = net.Reach(t) - net.Start[t + 1];
            ColumnKernel.Add(new Rows(whole.Next, 0, stride), new Rows(next, 0, stride), reach, net.Columns, net.ColumnAt[t], net.ColumnStride[t], _sources);
        }
        else
            _folded.Folds[whole.Stage + 1].Add(whole.Next, _sources, next);
        part.Next = next;
        Flops += 6.0 * stride * _sources.Count;
    }

    private static double Length(double a, double b)
    {
        double square = a * a + b * b;
        return square is > 1e-290 and < 1e290 ? Math.Sqrt(square) : double.Hypot(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SignAt(Cell cell, int corner, double a, double b, double c, in Line line)
    {
        ref readonly CellCorner at = ref cell.Polygon[corner];
        double z = Math.FusedMultiplyAdd(a, at.X, Math.FusedMultiplyAdd(b, at.Y, c));
        if (Math.Abs(z) > at.Doubt)
            return z > 0 ? 1 : -1;
        return DoubtfulSignAt(cell, corner, a, b, c, line);
    }

    private int DoubtfulSignAt(Cell cell, int corner, double a, double b, double c, in Line line)
    {
        if (line.IsNegated)
            return -SignAt(cell, corner, -a, -b, -c, line.Reversed);
        // A corner knows the lines it lies on.
        Line first = _lines[cell.Polygon[(corner == 0 ? cell.Corners : corner) - 1].Line].Line, second = _lines[cell.Polygon[corner].Line].Line;
        return line == first || line == second ? 0 : _exact.At(line, first, second);
    }

    private (bool Above, bool Below) Resolve(Cell cell, double a, double b, double c, in Line line)
    {
        bool above = false, below = false;
        for (int i = 0; i < cell.Corners; i++)
        {
            int sign = SignAt(cell, i, a, b, c, line);
            above |= sign > 0;
            below |= sign < 0;
        }
        return (above, below);
    }
}
