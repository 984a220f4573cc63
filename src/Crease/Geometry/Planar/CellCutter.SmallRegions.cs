using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>Regions that are small cells of the last stage, into the buffer.</summary>
internal sealed partial class CellCutter
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Emit(SmallStage level, SmallCell cell)
    {
        RegionBuffer buffer = Buffer;
        if (_limits.IsReached(_flushed + buffer.Regions))
        {
            Stopped = true;
            return;
        }
        buffer.ReserveRegion(SmallCell.Most);
        int first = buffer.HalfEdges, region = buffer.Regions, corners = cell.Corners;
        cell.X.StoreUnsafe(ref buffer.X[first]);
        cell.Y.StoreUnsafe(ref buffer.Y[first]);
        buffer.First[region] = first;
        buffer.Hash[region] = cell.Hash;
        buffer.NewFrom[region] = (ushort)Math.Min(_newFrom, ushort.MaxValue);
        buffer.Area[region] = Math.Max(cell.Area(), 0);
        Cell root = level.Root;
        ref double next = ref root.Next[0];
        nuint stride = (nuint)root.NextStride;
        Vector512<double> a = Vector512.LoadUnsafe(ref next), b = Vector512.LoadUnsafe(ref next, stride), c = Vector512.LoadUnsafe(ref next, 2 * stride);
        if (cell.On != 0)
            Add(root, cell.On, ref a, ref b, ref c);
        Describe(cell, region, a, b, c + _centerOutputs);
        if (Flush is null)
        {
            cell.Crease.StoreUnsafe(ref buffer.Crease[first]);
            Vector256.Create(region).StoreUnsafe(ref buffer.Face[first]);
            Vector256<int> numbers = Vector256.Create(first) + Vector256<int>.Indices;
            (numbers - Vector256<int>.One).StoreUnsafe(ref buffer.Previous[first]);
            buffer.Previous[first] = first + corners - 1;
            Vector256<int>.AllBitsSet.StoreUnsafe(ref buffer.Link[first]);
            cell.Head = cell.Tail = numbers;
            if (_options.Boundary)
                FindBoundary(Probe(root, cell, a, b, c), SmallCell.Most, _outputs);
        }
        buffer.HalfEdges = first + corners;
        buffer.Regions = region + 1;
        _newFrom = int.MaxValue;
        if (Flush is not null)
            FlushIfFull();
    }

    // A half of a cell that nothing but one item crosses is a region: it needs no signs, lines or errors, where no boundary is looked for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EmitHalf(SmallStage level, SmallCell cell, SmallCell half, int item, int side, int cut, in NewCorner leaving, in NewCorner entering)
    {
        Cell root = level.Root;
        int unit = root.Net!.UnitOf(root.Stage, root.Item[item]), crease = Flush is null ? _lines[cut].Crease : -1;
        if (side > 0)
            half.TakeRegion(cell, entering.Edge, BitOperations.PopCount((uint)cell.CutAbove), crease, leaving, entering);
        else
            half.TakeRegion(cell, leaving.Edge, BitOperations.PopCount((uint)cell.CutBelow), crease, entering, leaving);
        int on = side > 0 ? 1 : 0;
        (half.On, half.Hash) = (cell.On | on << item, cell.Hash ^ (_folded.Stages[root.Stage].Keys[unit] & (ulong)-on));
        // None, where a limit keeps the region from being found.
        half.Head = half.Tail = Vector256<int>.AllBitsSet;
        _codes[root.Stage][unit] = (byte)on;
        Emit(level, half);
    }

    // What the items that are on pass on to the outputs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Cell root, int on, ref Vector512<double> a, ref Vector512<double> b, ref Vector512<double> c)
    {
        LocalNetwork net = root.Net!;
        int at = net.ColumnAt[root.Stage], stride = net.ColumnStride[root.Stage];
        Flops += 6.0 * _outputs * BitOperations.PopCount((uint)on);
        for (; on != 0; on &= on - 1)
        {
            int item = BitOperations.TrailingZeroCount(on);
            Vector512<double> column = Vector512.LoadUnsafe(ref net.Columns[at + root.Item[item] * stride]);
            a = Vector512.FusedMultiplyAdd(column, Vector512.Create(root.A[item]), a);
            b = Vector512.FusedMultiplyAdd(column, Vector512.Create(root.B[item]), b);
            c = Vector512.FusedMultiplyAdd(column, Vector512.Create(root.C[item]), c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Describe(SmallCell cell, int region, Vector512<double> a, Vector512<double> b, Vector512<double> c)
    {
        double x = 0, y = 0;
        for (int v = 0; v < cell.Corners; v++)
            (x, y) = (x + SmallCell.Lane(ref cell.X, v), y + SmallCell.Lane(ref cell.Y, v));
        Vector512<double> z = Vector512.FusedMultiplyAdd(a, Vector512.Create(x / cell.Corners), Vector512.FusedMultiplyAdd(b, Vector512.Create(y / cell.Corners), c));
        Vector512<double> squares = Vector512.FusedMultiplyAdd(a, a, b * b);
        double sum = squares[0], top = z[0];
        int best = _outputs == 1 && top > 0 ? 1 : 0;
        for (int o = 1; o < _outputs; o++)
        {
            sum += SmallCell.Lane(ref squares, o);
            double value = SmallCell.Lane(ref z, o);
            if (value > top)
                (top, best) = (value, o);
        }
        Buffer.Class[region] = best;
        Buffer.SlopeNorm[region] = Math.Sqrt(sum);
        if (Buffer.MapLength > 0 && Flush is null)
            KeepMap(region, a, b, c);
    }

    private void KeepMap(int region, Vector512<double> a, Vector512<double> b, Vector512<double> c)
    {
        ref double map = ref Buffer.AddMap(SmallCell.Most)[0];
        // Each run overwrites what the one before wrote behind its end.
        a.StoreUnsafe(ref map);
        b.StoreUnsafe(ref map, (nuint)_outputs);
        c.StoreUnsafe(ref map, 2 * (nuint)_outputs);
        Vector512<double> largest = Vector512.Max(Vector512.Abs(a), Vector512.Max(Vector512.Abs(b), Vector512.Abs(c)));
        double scale = 0;
        for (int o = 0; o < _outputs; o++)
            scale = Math.Max(scale, SmallCell.Lane(ref largest, o));
        Buffer.MapScale[region] = scale;
    }

    private Cell Probe(Cell root, SmallCell cell, Vector512<double> a, Vector512<double> b, Vector512<double> c)
    {
        Cell probe = _smallProbe;
        (probe.Stage, probe.NextStride) = (root.Stage, SmallCell.Most);
        cell.CopyPolygonTo(probe);
        if (probe.Next.Length == 0)
            probe.Next = new double[3 * SmallCell.Most + 8];
        a.StoreUnsafe(ref probe.Next[0]);
        b.StoreUnsafe(ref probe.Next[SmallCell.Most]);
        c.StoreUnsafe(ref probe.Next[2 * SmallCell.Most]);
        return probe;
    }
}
