namespace Crease.Geometry;

/// <summary>Cutting a cell along the crease of one item.</summary>
internal sealed partial class CellCutter
{
    /// <summary>The item to cut along: the crease nearest to the center, which keeps the tree of cuts shallow.</summary>
    public static int Choose(Cell cell)
    {
        if (cell.Items == 1)
            return 0;
        (double x, double y) = cell.Center();
        int items = cell.Items;
        return SignKernel.Nearest(cell.A.AsSpan(0, items), cell.B.AsSpan(0, items), cell.C.AsSpan(0, items), x, y);
    }

    /// <summary>One half of a cell: where the chosen item is off (side -1) or on (side 1).</summary>
    public void MakeHalf(Cell cell, int chosen, int side, Cell half)
    {
        Stage stage = _folded.Stages[cell.Stage];
        int item = cell.Item[chosen];
        (int knot, int unit) = Math.DivRem(item, stage.Padded);
        double a = cell.A[chosen], b = cell.B[chosen], c = cell.C[chosen];
        Line line = Line.At(cell.Stage, unit, stage.Knots[knot]);
        if (side < 0)
        {
            for (int i = 0; i < cell.Corners; i++)
                cell.Signs[i] = (sbyte)SignAt(cell, i, a, b, c, line);
        }
        var cut = new Edge { A = a, B = b, C = c, Slack = Slack(cell, a, b), Line = line, Crease = _folded.Creases.Knot(cell.Stage, unit, knot) };
        Inherit(cell, half);
        Clip(cell, side, cut, -1, half);
        SetDoubts(half);
        _sourceCount = 0;
        Settle(stage, half, item, side > 0, a, b, c);
        Sift(stage, cell, chosen, half);
        PassOn(cell, half);
    }

    private static void Inherit(Cell whole, Cell part)
    {
        part.Clear();
        (part.Stage, part.Hash) = (whole.Stage, whole.Hash);
        (part.ScaleA, part.ScaleB, part.ScaleC) = (whole.ScaleA, whole.ScaleB, whole.ScaleC);
    }

    // Corners with sign zero belong to both halves and are never computed again; a crossing is computed from its two lines.
    private static void Clip(Cell cell, int side, in Edge cut, int source, Cell half)
    {
        int n = cell.Corners;
        for (int i = 0; i < n; i++)
        {
            int next = i + 1 == n ? 0 : i + 1, here = side * cell.Signs[i], there = side * cell.Signs[next];
            if (here > 0 || (here == 0 && there > 0))
                half.AddCorner(cell.X[i], cell.Y[i], cell.Error[i], cell.Edges[i], i);
            else if (here == 0)
                half.AddCorner(cell.X[i], cell.Y[i], cell.Error[i], cut, source);
            if (here * there >= 0)
                continue;
            (double x, double y, double error) = Corner.Of(cell.Edges[i], cut);
            if (here > 0)
                half.AddCorner(x, y, error, cut, source);
            else
                half.AddCorner(x, y, error, cell.Edges[i], i);
        }
    }

    // Which of the remaining items still cross the half; the others are settled.
    private void Sift(Stage stage, Cell cell, int chosen, Cell half)
    {
        int rest = cell.Items - 1;
        if (rest == 0)
            return;
        half.ReserveItems(rest);
        SignKernel.Sides(ref cell.A[0], ref cell.B[0], ref cell.C[0], 0, cell.Items,
            half.X.AsSpan(0, half.Corners), half.Y.AsSpan(0, half.Corners), half.Doubt.AsSpan(0, half.Corners), _above, _below, _doubtful);
        for (int i = 0; i < cell.Items; i++)
        {
            if (i == chosen)
                continue;
            int group = i >> 3, bit = i & 7;
            bool above = (_above[group] >> bit & 1) != 0, below = (_below[group] >> bit & 1) != 0;
            double a = cell.A[i], b = cell.B[i], c = cell.C[i];
            if (!(above && below) && (_doubtful[group] >> bit & 1) != 0)
            {
                (int knot, int unit) = Math.DivRem(cell.Item[i], stage.Padded);
                (above, below) = Resolve(half, a, b, c, Line.At(cell.Stage, unit, stage.Knots[knot]));
            }
            if (above && below)
                half.AddItem(cell.Item[i], a, b, c);
            else
                Settle(stage, half, cell.Item[i], above, a, b, c);
        }
    }

    private void Settle(Stage stage, Cell half, int item, bool on, double a, double b, double c)
    {
        byte[] code = _codes[half.Stage];
        if (!on)
        {
            code[item >> 3] &= (byte)~(1 << (item & 7));
            return;
        }
        code[item >> 3] |= (byte)(1 << (item & 7));
        half.Hash ^= stage.Keys[item];
        (int knot, int unit) = Math.DivRem(item, stage.Padded);
        AddSource(unit, stage.Gain(unit, knot), a, b, c);
    }
}
