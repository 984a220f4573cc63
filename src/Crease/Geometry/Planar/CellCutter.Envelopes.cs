namespace Crease.Geometry;

/// <summary>Upper envelopes of several affine functions on a cell: a power diagram of convex pieces, one per function that wins somewhere.</summary>
/// <remarks>Max pooling folds along envelopes, and so does the decision boundary of a classifier. Ties go to the first function.</remarks>
internal sealed partial class CellCutter
{
    private readonly Stack<Cell> _freePieces = [];

    private Candidates CandidatesOf(Cell cell, int window)
    {
        if (cell.Net is LocalNetwork net)
            return net.Candidates(cell.Stage, window);
        int[] rows = _folded.Stages[cell.Stage].Windows[window];
        return new Candidates(rows, rows, default, cell.Stage, window);
    }

    private void EnterWindow(Stage stage, Cell to, int window, in CellBox box)
    {
        Candidates rows = CandidatesOf(to, window);
        int winner = SoleWinner(to, box, to.Block, to.BlockStride, rows);
        if (winner < 0)
            to.Windows.Add(window);
        else
            SettleWindow(stage, to, window, rows, winner);
    }

    private void SettleWindow(Stage stage, Cell to, int window, in Candidates rows, int winner)
    {
        int stride = to.BlockStride, row = rows.Rows[winner], position = rows.Position(winner);
        _winners[stage.Index][rows.Window] = position;
        to.Hash ^= stage.WinnerKey(rows.Window, position);
        _sources.Add(window, to.Block[row], to.Block[stride + row], to.Block[2 * stride + row]);
    }

    /// <summary>Finds the pieces on which each input of the first open window wins.</summary>
    public void FindPieces(Cell cell) => Envelope(cell, cell.Block, cell.BlockStride, CandidatesOf(cell, cell.Windows[0]), cell.Pieces);

    /// <summary>A piece as a cell of its own: the window is settled, and the other open windows are looked at again.</summary>
    public void MakePiece(Cell cell, Cell piece, Cell part)
    {
        Stage stage = _folded.Stages[cell.Stage];
        Inherit(cell, part);
        part.CopyPolygon(piece);
        for (int i = 0; i < piece.Corners; i++)
            part.Polygon[i].Source = piece.Polygon[i].Source;
        part.Winner = piece.Winner;
        (part.Block, part.BlockStride) = (cell.Block, cell.BlockStride);
        part.SetDoubts();
        _sources.Clear();
        SettleWindow(stage, part, cell.Windows[0], CandidatesOf(cell, cell.Windows[0]), piece.Winner);
        CellBox box = part.Box();
        for (int i = 1; i < cell.Windows.Count; i++)
            EnterWindow(stage, part, cell.Windows[i], box);
        PassOn(cell, part);
    }

    // The index of the row that is largest on the whole cell, or -1 when no single one is (or a tie needs the full envelope).
    private int SoleWinner(Cell cell, in CellBox box, double[] block, int stride, in Candidates rows)
    {
        int best = 0;
        double top = double.NegativeInfinity;
        for (int i = 0; i < rows.Count; i++)
        {
            int row = rows.Rows[i];
            double z = block[row] * box.X + block[stride + row] * box.Y + block[2 * stride + row];
            if (z > top)
                (top, best) = (z, i);
        }
        for (int i = 0; i < best; i++)
        {
            if (AreEqual(block, stride, rows, i, best))
                best = i;
        }
        for (int j = 0; j < rows.Count; j++)
        {
            if (j == best || (j > best && AreEqual(block, stride, rows, best, j)))
                continue;
            (double a, double b, double c) = Difference(block, stride, rows.Rows[best], rows.Rows[j]);
            if (box.IsAbove(a, b, c))
                continue;
            Line line = TieOf(rows, best, j);
            bool touches = false;
            for (int v = 0; v < cell.Corners; v++)
            {
                int sign = SignAt(cell, v, a, b, c, line);
                if (sign < 0)
                    return -1;
                touches |= sign > 0;
            }
            if (!touches && j < best)
                return -1;
        }
        return best;
    }

    // The pieces; those that the list held before are taken back.
    private void Envelope(Cell cell, double[] block, int stride, in Candidates rows, List<Cell> pieces)
    {
        foreach (Cell former in pieces)
            _freePieces.Push(former);
        pieces.Clear();
        for (int i = 0; i < rows.Count; i++)
        {
            Cell? piece = Start(cell, i);
            for (int j = 0; j < rows.Count && piece is not null; j++)
            {
                if (j != i)
                    piece = Above(piece, block, stride, rows, i, j);
            }
            if (piece is not null)
                pieces.Add(piece);
        }
    }

    private Cell Start(Cell cell, int winner)
    {
        Cell piece = FreePiece(cell, winner);
        piece.CopyPolygon(cell);
        piece.SetDoubts();
        return piece;
    }

    private Cell FreePiece(Cell whole, int winner)
    {
        Cell piece = _freePieces.TryPop(out Cell? free) ? free : new Cell();
        Inherit(whole, piece);
        piece.Winner = winner;
        return piece;
    }

    // The part of a piece where row i is at least row j, or null when it has no inside; of two equal rows the first keeps it.
    private Cell? Above(Cell piece, double[] block, int stride, in Candidates rows, int i, int j)
    {
        if (AreEqual(block, stride, rows, i, j))
            return j < i ? Nothing(piece) : piece;
        (double a, double b, double c) = Difference(block, stride, rows.Rows[i], rows.Rows[j]);
        Line line = TieOf(rows, i, j);
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
                NameRivals(piece, block, stride, rows, j);
            return above || j > i ? piece : Nothing(piece);
        }
        if (!above)
            return Nothing(piece);
        Cell part = FreePiece(piece, i);
        AddCut(piece, a, b, c, line, rows.Crease(_folded.Creases, i, j));
        FindCrossings(piece);
        Clip(piece, 1, -2 - j, part);
        // Clip numbers sources by the piece; the caller wants them by the cell.
        for (int k = 0; k < part.Corners; k++)
        {
            if (part.Polygon[k].Source >= 0)
                part.Polygon[k].Source = piece.Polygon[part.Polygon[k].Source].Source;
        }
        part.SetDoubts();
        _freePieces.Push(piece);
        return part;
    }

    private Cell? Nothing(Cell piece)
    {
        _freePieces.Push(piece);
        return null;
    }

    // Where more than two rows tie along an edge, the one that wins beyond it is the one that is least on this side.
    private void NameRivals(Cell piece, double[] block, int stride, in Candidates rows, int j)
    {
        for (int k = 0; k < piece.Corners; k++)
        {
            ref CellCorner edge = ref piece.Polygon[k];
            int rival = -2 - edge.Source;
            if (rival < 0 || edge.Sign != 0 || piece.Polygon[k + 1 == piece.Corners ? 0 : k + 1].Sign != 0)
                continue;
            (double a, double b, double c) = Difference(block, stride, rows.Rows[rival], rows.Rows[j]);
            Line line = TieOf(rows, rival, j);
            int sign = 0;
            for (int v = 0; v < piece.Corners && sign == 0; v++)
                sign = SignAt(piece, v, a, b, c, line);
            if (sign < 0 || (sign == 0 && rival < j))
                continue;
            edge.Source = -2 - j;
            _lines.At(edge.Line).Crease = rows.Crease(_folded.Creases, piece.Winner, j);
        }
    }

    private static (double A, double B, double C) Difference(double[] block, int stride, int i, int j) =>
        (block[i] - block[j], block[stride + i] - block[stride + j], block[2 * stride + i] - block[2 * stride + j]);
}
