using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>Cells that are small enough for vectors; there most regions come from.</summary>
/// <remarks>
/// Signs of all items at a corner are found once, when the corner is made; a half takes those of its corners over from the whole. What
/// items pass on is added when all are settled. The recursion is as deep as a small cell has items, and once more per stage.
/// </remarks>
internal sealed partial class CellCutter
{
    // Recursion over stages is bounded by the stack; earlier stages of deeper networks are cut on the explicit path.
    private const int MostSmallStages = 64;

    private readonly List<SmallStage> _small = [];
    private readonly Cell _smallProbe = new();
    private Vector512<double> _centerOutputs;
    private int _level;

    /// <summary>Whether a cell with a local network has few corners and items; a cut adds one corner at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSmall(Cell cell) => cell.Corners + cell.Items <= SmallCell.Most && cell.Stage >= _firstSmallStage && cell.Stage <= _lastSmallStage && cell.Net is not null && cell.Windows.Count == 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void VisitSmall(Cell cell)
    {
        SmallStage level = NextLevel();
        level.Begin(cell, cell.Stage + 1 == _folded.Stages.Length);
        SmallCell small = level.Cells[0];
        int corners = cell.Corners;
        (small.Corners, small.Hash) = (corners, cell.Hash);
        (small.Open, small.On) = ((1 << cell.Items) - 1, 0);
        small.Above = small.Below = 0;
        small.Head = small.Tail = Vector256<int>.AllBitsSet;
        small.TakePolygon(cell.Polygon, _lines);
        for (int v = 0; v < corners && cell.Items > 0; v++)
        {
            ref readonly CellCorner corner = ref cell.Polygon[v];
            (int above, int below) = level.ItemsAt(corner.X, corner.Y, corner.Doubt);
            small.Above |= (ulong)above << 8 * v;
            small.Below |= (ulong)below << 8 * v;
        }
        Halve(level, 0);
        for (int v = 0; v < corners && Flush is null; v++)
            (cell.Polygon[v].Head, cell.Polygon[v].Tail) = (SmallCell.Lane(ref small.Head, v), SmallCell.Lane(ref small.Tail, v));
        _level--;
    }

    private SmallStage NextLevel()
    {
        if (_level == _small.Count)
            _small.Add(new SmallStage());
        return _small[_level++];
    }

    // Regions of a small cell: those of its lower half, then those of its upper one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Halve(SmallStage level, int depth)
    {
        SmallCell cell = level.Cells[depth];
        if (cell.Open == 0)
        {
            if (level.IsLast)
                Emit(level, cell);
            else
                Continue(level, cell);
            return;
        }
        int item = BitOperations.TrailingZeroCount(cell.Open), mark = _lines.Count;
        SmallCell half = level.Cells[depth + 1];
        int cut = Cut(level, cell, item, out NewCorner leaving, out NewCorner entering);
        bool isLastCut = level.IsLast && !_options.Boundary && cell.Open == 1 << item && (cell.CutAbove | cell.CutBelow) == (1 << cell.Corners) - 1;
        if (isLastCut)
            EmitHalf(level, cell, half, item, -1, cut, leaving, entering);
        else
        {
            MakeHalf(level, cell, half, item, -1, cut, leaving, entering);
            Halve(level, depth + 1);
        }
        int head = Flush is null ? cell.Collect(half, Buffer.Link) : -1, other = -1;
        if (!Stopped)
        {
            _newFrom = Math.Min(_newFrom, level.Root.Stage);
            if (isLastCut)
                EmitHalf(level, cell, half, item, 1, cut, leaving, entering);
            else
            {
                MakeHalf(level, cell, half, item, 1, cut, leaving, entering);
                Halve(level, depth + 1);
            }
            other = Flush is null ? cell.Collect(half, Buffer.Link) : -1;
        }
        if (Flush is null)
            JoinSides(head, other, Buffer, !Stopped, _chains.Join);
        _lines.Release(mark);
    }

    // A cell whose items are settled goes on to the next stage as one of any size.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Continue(SmallStage level, SmallCell small)
    {
        Cell root = level.Root, cell = level.Settled;
        cell.Clear();
        (cell.Stage, cell.Hash, cell.Net, cell.NetArea) = (root.Stage, small.Hash, root.Net, root.NetArea);
        _sources.Clear();
        for (int on = small.On; on != 0; on &= on - 1)
        {
            int item = BitOperations.TrailingZeroCount(on);
            _sources.Add(root.Item[item], root.A[item], root.B[item], root.C[item]);
        }
        PassOn(root, cell);
        if (TryContinueSmall(cell, small))
            return;
        small.CopyPolygonTo(cell);
        int networks = _networksUsed;
        Visit(cell);
        _networksUsed = networks;
        for (int v = 0; v < small.Corners && Flush is null; v++)
            (SmallCell.Lane(ref small.Head, v), SmallCell.Lane(ref small.Tail, v)) = (cell.Polygon[v].Head, cell.Polygon[v].Tail);
    }

    // Which corners lie above and below an item's crease, and where that crosses the polygon.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Cut(SmallStage level, SmallCell cell, int item, out NewCorner leaving, out NewCorner entering)
    {
        int corners = cell.Corners, above = SmallCell.AtCorners(cell.Above, item), below = SmallCell.AtCorners(cell.Below, item);
        if ((above | below) != (1 << corners) - 1)
        {
            Decide(level, cell, item);
            (above, below) = (SmallCell.AtCorners(cell.Above, item), SmallCell.AtCorners(cell.Below, item));
        }
        (cell.CutAbove, cell.CutBelow) = (above, below);
        Cell root = level.Root;
        int stage = root.Stage, unit = root.Net!.UnitOf(stage, root.Item[item]);
        AddCut(root, root.A[item], root.B[item], root.C[item], Line.At(stage, unit, 0), _folded.Creases.Knot(stage, unit, 0));
        int aboveNext = above >> 1 | (above & 1) << corners - 1, belowNext = below >> 1 | (below & 1) << corners - 1;
        int leaves = above & belowNext, enters = below & aboveNext;
        leaving = leaves == 0 ? default : CrossingAt(level, cell, BitOperations.TrailingZeroCount(leaves), root.Cut, item);
        entering = enters == 0 ? default : CrossingAt(level, cell, BitOperations.TrailingZeroCount(enters), root.Cut, item);
        return root.Cut;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NewCorner CrossingAt(SmallStage level, SmallCell cell, int edge, int cut, int item)
    {
        Crossing crossing = default;
        ref readonly Edge side = ref _lines[SmallCell.Lane(ref cell.Line, edge)], line = ref _lines[cut];
        if (!(LineCrossing.Find(side, line, ref crossing) <= _rounding.CoarseError))
            (crossing.X, crossing.Y) = _exact.Crossing(side.Line, line.Line);
        var corner = new NewCorner { X = crossing.X, Y = crossing.Y, Error = crossing.Error, Edge = edge };
        if (cell.Open == 1 << item)
            return corner;
        (int above, int below) = level.ItemsAt(crossing.X, crossing.Y, level.Root.Noise + level.Root.Gradient * crossing.Error);
        (corner.Above, corner.Below) = ((byte)(above & ~(1 << item)), (byte)(below & ~(1 << item)));
        return corner;
    }

    // Signs of an item that are in doubt at some corner; those that stay neither are zero.
    private void Decide(SmallStage level, SmallCell cell, int item)
    {
        int stage = level.Root.Stage;
        Line line = Line.At(stage, level.Root.Net!.UnitOf(stage, level.Root.Item[item]), 0);
        int known = SmallCell.AtCorners(cell.Above | cell.Below, item);
        for (int open = ~known & ((1 << cell.Corners) - 1); open != 0; open &= open - 1)
        {
            int v = BitOperations.TrailingZeroCount(open);
            Line first = _lines[SmallCell.Lane(ref cell.Line, (v == 0 ? cell.Corners : v) - 1)].Line, second = _lines[SmallCell.Lane(ref cell.Line, v)].Line;
            int sign = line == first || line == second ? 0 : _exact.At(line, first, second);
            cell.Above |= sign > 0 ? 1UL << 8 * v + item : 0;
            cell.Below |= sign < 0 ? 1UL << 8 * v + item : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MakeHalf(SmallStage level, SmallCell cell, SmallCell half, int item, int side, int cut, in NewCorner leaving, in NewCorner entering)
    {
        if ((cell.CutAbove | cell.CutBelow) != (1 << cell.Corners) - 1)
            half.TakeCorners(cell, side, (cut, _lines[cut].Crease), leaving, entering);
        else if (side > 0)
            half.TakeRun(cell, entering.Edge, BitOperations.PopCount((uint)cell.CutAbove), (cut, _lines[cut].Crease), leaving, entering);
        else
            half.TakeRun(cell, leaving.Edge, BitOperations.PopCount((uint)cell.CutBelow), (cut, _lines[cut].Crease), entering, leaving);
        half.Head = half.Tail = Vector256<int>.AllBitsSet;
        int others = cell.Open & ~(1 << item), on = side > 0 ? 1 << item : 0;
        half.Open = others == 0 ? 0 : Crossing(level, half, others);
        if (others != half.Open)
            on |= SmallCell.Any(half.Above) & others & ~half.Open;
        (half.On, half.Hash) = (cell.On | on, cell.Hash);
        Settle(level.Root, half, cell.Open & ~half.Open, on);
    }

    // Which of the items cross a half; what is in doubt about the others is decided.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Crossing(SmallStage level, SmallCell half, int items)
    {
        int crossing = SmallCell.Any(half.Above) & SmallCell.Any(half.Below) & items;
        int doubtful = SmallCell.Any(~(half.Above | half.Below) & SmallCell.First(half.Corners)) & items & ~crossing;
        if (doubtful == 0)
            return crossing;
        for (; doubtful != 0; doubtful &= doubtful - 1)
            Decide(level, half, BitOperations.TrailingZeroCount(doubtful));
        return SmallCell.Any(half.Above) & SmallCell.Any(half.Below) & items;
    }

    private void Settle(Cell root, SmallCell half, int items, int on)
    {
        LocalNetwork net = root.Net!;
        byte[] code = _codes[root.Stage];
        ulong[] keys = _folded.Stages[root.Stage].Keys;
        for (; items != 0; items &= items - 1)
        {
            int item = BitOperations.TrailingZeroCount(items), unit = net.UnitOf(root.Stage, root.Item[item]), isOn = on >> item & 1;
            code[unit] = (byte)isOn;
            half.Hash ^= keys[unit] & (ulong)-isOn;
        }
    }
}
