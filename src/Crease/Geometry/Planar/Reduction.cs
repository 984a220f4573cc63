using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Reduces the network of a cell: bounds all later units over the cell, folds those that are on, drops those that are off.</summary>
/// <remarks>
/// Stage by stage: the rows of a stage are first made free of the units that are on everywhere (a small matrix product), then bounded by
/// planes, then sorted into off, on and tracked. Cost: six multiply-adds per entry of the columns for bounding, and the products.
/// Exactness: a unit is settled only when its bound exceeds the margin of rounding; all others stay tracked.
/// </remarks>
internal sealed partial class Reduction(FoldedNetwork folded)
{
    private readonly int[] _perStage = new int[folded.Stages.Length + 1], _sourcesPerStage = new int[folded.Stages.Length + 1];
    private double[] _affine = [], _columns = [], _planes = [], _bounds = [];
    private readonly Sources _on = new();
    private int[] _kept = [], _onRows = [];
    private readonly Sources _off = new();
    private CenterValues? _center;
    private double[] _margins = [];
    private int _stride, _sources;

    /// <summary>Multiply-adds so far, two operations each.</summary>
    public double Flops { get; private set; }

    /// <summary>Starts a cut.</summary>
    /// <param name="margins">Per stage: a unit is settled when its bound exceeds this.</param>
    /// <param name="center">Values at the center when rows hold differences from them, else null.</param>
    public void Begin(double[] margins, CenterValues? center) => (_margins, _center, Flops) = (margins, center, 0);

    /// <summary>Reduces; the cell's next block, items and network are replaced when enough is saved.</summary>
    /// <param name="cell">A cell with open items.</param>
    /// <param name="into">Overwritten with the reduced network.</param>
    /// <param name="codes">Codes of the cell; settled units are written.</param>
    /// <param name="winners">Likewise of its windows.</param>
    /// <returns>Whether the cell was changed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryReduce(Cell cell, LocalNetwork into, byte[][] codes, int[][] winners)
    {
        LocalNetwork net = cell.Net!;
        int first = cell.Stage, stages = folded.Stages.Length, from = net.Start[first + 1], rows = net.Rows - from;
        Prepare(cell, net, from, rows);
        ulong hash = 0;
        int kept = 0;
        BeginWindows(cell, net);
        for (int t = first + 1; t < stages; t++)
        {
            int at = net.Start[t] - from, count = net.Count(t), before = kept, sources = _sources;
            bool isPooling = folded.Stages[t].Pooling is not null;
            _windowAt[t] = _windows.Count;
            int on = isPooling ? BoundWindows(cell, net, t, at, count, (codes, winners[t]), ref kept, ref hash) : Bound(cell, net, t, at, count, codes[t], ref kept, ref hash);
            _perStage[t] = kept - before;
            Fold(net, t, at, from, on);
            if (isPooling)
                TrackWindows(net, t, from);
            else
                Track(net, t, at, from, before, kept);
            _sourcesPerStage[t] = _sources - sources;
        }
        if (4 * kept > 3 * (rows - net.Count(stages)))
            return false;
        for (int row = net.Start[stages] - from; row < rows; row++)
            _kept[kept++] = row;
        Compress(cell, net, into, from, kept);
        cell.Hash ^= hash;
        return true;
    }

    // The affine parts of all later rows, and the columns and planes of the open items.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(Cell cell, LocalNetwork net, int from, int rows)
    {
        int stage = cell.Stage, reach = net.Reach(stage) - from, most = cell.Items + net.HiddenAfter(stage);
        _stride = ((rows + 7) & ~7) + 8;
        Reserve(ref _affine, 3 * _stride + 8);
        Reserve(ref _columns, (most + 3) * _stride);
        Reserve(ref _planes, 6 * most);
        Reserve(ref _bounds, 8 * _stride);
        Reserve(ref _kept, rows);
        Reserve(ref _onRows, rows);
        _on.Reserve(rows);
        for (int k = 0; k < 3; k++)
        {
            cell.Next.AsSpan(k * cell.NextStride, reach).CopyTo(_affine.AsSpan(k * _stride));
            if (reach < rows)
                net.Affine.AsSpan(k * net.AffineStride + from + reach, rows - reach).CopyTo(_affine.AsSpan(k * _stride + reach));
        }
        for (int i = 0; i < cell.Items; i++)
        {
            (double a, double b, double c) = (cell.A[i], cell.B[i], cell.C[i]);
            (double least, double largest) = cell.Range(a, b, c);
            BoundKernel.Relu((a, b, c), default, least, largest, _planes.AsSpan(6 * i, 6));
            CopyColumn(net, stage, cell.Item[i], i, 0, rows);
        }
        _sources = _sourcesPerStage[stage] = cell.Items;
    }

    private void CopyColumn(LocalNetwork net, int stage, int item, int source, int start, int rows)
    {
        int length = net.Reach(stage) - net.Start[stage + 1];
        Span<double> column = _columns.AsSpan(source * _stride + start, rows - start);
        net.Columns.AsSpan(net.ColumnAt[stage] + item * net.ColumnStride[stage], length).CopyTo(column);
        column[length..].Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Bound(Cell cell, LocalNetwork net, int t, int at, int count, byte[] code, ref int kept, ref ulong hash)
    {
        BoundKernel.Planes(new Rows(_affine, at, _stride), count, _columns, at, _stride, _planes, _sources,
            cell.Polygon.AsSpan(0, cell.Corners), _bounds, _stride);
        Flops += 12.0 * count * _sources;
        _off.Clear();
        double margin = _margins[t];
        ulong[] keys = folded.Stages[t].Keys;
        int on = 0;
        for (int i = 0; i < count; i++)
        {
            int unit = net.Units[net.Start[t] + i];
            double center = _center is null ? 0 : _center[t, unit], least = _bounds[6 * _stride + i] + center, largest = _bounds[7 * _stride + i] + center;
            if (least > margin)
            {
                code[unit] = 1;
                hash ^= keys[unit];
                _onRows[on] = _on.Units[on] = i;
                on++;
            }
            else if (largest < -margin)
            {
                code[unit] = 0;
                if (center > 0)
                    _off.Add(i, 0, 0, -center);
            }
            else
            {
                _kept[kept++] = at + i;
                MarkOpen(t, unit);
            }
        }
        return on;
    }

    // What the units that are on pass to later rows, through the affine parts and through every tracked column.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold(LocalNetwork net, int t, int at, int from, int on)
    {
        int start = net.Start[t + 1] - from, length = net.Reach(t) - net.Start[t + 1];
        if (_off.Count > 0)
            Add(net, t, length, new Rows(_affine, start, _stride), _off);
        _on.Count = on;
        if (on == 0)
            return;
        Gather(_affine, at, at + _stride, at + 2 * _stride, on);
        AddCenters(net, t, on);
        Add(net, t, length, new Rows(_affine, start, _stride), _on);
        for (int j = 0; j < _sources; j += 3)
        {
            int column = j * _stride;
            Gather(_columns, column + at, column + _stride + at, column + 2 * _stride + at, on);
            Add(net, t, length, new Rows(_columns, column + start, _stride), _on);
        }
    }

    // What was off at the center and is on here passes on its value, not the difference.
    private void AddCenters(LocalNetwork net, int t, int on)
    {
        for (int i = 0; i < on && _center is not null; i++)
            _on.C[i] += Math.Min(_center[t, net.Units[net.Start[t] + _on.Units[i]]], 0);
    }

    private void Gather(double[] values, int a, int b, int c, int on)
    {
        for (int i = 0; i < on; i++)
        {
            int row = _onRows[i];
            (_on.A[i], _on.B[i], _on.C[i]) = (values[a + row], values[b + row], values[c + row]);
        }
    }

    private void Add(LocalNetwork net, int t, int length, in Rows rows, Sources sources)
    {
        ColumnKernel.Add(rows, rows, length, net.Columns, net.ColumnAt[t], net.ColumnStride[t], sources);
        Flops += 6.0 * length * sources.Count;
    }

    private void Track(LocalNetwork net, int t, int at, int from, int before, int kept)
    {
        for (int k = before; k < kept; k++)
        {
            int i = _kept[k] - at;
            double center = _center is null ? 0 : _center[t, net.Units[net.Start[t] + i]];
            Span<double> planes = _planes.AsSpan(6 * _sources, 6);
            BoundKernel.Relu((_bounds[i], _bounds[_stride + i], _bounds[2 * _stride + i] + center), (_bounds[3 * _stride + i], _bounds[4 * _stride + i], _bounds[5 * _stride + i]),
                _bounds[6 * _stride + i] + center, _bounds[7 * _stride + i] + center, planes);
            planes[2] -= Math.Max(center, 0);
            CopyColumn(net, t, i, _sources++, net.Start[t + 1] - from, net.Rows - from);
        }
    }

    // Only the rows that are kept, packed: the reduced network, and the cell's block in its rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compress(Cell cell, LocalNetwork net, LocalNetwork into, int from, int kept)
    {
        int first = cell.Stage, stages = folded.Stages.Length;
        (into.First, into.Rows) = (first, kept);
        Reserve(ref into.Units, kept);
        Reserve(ref into.FirstUnits, cell.Items);
        for (int i = 0; i < cell.Items; i++)
            (into.FirstUnits[i], cell.Item[i]) = (net.UnitOf(first, cell.Item[i]), i);
        for (int r = 0; r < kept; r++)
            into.Units[r] = net.Units[from + _kept[r]];
        CopyWindows(net, into, from, kept);
        into.Start[first + 1] = 0;
        for (int t = first + 1; t < stages; t++)
            into.Start[t + 1] = into.Start[t] + _perStage[t];
        into.Start[stages + 1] = kept;
        int columns = 0;
        for (int t = first; t < stages; t++)
        {
            (into.ColumnAt[t], into.ColumnStride[t]) = (columns, (kept - into.Start[t + 1] + 7) & ~7);
            columns += _sourcesPerStage[t] * into.ColumnStride[t];
        }
        Reserve(ref into.Columns, columns);
        for (int t = first, j = 0; t < stages; t++)
        {
            for (int i = 0, count = _sourcesPerStage[t]; i < count; i++, j++)
                Pick(_columns.AsSpan(j * _stride), into.Start[t + 1], kept, into.Columns.AsSpan(into.ColumnAt[t] + i * into.ColumnStride[t], into.ColumnStride[t]));
        }
        int stride = (kept + 7) & ~7;
        double[] next = cell.Spare(3 * stride + 8);
        for (int k = 0; k < 3; k++)
            Pick(_affine.AsSpan(k * _stride), 0, kept, next.AsSpan(k * stride, stride));
        (cell.Next, cell.NextStride, cell.Net) = (next, stride, into);
    }

    private void Pick(ReadOnlySpan<double> values, int start, int end, Span<double> packed)
    {
        for (int r = start; r < end; r++)
            packed[r - start] = values[_kept[r]];
        packed[(end - start)..].Clear();
    }

    private static void Reserve<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[Math.Max(length, 2 * array.Length)];
    }
}
