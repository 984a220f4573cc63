using System.Numerics;
using System.Numerics.Tensors;

namespace Crease.Geometry;

/// <summary>Entering a stage: which units are settled on the whole cell, and what those pass on.</summary>
internal sealed partial class CellCutter
{
    /// <summary>Starts the next stage on a cell whose code is decided up to here.</summary>
    public void EnterStage(Cell from, Cell to)
    {
        int t = from.Stage + 1;
        Stage stage = _folded.Stages[t];
        int stride = _folded.Folds[t].Stride;
        to.Clear();
        to.CopyPolygon(from);
        (to.Stage, to.Hash, to.Block) = (t, from.Hash, from.Next);
        _exact.Stamps[t] = ++_stamp;
        to.ScaleA = Math.Abs(TensorPrimitives.MaxMagnitude(to.Block.AsSpan(0, stage.Rows)));
        to.ScaleB = Math.Abs(TensorPrimitives.MaxMagnitude(to.Block.AsSpan(stride, stage.Rows)));
        to.ScaleC = Math.Abs(TensorPrimitives.MaxMagnitude(to.Block.AsSpan(2 * stride, stage.Rows)));
        foreach (double knot in stage.Knots)
            to.ScaleC = Math.Max(to.ScaleC, Math.Abs(knot));
        SetDoubts(to);
        _sourceCount = 0;
        if (stage.Pooling is null)
            EnterItems(stage, stride, to);
        else
            EnterWindows(stage, to, Enumerable.Range(0, stage.Windows.Length));
        Fold fold = _folded.Folds[t + 1];
        to.Next = to.OwnBlock(3 * fold.Stride);
        fold.Base(_scratch, to.Block, Collected(), to.Next);
        Flops += 6.0 * fold.Stride * _sourceCount;
    }

    private void EnterItems(Stage stage, int stride, Cell to)
    {
        double[] block = to.Block;
        byte[] code = _codes[stage.Index];
        for (int knot = 0; knot < stage.Knots.Length; knot++)
        {
            double at = stage.Knots[knot];
            SignKernel.Sides(ref block[0], ref block[stride], ref block[2 * stride], at, stage.Units,
                to.X.AsSpan(0, to.Corners), to.Y.AsSpan(0, to.Corners), to.Doubt.AsSpan(0, to.Corners), _above, _below, _doubtful);
            for (int group = 0; group < stage.Padded / 8; group++)
            {
                int crossing = _above[group] & _below[group], on = _above[group] & ~_below[group];
                for (int doubtful = _doubtful[group] & ~crossing; doubtful != 0; doubtful &= doubtful - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(doubtful), unit = 8 * group + bit;
                    (bool above, bool below) = Resolve(to, block[unit], block[stride + unit], block[2 * stride + unit] - at, Line.At(stage.Index, unit, at));
                    crossing |= above && below ? 1 << bit : 0;
                    on = above && !below ? on | 1 << bit : on & ~(1 << bit);
                }
                code[knot * stage.Padded / 8 + group] = (byte)on;
                for (; crossing != 0; crossing &= crossing - 1)
                {
                    int unit = 8 * group + BitOperations.TrailingZeroCount(crossing);
                    to.GrowItems();
                    to.AddItem(knot * stage.Padded + unit, block[unit], block[stride + unit], block[2 * stride + unit] - at);
                }
                for (; on != 0; on &= on - 1)
                {
                    int unit = 8 * group + BitOperations.TrailingZeroCount(on);
                    to.Hash ^= stage.Keys[knot * stage.Padded + unit];
                    if (stage.IsPlain)
                        AddSource(unit, stage.Gain(unit, 0), block[unit], block[stride + unit], block[2 * stride + unit] - at);
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
                int item = knot * stage.Padded + unit;
                if ((code[item >> 3] >> (item & 7) & 1) == 0)
                    continue;
                double gain = stage.Gain(unit, knot);
                slope += gain;
                constant -= gain * stage.Knots[knot];
            }
            if (slope != 0 || constant != 0)
                AddSource(unit, slope, block[unit], block[stride + unit], block[2 * stride + unit], constant);
        }
    }

    private void AddSource(int unit, double gain, double a, double b, double c, double constant = 0)
    {
        if (_sourceCount == _units.Length)
        {
            int size = 2 * _sourceCount;
            Array.Resize(ref _units, size);
            Array.Resize(ref _pa, size);
            Array.Resize(ref _pb, size);
            Array.Resize(ref _pc, size);
        }
        _units[_sourceCount] = unit;
        _pa[_sourceCount] = gain * a;
        _pb[_sourceCount] = gain * b;
        _pc[_sourceCount++] = gain * c + constant;
    }

    private Sources Collected() => new()
    {
        Units = _units.AsSpan(0, _sourceCount),
        A = _pa.AsSpan(0, _sourceCount),
        B = _pb.AsSpan(0, _sourceCount),
        C = _pc.AsSpan(0, _sourceCount),
    };

    // The half's next block: the whole's, plus what was settled on the way; shared when nothing was.
    private void PassOn(Cell whole, Cell part)
    {
        part.Block = whole.Block;
        if (_sourceCount == 0)
        {
            part.Next = whole.Next;
            return;
        }
        Fold fold = _folded.Folds[whole.Stage + 1];
        part.Next = part.OwnBlock(3 * fold.Stride);
        fold.Add(whole.Next, Collected(), part.Next);
        Flops += 6.0 * fold.Stride * _sourceCount;
    }

    private static void SetDoubts(Cell cell)
    {
        for (int i = 0; i < cell.Corners; i++)
        {
            double scale = cell.ScaleA * Math.Abs(cell.X[i]) + cell.ScaleB * Math.Abs(cell.Y[i]) + cell.ScaleC;
            cell.Doubt[i] = SignDoubt * scale + (cell.ScaleA + cell.ScaleB) * cell.Error[i];
        }
    }

    private double Slack(Cell cell, double a, double b) =>
        LineSlack * ((cell.ScaleA + cell.ScaleB) * _radius + cell.ScaleC) / Math.Sqrt(a * a + b * b);

    private int SignAt(Cell cell, int corner, double a, double b, double c, Line line)
    {
        double z = Math.FusedMultiplyAdd(a, cell.X[corner], Math.FusedMultiplyAdd(b, cell.Y[corner], c));
        if (Math.Abs(z) > cell.Doubt[corner])
            return Math.Sign(z);
        if (line.IsNegated)
            return -SignAt(cell, corner, -a, -b, -c, line.Reversed);
        // A corner knows the lines it lies on.
        Line first = cell.Edges[corner == 0 ? cell.Corners - 1 : corner - 1].Line, second = cell.Edges[corner].Line;
        return line == first || line == second ? 0 : _exact.At(line, first, second);
    }

    private (bool Above, bool Below) Resolve(Cell cell, double a, double b, double c, Line line)
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
