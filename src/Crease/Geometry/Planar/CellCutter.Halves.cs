using System.Numerics;
using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Cutting a cell along the crease of one item.</summary>
internal sealed partial class CellCutter
{
    /// <summary>Chooses the crease nearest to the center, which keeps the tree of cuts shallow, and finds where it crosses the polygon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Split(Cell cell)
    {
        int chosen = 0;
        // Few creases are taken in order, as small cells take them: the order of regions may not depend on how they are found.
        if (cell.Corners + cell.Items > SmallCell.Most)
        {
            (double x, double y) = cell.Center();
            chosen = SignKernel.Nearest(ref cell.A[0], ref cell.B[0], ref cell.C[0], cell.Items, x, y);
        }
        double a = cell.A[chosen], b = cell.B[chosen], c = cell.C[chosen];
        (int unit, int knot) = UnitOf(cell, cell.Item[chosen]);
        Line line = Line.At(cell.Stage, unit, _folded.Stages[cell.Stage].Knots[knot]);
        Span<CellCorner> polygon = cell.Polygon.AsSpan(0, cell.Corners);
        for (int i = 0; i < polygon.Length; i++)
            polygon[i].Sign = SignAt(cell, i, a, b, c, line);
        cell.Chosen = chosen;
        AddCut(cell, a, b, c, line, _folded.Creases.Knot(cell.Stage, unit, knot));
        FindCrossings(cell);
    }

    private void AddCut(Cell cell, double a, double b, double c, in Line line, int crease)
    {
        cell.Cut = _lines.Push();
        ref Edge cut = ref _lines.At(cell.Cut);
        cut.A = a;
        cut.B = b;
        cut.C = c;
        cut.Length = Length(a, b);
        cut.Slack = _rounding.Slack(cell.Noise) / cut.Length;
        cut.Wobble = cut.Slack * cell.WobbleShare;
        cut.Line = line;
        cut.Crease = crease;
    }

    // Where the cut crosses the polygon between corners; a convex polygon is crossed at most twice.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindCrossings(Cell cell)
    {
        cell.FirstCrossing.Edge = cell.SecondCrossing.Edge = -1;
        ReadOnlySpan<CellCorner> polygon = cell.Polygon.AsSpan(0, cell.Corners);
        int here = polygon[0].Sign;
        for (int i = 0; i < polygon.Length; i++)
        {
            int there = polygon[i + 1 == polygon.Length ? 0 : i + 1].Sign, product = here * there;
            here = there;
            if (product >= 0)
                continue;
            ref readonly Edge edge = ref _lines[polygon[i].Line], cut = ref _lines[cell.Cut];
            ref Crossing crossing = ref cell.FirstCrossing.Edge < 0 ? ref cell.FirstCrossing : ref cell.SecondCrossing;
            crossing.Edge = i;
            if (!(LineCrossing.Find(edge, cut, ref crossing) <= _rounding.CoarseError))
                (crossing.X, crossing.Y) = _exact.Crossing(edge.Line, cut.Line);
        }
    }

    /// <summary>One half of a cell that was split: where the chosen item is off (side -1) or on (side 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MakeHalf(Cell cell, int side, Cell half)
    {
        Inherit(cell, half);
        Clip(cell, side, -1, half);
        _sources.Clear();
        int chosen = cell.Chosen;
        if (side > 0)
            TurnOn(cell, half, cell.Item[chosen], cell.A[chosen], cell.B[chosen], cell.C[chosen]);
        else
            TurnOff(cell, cell.Item[chosen]);
        if (cell.Items > 1)
            Sift(cell, half);
        PassOn(cell, half);
    }

    private static void Inherit(Cell whole, Cell part)
    {
        part.Clear();
        (part.Stage, part.Hash) = (whole.Stage, whole.Hash);
        (part.Noise, part.Gradient, part.WobbleShare) = (whole.Noise, whole.Gradient, whole.WobbleShare);
        (part.Net, part.NetArea) = (whole.Net, whole.NetArea);
    }

    // Field by field: a struct that was just written in parts is slow to read as a whole. Corners with sign zero belong to both halves and are never computed again; a crossing is computed once for both.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clip(Cell cell, int side, int source, Cell half)
    {
        ReadOnlySpan<CellCorner> polygon = cell.Polygon.AsSpan(0, cell.Corners);
        half.ReserveCorners(polygon.Length + 2);
        CellCorner[] clipped = half.Polygon;
        int count = 0, here = side * polygon[0].Sign;
        for (int i = 0; i < polygon.Length; i++)
        {
            int there = side * polygon[i + 1 == polygon.Length ? 0 : i + 1].Sign;
            if (here >= 0)
            {
                ref CellCorner kept = ref clipped[count++];
                ref readonly CellCorner from = ref polygon[i];
                kept.X = from.X;
                kept.Y = from.Y;
                kept.Error = from.Error;
                kept.Doubt = from.Doubt;
                bool ends = here == 0 && there <= 0;
                kept.Line = ends ? cell.Cut : from.Line;
                kept.Source = ends ? source : i;
                kept.Head = kept.Tail = -1;
            }
            if (here * there < 0)
            {
                ref readonly Crossing crossing = ref cell.FirstCrossing.Edge == i ? ref cell.FirstCrossing : ref cell.SecondCrossing;
                ref CellCorner added = ref clipped[count++];
                added.X = crossing.X;
                added.Y = crossing.Y;
                added.Error = crossing.Error;
                added.Doubt = cell.Noise + cell.Gradient * crossing.Error;
                added.Line = here > 0 ? cell.Cut : polygon[i].Line;
                added.Source = here > 0 ? source : i;
                added.Head = added.Tail = -1;
            }
            here = there;
        }
        half.Corners = count;
    }

    // Which of the remaining items still cross the half; the others are settled.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sift(Cell cell, Cell half)
    {
        half.ReserveItems(cell.Items);
        SignKernel.Sides(ref cell.A[0], ref cell.B[0], ref cell.C[0], 0, cell.Items, half.Polygon.AsSpan(0, half.Corners), _above, _below, _doubtful);
        for (int group = 0; group << 3 < cell.Items; group++)
        {
            int first = group << 3, open = Math.Min(cell.Items - first, 8), all = (1 << open) - 1;
            if (cell.Chosen >> 3 == group)
                all &= ~(1 << (cell.Chosen & 7));
            int above = _above[group], below = _below[group], crossing = above & below & all;
            for (int doubtful = _doubtful[group] & ~crossing & all; doubtful != 0; doubtful &= doubtful - 1)
            {
                int bit = doubtful & -doubtful, i = first + BitOperations.TrailingZeroCount(doubtful);
                (int unit, int knot) = UnitOf(cell, cell.Item[i]);
                (bool isAbove, bool isBelow) = Resolve(half, cell.A[i], cell.B[i], cell.C[i], Line.At(cell.Stage, unit, _folded.Stages[cell.Stage].Knots[knot]));
                above = isAbove ? above | bit : above & ~bit;
                crossing |= isAbove && isBelow ? bit : 0;
            }
            for (int off = all & ~crossing & ~above; off != 0; off &= off - 1)
                TurnOff(cell, cell.Item[first + BitOperations.TrailingZeroCount(off)]);
            for (int on = all & ~crossing & above; on != 0; on &= on - 1)
            {
                int i = first + BitOperations.TrailingZeroCount(on);
                TurnOn(cell, half, cell.Item[i], cell.A[i], cell.B[i], cell.C[i]);
            }
            for (; crossing != 0; crossing &= crossing - 1)
            {
                int i = first + BitOperations.TrailingZeroCount(crossing);
                half.AddItem(cell.Item[i], cell.A[i], cell.B[i], cell.C[i]);
            }
        }
    }

    private (int Unit, int Knot) UnitOf(Cell cell, int item)
    {
        if (cell.Net is LocalNetwork net)
            return (net.UnitOf(cell.Stage, item), 0);
        (int knot, int unit) = Math.DivRem(item, _folded.Stages[cell.Stage].Padded);
        return (unit, knot);
    }

    private void TurnOff(Cell cell, int item) => _codes[cell.Stage][cell.Net is LocalNetwork net ? net.UnitOf(cell.Stage, item) : item] = 0;

    // What the unit passes on is added to the next block with that of the others.
    private void TurnOn(Cell cell, Cell half, int item, double a, double b, double c)
    {
        Stage stage = _folded.Stages[cell.Stage];
        if (cell.Net is LocalNetwork net)
        {
            int unit = net.UnitOf(cell.Stage, item);
            _codes[cell.Stage][unit] = 1;
            half.Hash ^= stage.Keys[unit];
            _sources.Add(item, a, b, c);
            return;
        }
        _codes[cell.Stage][item] = 1;
        half.Hash ^= stage.Keys[item];
        (int knot, int own) = Math.DivRem(item, stage.Padded);
        double gain = stage.Gain(own, knot);
        _sources.Add(own, gain * a, gain * b, gain * c);
    }
}
