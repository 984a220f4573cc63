using System.Numerics;
using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Entering a stage of a local network, and reducing that.</summary>
internal sealed partial class CellCutter
{
    // Below so many rows there is little to gain from reducing: they fit into two vectors.
    private const int FewRows = 16;

    // The stage's rows come first in the cell's block; those behind them become the next block.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EnterRows(Cell cell, LocalNetwork net)
    {
        int t = cell.Stage, count = net.Count(t), stride = cell.NextStride;
        double[] rows = cell.Next;
        ReadOnlySpan<int> units = net.Units.AsSpan(net.Start[t], count);
        (double[] constants, int at) = _center is null ? (rows, 2 * stride) : (Constants(t, units, rows, 2 * stride), 0);
        cell.NetArea *= 2;
        // Without rows of its own the stage changes nothing.
        if (count == 0)
            return;
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
        PassColumns(cell, net);
    }

    // As for rows of units; here the block is looked at again whenever a window is settled.
    private void EnterRowsOfWindows(Stage stage, Cell cell, LocalNetwork net)
    {
        int t = cell.Stage, count = net.Count(t), stride = cell.NextStride;
        double[] rows = cell.Next;
        (cell.Block, cell.BlockStride) = (rows, stride);
        if (count == 0)
            return;
        (cell.Noise, cell.Gradient, cell.WobbleShare) = (_rounding.Noise(t), 2 * SignKernel.Gradient(ref rows[0], ref rows[stride], count), _rounding.WobbleShare(t));
        cell.SetDoubts();
        EnterWindows(stage, cell, net.WindowCount(t));
        PassColumns(cell, net);
    }

    // The rows behind the stage's, with what its sources pass on: the next block.
    private void PassColumns(Cell cell, LocalNetwork net)
    {
        int t = cell.Stage, reach = net.Reach(t) - net.Start[t + 1], stride = net.ColumnStride[t];
        double[] next = cell.Spare(3 * stride + 8);
        Rows from = net.IsWhole ? new Rows(net.Affine, net.Start[t + 1], net.AffineStride) : new Rows(cell.Next, net.Count(t), cell.NextStride);
        ColumnKernel.Add(from, new Rows(next, 0, stride), reach, net.Columns, net.ColumnAt[t], stride, _sources);
        (cell.Next, cell.NextStride) = (next, stride);
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
        // A quarter of the area has about half of the creases.
        const int LeastShrinkage = 4;
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
}
