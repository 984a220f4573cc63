namespace Crease.Geometry;

/// <summary>Upper envelopes of several affine functions on a cell: a power diagram of convex pieces, one per function that wins somewhere.</summary>
/// <remarks>Max pooling folds along envelopes, and so does the decision boundary of a classifier. Ties go to the first function.</remarks>
internal sealed partial class CellCutter
{
    private void EnterWindow(Stage stage, Cell to, int window, in CellBox box)
    {
        int winner = SoleWinner(to, box, to.Block, _folded.Folds[stage.Index].Stride, stage.Windows[window], stage.Index);
        if (winner < 0)
            to.Windows.Add(window);
        else
            SettleWindow(stage, to, window, winner);
    }

    private void SettleWindow(Stage stage, Cell to, int window, int winner)
    {
        int stride = _folded.Folds[stage.Index].Stride, row = stage.Windows[window][winner];
        _winners[stage.Index][window] = winner;
        to.Hash ^= stage.WinnerKey(window, winner);
        _sources.Add(window, to.Block[row], to.Block[stride + row], to.Block[2 * stride + row]);
    }

    /// <summary>The pieces on which each input of the first open window wins.</summary>
    public List<Cell> Pieces(Cell cell)
    {
        Stage stage = _folded.Stages[cell.Stage];
        int window = cell.Windows[0];
        return Envelope(cell, cell.Block, _folded.Folds[cell.Stage].Stride, stage.Windows[window], cell.Stage,
            (i, j) => _folded.Creases.Tie(cell.Stage, window, Math.Min(i, j), Math.Max(i, j)));
    }

    /// <summary>A piece as a cell of its own: the window is settled, and the other open windows are looked at again.</summary>
    public void MakePiece(Cell cell, Cell piece, Cell part)
    {
        Stage stage = _folded.Stages[cell.Stage];
        Inherit(cell, part);
        part.CopyPolygon(piece);
        for (int i = 0; i < piece.Corners; i++)
            part.Polygon[i].Source = piece.Polygon[i].Source;
        part.Winner = piece.Winner;
        part.Block = cell.Block;
        part.SetDoubts();
        _sources.Clear();
        SettleWindow(stage, part, cell.Windows[0], piece.Winner);
        CellBox box = part.Box();
        for (int i = 1; i < cell.Windows.Count; i++)
            EnterWindow(stage, part, cell.Windows[i], box);
        PassOn(cell, part);
    }

    // The position of the row that is largest on the whole cell, or -1 when no single one is (or a tie needs the full envelope).
    private int SoleWinner(Cell cell, in CellBox box, double[] block, int stride, int[] rows, int segment)
    {
        int best = 0;
        double top = double.NegativeInfinity;
        for (int i = 0; i < rows.Length; i++)
        {
            double z = block[rows[i]] * box.X + block[stride + rows[i]] * box.Y + block[2 * stride + rows[i]];
            if (z > top)
                (top, best) = (z, i);
        }
        for (int i = 0; i < best; i++)
        {
            if (AreEqual(cell, block, stride, segment, rows[i], rows[best]))
                best = i;
        }
        for (int j = 0; j < rows.Length; j++)
        {
            if (j == best || (j > best && AreEqual(cell, block, stride, segment, rows[best], rows[j])))
                continue;
            (double a, double b, double c) = Difference(block, stride, rows[best], rows[j]);
            if (box.IsAbove(a, b, c))
                continue;
            bool touches = false;
            for (int v = 0; v < cell.Corners; v++)
            {
                int sign = SignAt(cell, v, a, b, c, TieOf(segment, rows[best], rows[j]));
                if (sign < 0)
                    return -1;
                touches |= sign > 0;
            }
            if (!touches && j < best)
                return -1;
        }
        return best;
    }

    private List<Cell> Envelope(Cell cell, double[] block, int stride, int[] rows, int segment, Func<int, int, int> crease)
    {
        var pieces = new List<Cell>();
        for (int i = 0; i < rows.Length; i++)
        {
            Cell? piece = Start(cell, i);
            for (int j = 0; j < rows.Length && piece is not null; j++)
            {
                if (j != i)
                    piece = Above(piece, block, stride, rows, i, j, segment, crease);
            }
            if (piece is not null)
                pieces.Add(piece);
        }
        return pieces;
    }

    private static Cell Start(Cell cell, int winner)
    {
        var piece = new Cell { Winner = winner, Stage = cell.Stage, Noise = cell.Noise, Gradient = cell.Gradient, WobbleShare = cell.WobbleShare };
        piece.CopyPolygon(cell);
        piece.SetDoubts();
        return piece;
    }

    // The part of a piece where row i is at least row j, or null when it has no inside; of two equal rows the first keeps it.
    private Cell? Above(Cell piece, double[] block, int stride, int[] rows, int i, int j, int segment, Func<int, int, int> crease)
    {
        if (AreEqual(piece, block, stride, segment, rows[i], rows[j]))
            return j < i ? null : piece;
        (double a, double b, double c) = Difference(block, stride, rows[i], rows[j]);
        Line line = TieOf(segment, rows[i], rows[j]);
        bool above = false, below = false;
        for (int v = 0; v < piece.Corners; v++)
        {
            int sign = SignAt(piece, v, a, b, c, line);
            piece.Polygon[v].Sign = sign;
            above |= sign > 0;
            below |= sign < 0;
        }
        if (!below)
        {
            if (above)
                NameRivals(piece, block, stride, rows, j, segment, crease);
            return above || j > i ? piece : null;
        }
        if (!above)
            return null;
        var part = new Cell { Winner = i };
        Inherit(piece, part);
        AddCut(piece, a, b, c, line, crease(i, j));
        FindCrossings(piece);
        Clip(piece, 1, -2 - j, part);
        // Clip numbers sources by the piece; the caller wants them by the cell.
        for (int k = 0; k < part.Corners; k++)
        {
            if (part.Polygon[k].Source >= 0)
                part.Polygon[k].Source = piece.Polygon[part.Polygon[k].Source].Source;
        }
        part.SetDoubts();
        return part;
    }

    // Where more than two rows tie along an edge, the one that wins beyond it is the one that is least on this side.
    private void NameRivals(Cell piece, double[] block, int stride, int[] rows, int j, int segment, Func<int, int, int> crease)
    {
        for (int k = 0; k < piece.Corners; k++)
        {
            ref CellCorner edge = ref piece.Polygon[k];
            int rival = -2 - edge.Source;
            if (rival < 0 || edge.Sign != 0 || piece.Polygon[k + 1 == piece.Corners ? 0 : k + 1].Sign != 0)
                continue;
            (double a, double b, double c) = Difference(block, stride, rows[rival], rows[j]);
            Line line = TieOf(segment, rows[rival], rows[j]);
            int sign = 0;
            for (int v = 0; v < piece.Corners && sign == 0; v++)
                sign = SignAt(piece, v, a, b, c, line);
            if (sign < 0 || (sign == 0 && rival < j))
                continue;
            edge.Source = -2 - j;
            _lines.At(edge.Line).Crease = crease(piece.Winner, j);
        }
    }

    // After a ReLU most ties are with a unit that is off: the tie is then the crease of the other unit, which corners know by name.
    private Line TieOf(int segment, int i, int j)
    {
        if (segment > 0 && segment < _folded.Stages.Length && _folded.Stages[segment].PoolsRelu is int relu)
        {
            if (_codes[relu][j] == 0 && _codes[relu][i] != 0)
                return Line.At(relu, i, 0);
            if (_codes[relu][i] == 0 && _codes[relu][j] != 0)
                return Line.Negated(relu, j);
        }
        return Line.Tie(segment, i, j);
    }

    // Equal in float64 may differ in fact; two units that are off are equal by name.
    private bool AreEqual(Cell cell, double[] block, int stride, int segment, int i, int j)
    {
        if (block[i] != block[j] || block[stride + i] != block[stride + j] || block[2 * stride + i] != block[2 * stride + j])
            return false;
        if (segment < _folded.Stages.Length && _folded.Stages[segment].PoolsRelu is int relu && _codes[relu][i] == 0 && _codes[relu][j] == 0)
            return true;
        Line line = TieOf(segment, i, j);
        for (int v = 0; v < cell.Corners; v++)
        {
            if (DoubtfulSignAt(cell, v, 0, 0, 0, line) != 0)
                return false;
        }
        return true;
    }

    private static (double A, double B, double C) Difference(double[] block, int stride, int i, int j) =>
        (block[i] - block[j], block[stride + i] - block[stride + j], block[2 * stride + i] - block[2 * stride + j]);
}
