namespace Crease.Geometry;

/// <summary>Putting the pieces of an envelope together again: along the edges of the whole, and where two pieces meet.</summary>
internal sealed partial class CellCutter
{
    private void CollectPieces(Cell cell, List<Cell> pieces, RegionBuffer buffer, bool complete) =>
        CollectPieces(cell, pieces, buffer, complete, _chains);

    /// <summary>Takes over the pieces' chains along the edges of the whole, and joins the pieces where they meet.</summary>
    public static void CollectPieces(Cell cell, List<Cell> pieces, RegionBuffer buffer, bool complete, PieceChains chains)
    {
        chains.Begin(cell.Corners);
        List<(int Piece, int Edge)> ties = chains.Ties;
        for (int p = 0; p < pieces.Count; p++)
        {
            for (int k = 0; k < pieces[p].Corners; k++)
            {
                int source = pieces[p].Polygon[k].Source;
                (source < 0 ? ties : chains[source]).Add((p, k));
            }
        }
        for (int side = 0; side < cell.Corners; side++)
        {
            foreach ((int p, int k) in InOrder(cell, side, pieces, chains[side], buffer))
            {
                if (pieces[p].Polygon[k].Head < 0)
                    continue;
                if (cell.Polygon[side].Head < 0)
                    cell.Polygon[side].Head = pieces[p].Polygon[k].Head;
                else
                    buffer.Link[cell.Polygon[side].Tail] = pieces[p].Polygon[k].Head;
                cell.Polygon[side].Tail = pieces[p].Polygon[k].Tail;
            }
        }
        while (ties.Count > 0)
        {
            (int p, int k) = ties[^1];
            ties.RemoveAt(ties.Count - 1);
            int other = Opposite(pieces, ties, p, k, buffer);
            JoinSides(pieces[p].Polygon[k].Head, other < 0 ? -1 : pieces[ties[other].Piece].Polygon[ties[other].Edge].Head, buffer, complete, chains.Join);
            if (other >= 0)
                ties.RemoveAt(other);
        }
    }

    // The portions of one edge in its direction. Neighbors along the edge name each other as rivals, which stays right where portions
    // are shorter than rounding; positions decide only where more than two functions tie along one line.
    private static List<(int Piece, int Edge)> InOrder(Cell cell, int side, List<Cell> pieces, List<(int Piece, int Edge)> portions, RegionBuffer buffer)
    {
        return portions.Count < 2 ? portions : portions.Count == 2 ? InOrderOfTwo(cell, side, pieces, portions, buffer) : InOrderOfMany(cell, side, pieces, portions, buffer);
    }

    // The same without lists of its own.
    private static List<(int Piece, int Edge)> InOrderOfTwo(Cell cell, int side, List<Cell> pieces, List<(int Piece, int Edge)> portions, RegionBuffer buffer)
    {
        if (Along(cell, side, pieces, portions[0]) > Along(cell, side, pieces, portions[1]))
            portions.Reverse();
        bool isFirst = Rival(pieces, portions[0], -1) != pieces[portions[1].Piece].Winner, isOtherFirst = Rival(pieces, portions[1], -1) != pieces[portions[0].Piece].Winner;
        if (!isFirst && isOtherFirst)
            portions.Reverse();
        buffer.UsesPositions |= isFirst == isOtherFirst || Rival(pieces, portions[0], 1) != pieces[portions[1].Piece].Winner;
        return portions;
    }

    private static List<(int Piece, int Edge)> InOrderOfMany(Cell cell, int side, List<Cell> pieces, List<(int Piece, int Edge)> portions, RegionBuffer buffer)
    {
        var left = new List<(int Piece, int Edge)>(portions);
        left.Sort((l, r) => Along(cell, side, pieces, l).CompareTo(Along(cell, side, pieces, r)));
        var ordered = new List<(int Piece, int Edge)>();
        Take(left.FindAll(IsFirst).Count == 1 ? left.FindIndex(IsFirst) : ByPosition());
        while (left.Count > 0)
        {
            int rival = Rival(pieces, ordered[^1], 1);
            Take(left.FindAll(portion => pieces[portion.Piece].Winner == rival).Count == 1 ? left.FindIndex(portion => pieces[portion.Piece].Winner == rival) : ByPosition());
        }
        return ordered;

        bool IsFirst((int Piece, int Edge) portion) => !left.Exists(other => pieces[other.Piece].Winner == Rival(pieces, portion, -1));

        int ByPosition()
        {
            buffer.UsesPositions = true;
            return 0;
        }

        void Take(int index)
        {
            ordered.Add(left[index]);
            left.RemoveAt(index);
        }
    }

    /// <summary>Who wins across the edge before (-1) or after (1) a portion; -1 where that edge is no tie.</summary>
    private static int Rival(List<Cell> pieces, (int Piece, int Edge) portion, int step)
    {
        Cell piece = pieces[portion.Piece];
        int source = piece.Polygon[(portion.Edge + step + piece.Corners) % piece.Corners].Source;
        return source <= -2 ? -2 - source : -1;
    }

    private static double Along(Cell cell, int side, List<Cell> pieces, (int Piece, int Edge) portion)
    {
        Cell piece = pieces[portion.Piece];
        int next = (side + 1) % cell.Corners, end = (portion.Edge + 1) % piece.Corners;
        double x = (piece.Polygon[portion.Edge].X + piece.Polygon[end].X) / 2 - cell.Polygon[side].X, y = (piece.Polygon[portion.Edge].Y + piece.Polygon[end].Y) / 2 - cell.Polygon[side].Y;
        return x * (cell.Polygon[next].X - cell.Polygon[side].X) + y * (cell.Polygon[next].Y - cell.Polygon[side].Y);
    }

    // Where more than two functions tie along a line the two sides may name different partners; then position decides.
    private static int Opposite(List<Cell> pieces, List<(int Piece, int Edge)> ties, int p, int k, RegionBuffer buffer)
    {
        int nearest = -1;
        double best = double.PositiveInfinity;
        for (int i = 0; i < ties.Count; i++)
        {
            (int q, int l) = ties[i];
            if (q == p)
                continue;
            if (pieces[q].Polygon[l].Source == -2 - pieces[p].Winner && pieces[p].Polygon[k].Source == -2 - pieces[q].Winner)
                return i;
            int endP = (k + 1) % pieces[p].Corners, endQ = (l + 1) % pieces[q].Corners;
            double distance = double.Hypot(pieces[p].Polygon[k].X - pieces[q].Polygon[endQ].X, pieces[p].Polygon[k].Y - pieces[q].Polygon[endQ].Y)
                + double.Hypot(pieces[p].Polygon[endP].X - pieces[q].Polygon[l].X, pieces[p].Polygon[endP].Y - pieces[q].Polygon[l].Y);
            if (distance < best)
                (best, nearest) = (distance, i);
        }
        buffer.UsesPositions |= nearest >= 0;
        return nearest;
    }
}
