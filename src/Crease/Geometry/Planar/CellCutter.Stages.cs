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
