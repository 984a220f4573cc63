namespace Crease.Geometry;

/// <summary>Putting the pieces of an envelope together again: along the edges of the whole, and where two pieces meet.</summary>
internal sealed partial class CellCutter
{
    private void CollectPieces(Cell cell, List<Cell> pieces, RegionBuffer buffer, bool complete) =>
        CollectPieces(cell, pieces, buffer, complete, _joinScratch);

    /// <summary>Takes over the pieces' chains along the edges of the whole, and joins the pieces where they meet.</summary>
    public static void CollectPieces(Cell cell, List<Cell> pieces, RegionBuffer buffer, bool complete, List<int> scratch)
    {
        var ties = new List<(int Piece, int Edge)>();
        var sides = new List<(int Piece, int Edge)>[cell.Corners];
        for (int p = 0; p < pieces.Count; p++)
        {
            for (int k = 0; k < pieces[p].Corners; k++)
            {
                int source = pieces[p].Edges[k].Source;
                (source < 0 ? ties : sides[source] ??= []).Add((p, k));
            }
        }
        for (int side = 0; side < sides.Length; side++)
        {
            foreach ((int p, int k) in InOrder(cell, side, pieces, sides[side] ?? []))
            {
                if (pieces[p].Head[k] < 0)
                    continue;
                if (cell.Head[side] < 0)
                    cell.Head[side] = pieces[p].Head[k];
                else
                    buffer.Link[cell.Tail[side]] = pieces[p].Head[k];
                cell.Tail[side] = pieces[p].Tail[k];
            }
        }
        while (ties.Count > 0)
        {
            (int p, int k) = ties[^1];
            ties.RemoveAt(ties.Count - 1);
            int other = Opposite(pieces, ties, p, k);
            JoinSides(pieces[p].Head[k], other < 0 ? -1 : pieces[ties[other].Piece].Head[ties[other].Edge], buffer, complete, scratch);
            if (other >= 0)
                ties.RemoveAt(other);
        }
    }

    // The portions of one edge in its direction. Neighbors along the edge name each other as rivals, which stays right where portions
    // are shorter than rounding; positions decide only where more than two functions tie along one line.
    private static List<(int Piece, int Edge)> InOrder(Cell cell, int side, List<Cell> pieces, List<(int Piece, int Edge)> portions)
    {
        if (portions.Count < 2)
            return portions;
        var left = new List<(int Piece, int Edge)>(portions);
        left.Sort((l, r) => Along(cell, side, pieces, l).CompareTo(Along(cell, side, pieces, r)));
        var ordered = new List<(int Piece, int Edge)>();
        int first = left.FindIndex(portion => !left.Exists(other => pieces[other.Piece].Winner == Rival(pieces, portion, -1)));
        Take(Math.Max(first, 0));
        while (left.Count > 0)
        {
            int rival = Rival(pieces, ordered[^1], 1);
            Take(Math.Max(left.FindIndex(portion => pieces[portion.Piece].Winner == rival), 0));
        }
        return ordered;

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
        int source = piece.Edges[(portion.Edge + step + piece.Corners) % piece.Corners].Source;
        return source <= -2 ? -2 - source : -1;
    }

    private static double Along(Cell cell, int side, List<Cell> pieces, (int Piece, int Edge) portion)
    {
        Cell piece = pieces[portion.Piece];
        int next = (side + 1) % cell.Corners, end = (portion.Edge + 1) % piece.Corners;
        double x = (piece.X[portion.Edge] + piece.X[end]) / 2 - cell.X[side], y = (piece.Y[portion.Edge] + piece.Y[end]) / 2 - cell.Y[side];
        return x * (cell.X[next] - cell.X[side]) + y * (cell.Y[next] - cell.Y[side]);
    }

    // Where more than two functions tie along a line the two sides may name different partners; then position decides.
    private static int Opposite(List<Cell> pieces, List<(int Piece, int Edge)> ties, int p, int k)
    {
        int nearest = -1;
        double best = double.PositiveInfinity;
        for (int i = 0; i < ties.Count; i++)
        {
            (int q, int l) = ties[i];
            if (q == p)
                continue;
            if (pieces[q].Edges[l].Source == -2 - pieces[p].Winner && pieces[p].Edges[k].Source == -2 - pieces[q].Winner)
                return i;
            int endP = (k + 1) % pieces[p].Corners, endQ = (l + 1) % pieces[q].Corners;
            double distance = double.Hypot(pieces[p].X[k] - pieces[q].X[endQ], pieces[p].Y[k] - pieces[q].Y[endQ])
                + double.Hypot(pieces[p].X[endP] - pieces[q].X[l], pieces[p].Y[endP] - pieces[q].Y[l]);
            if (distance < best)
                (best, nearest) = (distance, i);
        }
        return nearest;
    }
}
