using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>From a small cell whose items are settled straight to the small cell of the next stage.</summary>
internal sealed partial class CellCutter
{
    // Rows that a stage may have for that: four vectors.
    private const int MostSmallRows = 32;

    private readonly ulong[] _rowsAbove = new ulong[MostSmallRows / 8], _rowsBelow = new ulong[MostSmallRows / 8];

    /// <summary>Enters the next stage and cuts the cell there, where that is one of few rows, none of them in doubt, and the cell stays small.</summary>
    /// <param name="cell">The next stage's rows; its polygon is not filled.</param>
    /// <param name="from">Corners and edges; takes over the chains.</param>
    /// <returns>False when nothing was done but for what is written again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryContinueSmall(Cell cell, SmallCell from)
    {
        LocalNetwork net = cell.Net!;
        int t = cell.Stage + 1;
        if (_center is not null || t > _lastSmallStage || net.HiddenAfter(t) > FewRows || _folded.Stages[t].Pooling is not null)
            return false;
        int count = net.Count(t), corners = from.Corners, stride = cell.NextStride;
        if (count > MostSmallRows)
            return false;
        double[] rows = cell.Next;
        double noise = _rounding.Noise(t), gradient = SignKernel.Gradient(ref rows[0], ref rows[stride], count);
        int items = SidesOfRows(rows, stride, count, from, Vector512.Create(noise) + Vector512.Create(gradient) * from.Error);
        if (items < 0 || corners + items > SmallCell.Most)
            return false;
        _exact.Stamps[t] = ++_stamp;
        cell.Stage = t;
        cell.NetArea *= 2;
        (cell.Noise, cell.Gradient, cell.WobbleShare) = (noise, gradient, _rounding.WobbleShare(t));
        cell.ReserveItems(SmallCell.Most);
        SmallStage level = NextLevel();
        SmallCell small = level.Cells[0];
        (small.X, small.Y, small.Error, small.Line, small.Crease, small.Corners) = (from.X, from.Y, from.Error, from.Line, from.Crease, corners);
        small.Above = small.Below = 0;
        small.Head = small.Tail = Vector256<int>.AllBitsSet;
        EnterSettledRows(cell, net, rows, stride, count, small);
        PassColumns(cell, net);
        level.Begin(cell, t + 1 == _folded.Stages.Length);
        (small.Hash, small.Open, small.On) = (cell.Hash, (1 << cell.Items) - 1, 0);
        Halve(level, 0);
        (from.Head, from.Tail) = (small.Head, small.Tail);
        _level--;
        return true;
    }

    // Signs of rows at corners, one byte of a word per corner and one word per eight rows; how many rows cross, or -1 where one is in doubt that does not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SidesOfRows(double[] rows, int stride, int count, SmallCell from, Vector512<double> doubt)
    {
        int items = 0;
        for (int first = 0; first < count; first += 8)
        {
            Vector512<double> a = Vector512.LoadUnsafe(ref rows[0], (nuint)first), b = Vector512.LoadUnsafe(ref rows[0], (nuint)(stride + first)), c = Vector512.LoadUnsafe(ref rows[0], (nuint)(2 * stride + first));
            ulong above = 0, below = 0;
            for (int v = 0; v < from.Corners; v++)
            {
                Vector512<double> z = Vector512.FusedMultiplyAdd(a, Vector512.Create(SmallCell.Lane(ref from.X, v)), Vector512.FusedMultiplyAdd(b, Vector512.Create(SmallCell.Lane(ref from.Y, v)), c));
                Vector512<double> limit = Vector512.Create(SmallCell.Lane(ref doubt, v));
                above |= Vector512.GreaterThan(z, limit).ExtractMostSignificantBits() << 8 * v;
                below |= Vector512.LessThan(z, -limit).ExtractMostSignificantBits() << 8 * v;
            }
            int all = count - first < 8 ? (1 << (count - first)) - 1 : 0xFF, crossing = SmallCell.Any(above) & SmallCell.Any(below) & all;
            if ((SmallCell.Any(~(above | below) & SmallCell.First(from.Corners)) & all & ~crossing) != 0)
                return -1;
            items += BitOperations.PopCount((uint)crossing);
            (_rowsAbove[first >> 3], _rowsBelow[first >> 3]) = (above, below);
        }
        return items;
    }

    // Rows that cross become items, with their signs at the corners; what the others pass on is collected.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EnterSettledRows(Cell cell, LocalNetwork net, double[] rows, int stride, int count, SmallCell small)
    {
        int t = cell.Stage;
        ReadOnlySpan<int> units = net.Units.AsSpan(net.Start[t], count);
        byte[] code = _codes[t];
        ulong[] keys = _folded.Stages[t].Keys;
        _sources.Clear();
        for (int first = 0; first < count; first += 8)
        {
            ulong above = _rowsAbove[first >> 3], below = _rowsBelow[first >> 3];
            int end = Math.Min(first + 8, count), some = SmallCell.Any(above) & ((1 << (end - first)) - 1), crossing = some & SmallCell.Any(below), on = some & ~crossing;
            for (int row = first; row < end; row++)
                code[units[row]] = (byte)(on >> (row - first) & 1);
            for (; crossing != 0; crossing &= crossing - 1)
            {
                int bit = BitOperations.TrailingZeroCount(crossing), row = first + bit, item = cell.Items;
                small.Above |= (above >> bit & SmallCell.Bytes) << item;
                small.Below |= (below >> bit & SmallCell.Bytes) << item;
                cell.AddItem(row, rows[row], rows[stride + row], rows[2 * stride + row]);
            }
            for (; on != 0; on &= on - 1)
            {
                int row = first + BitOperations.TrailingZeroCount(on);
                cell.Hash ^= keys[units[row]];
                _sources.Add(row, rows[row], rows[stride + row], rows[2 * stride + row]);
            }
        }
    }
}
