using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Cutting a cell along the crease of one item.</summary>
internal sealed partial class CellCutter
{
    /// <summary>Chooses the crease nearest to the center, which keeps the tree of cuts shallow, and looks on which sides everything lies.</summary>
    public void Split(Cell cell)
    {
        int chosen = 0;
        if (cell.Items > 1)
        {
            (double x, double y) = cell.Center();
            chosen = SignKernel.Nearest(ref cell.A[0], ref cell.B[0], ref cell.C[0], cell.Items, x, y);
        }
        double a = cell.A[chosen], b = cell.B[chosen], c = cell.C[chosen];
        (int unit, int knot) = UnitOf(cell, cell.Item[chosen]);
        Line line = Line.At(cell.Stage, unit, _folded.Stages[cell.Stage].Knots[knot]);
        int n = cell.Corners;
        sbyte[] signs = cell.Signs;
        for (int i = 0; i < n; i++)
            signs[i] = (sbyte)SignAt(cell, i, a, b, c, line);
        cell.Chosen = chosen;
        cell.Cut = new Edge { A = a, B = b, C = c, Slack = Slack(cell, a, b), Line = line, Crease = _folded.Creases.Knot(cell.Stage, unit, knot) };
        FindCrossings(cell);
        if (cell.Items > 1)
            LookAtHalves(cell);
    }

    // Where the cut crosses the polygon between corners; a convex polygon is crossed at most twice.
    private void FindCrossings(Cell cell)
    {
        cell.FirstCrossing.Edge = cell.SecondCrossing.Edge = -1;
        int n = cell.Corners;
        sbyte[] signs = cell.Signs;
        for (int i = 0; i < n; i++)
        {
            int next = i + 1 == n ? 0 : i + 1;
            if (signs[i] * signs[next] >= 0)
                continue;
            (double x, double y, double error) = Corner.Of(cell.Edges[i], cell.Cut);
            if (!(error <= _rounding.Radius))
                (x, y) = _exact.Crossing(cell.Edges[i].Line, cell.Cut.Line);
            var crossing = new Crossing(i, x, y, error);
            if (cell.FirstCrossing.Edge < 0)
                cell.FirstCrossing = crossing;
            else
                cell.SecondCrossing = crossing;
        }
    }

    // The other items against the corners of both halves in one pass; new corners and corners on the cut belong to both.
    private void LookAtHalves(Cell cell)
    {
        int n = cell.Corners, low = 0, both = 0, high = 0;
        if (_pointX.Length < n + 2)
            (_pointX, _pointY, _pointDoubt) = (new double[2 * n + 2], new double[2 * n + 2], new double[2 * n + 2]);
        sbyte[] signs = cell.Signs;
        for (int i = 0; i < n; i++)
        {
            if (signs[i] < 0)
                AddPoint(low++, cell.X[i], cell.Y[i], cell.Doubt[i]);
        }
        for (int i = 0; i < n; i++)
        {
            if (signs[i] == 0)
                AddPoint(low + both++, cell.X[i], cell.Y[i], cell.Doubt[i]);
        }
        if (cell.FirstCrossing.Edge >= 0)
            AddPoint(low + both++, cell.FirstCrossing.X, cell.FirstCrossing.Y, cell.Noise + cell.Gradient * cell.FirstCrossing.Error);
        if (cell.SecondCrossing.Edge >= 0)
            AddPoint(low + both++, cell.SecondCrossing.X, cell.SecondCrossing.Y, cell.Noise + cell.Gradient * cell.SecondCrossing.Error);
        for (int i = 0; i < n; i++)
        {
            if (signs[i] > 0)
                AddPoint(low + both + high++, cell.X[i], cell.Y[i], cell.Doubt[i]);
        }
        int groups = (cell.Items + 7) >> 3;
        if (cell.Masks.Length < 6 * groups)
            cell.Masks = new byte[12 * groups];
        SignKernel.SplitSides(ref cell.A[0], ref cell.B[0], ref cell.C[0], cell.Items, ref _pointX[0], ref _pointY[0], ref _pointDoubt[0], (low, both, high), cell.Masks, groups);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddPoint(int at, double x, double y, double doubt)
    {
        _pointX[at] = x;
        _pointY[at] = y;
        _pointDoubt[at] = doubt;
    }

    /// <summary>One half of a cell that was split: where the chosen item is off (side -1) or on (side 1).</summary>
    public void MakeHalf(Cell cell, int side, Cell half)
    {
        Inherit(cell, half);
        Clip(cell, side, -1, half);
        half.SetDoubts();
        _sourceCount = 0;
        int chosen = cell.Chosen;
        Settle(cell, half, cell.Item[chosen], side > 0, cell.A[chosen], cell.B[chosen], cell.C[chosen]);
        if (cell.Items > 1)
            Sift(cell, side, half);
        PassOn(cell, half);
    }

    private static void Inherit(Cell whole, Cell part)
    {
        part.Clear();
        (part.Stage, part.Hash) = (whole.Stage, whole.Hash);
        (part.Noise, part.Gradient) = (whole.Noise, whole.Gradient);
        (part.Net, part.NetArea) = (whole.Net, whole.NetArea);
    }

    // Corners with sign zero belong to both halves and are never computed again; a crossing is computed once for both.
    private static void Clip(Cell cell, int side, int source, Cell half)
    {
        int n = cell.Corners;
        sbyte[] signs = cell.Signs;
        half.ReserveCorners(n + 2);
        for (int i = 0; i < n; i++)
        {
            int next = i + 1 == n ? 0 : i + 1, here = side * signs[i], there = side * signs[next];
            if (here > 0 || (here == 0 && there > 0))
                half.AddCorner(cell.X[i], cell.Y[i], cell.Error[i], cell.Edges[i], i);
            else if (here == 0)
                half.AddCorner(cell.X[i], cell.Y[i], cell.Error[i], cell.Cut, source);
            if (here * there >= 0)
                continue;
            ref Crossing crossing = ref cell.FirstCrossing.Edge == i ? ref cell.FirstCrossing : ref cell.SecondCrossing;
            if (here > 0)
                half.AddCorner(crossing.X, crossing.Y, crossing.Error, cell.Cut, source);
            else
                half.AddCorner(crossing.X, crossing.Y, crossing.Error, cell.Edges[i], i);
        }
    }

    // Which of the remaining items still cross the half; the others are settled.
    private void Sift(Cell cell, int side, Cell half)
    {
        half.ReserveItems(cell.Items - 1);
        int groups = (cell.Items + 7) >> 3, at = side > 0 ? 3 * groups : 0;
        byte[] masks = cell.Masks;
        for (int i = 0; i < cell.Items; i++)
        {
            if (i == cell.Chosen)
                continue;
            int group = at + (i >> 3), bit = i & 7;
            bool above = (masks[group] >> bit & 1) != 0, below = (masks[group + groups] >> bit & 1) != 0;
            double a = cell.A[i], b = cell.B[i], c = cell.C[i];
            if (!(above && below) && (masks[group + 2 * groups] >> bit & 1) != 0)
            {
                (int unit, int knot) = UnitOf(cell, cell.Item[i]);
                (above, below) = Resolve(half, a, b, c, Line.At(cell.Stage, unit, _folded.Stages[cell.Stage].Knots[knot]));
            }
            if (above && below)
                half.AddItem(cell.Item[i], a, b, c);
            else
                Settle(cell, half, cell.Item[i], above, a, b, c);
        }
    }

    private (int Unit, int Knot) UnitOf(Cell cell, int item)
    {
        if (cell.Net is LocalNetwork net)
            return (net.UnitOf(cell.Stage, item), 0);
        (int knot, int unit) = Math.DivRem(item, _folded.Stages[cell.Stage].Padded);
        return (unit, knot);
    }

    private void Settle(Cell cell, Cell half, int item, bool on, double a, double b, double c)
    {
        Stage stage = _folded.Stages[cell.Stage];
        if (cell.Net is LocalNetwork net)
        {
            int unit = net.UnitOf(cell.Stage, item);
            _codes[cell.Stage][unit] = on ? (byte)1 : (byte)0;
            if (!on)
                return;
            half.Hash ^= stage.Keys[unit];
            AddSource(item, 1, a, b, c);
            return;
        }
        _codes[cell.Stage][item] = on ? (byte)1 : (byte)0;
        if (!on)
            return;
        half.Hash ^= stage.Keys[item];
        (int knot, int own) = Math.DivRem(item, stage.Padded);
        AddSource(own, stage.Gain(own, knot), a, b, c);
    }
}
