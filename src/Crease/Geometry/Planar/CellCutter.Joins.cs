namespace Crease.Geometry;

/// <summary>Regions into the buffer, and the half-edges of neighbors together.</summary>
internal sealed partial class CellCutter
{
    private void Emit(Cell cell)
    {
        RegionBuffer buffer = Buffer;
        if (_limits.IsReached(buffer.Regions))
        {
            Stopped = true;
            return;
        }
        if (Streamed is not null)
        {
            Streamed(cell);
            buffer.Regions++;
            _newFrom = int.MaxValue;
            return;
        }
        int corners = cell.Corners, first = buffer.HalfEdges;
        buffer.ReserveRegion(corners);
        double[] x = buffer.X, y = buffer.Y;
        int[] crease = buffer.Crease, link = buffer.Link, face = buffer.Face;
        for (int i = 0; i < corners; i++)
        {
            int h = first + i;
            x[h] = cell.X[i];
            y[h] = cell.Y[i];
            crease[h] = cell.Edges[i].Crease;
            link[h] = -1;
            face[h] = buffer.Regions;
            cell.Head[i] = cell.Tail[i] = h;
        }
        buffer.First[buffer.Regions] = first;
        buffer.Hash[buffer.Regions] = cell.Hash;
        buffer.NewFrom[buffer.Regions] = (ushort)Math.Min(_newFrom, ushort.MaxValue);
        Describe(cell);
        buffer.HalfEdges += corners;
        buffer.Regions++;
        _newFrom = int.MaxValue;
    }

    /// <summary>Takes over a half's chains along the edges of the whole; returns the chain along the cut.</summary>
    public static int Collect(Cell cell, Cell half, RegionBuffer buffer)
    {
        int cut = -1, corners = half.Corners;
        int[] head = cell.Head, tail = cell.Tail, link = buffer.Link, halfHead = half.Head, halfTail = half.Tail;
        for (int k = 0; k < corners; k++)
        {
            int source = half.Edges[k].Source, first = halfHead[k];
            if (source < 0)
                cut = first;
            else if (first < 0)
                continue;
            else if (head[source] < 0)
                (head[source], tail[source]) = (first, halfTail[k]);
            else if (cell.Signs[source] > 0)
            {
                // The lower half came first; this is the upper one, and the edge starts on its side.
                link[halfTail[k]] = head[source];
                head[source] = first;
            }
            else
            {
                link[tail[source]] = first;
                tail[source] = halfTail[k];
            }
        }
        return cut;
    }

    public static void JoinSides(int head, int otherHead, RegionBuffer buffer, bool complete, List<int> scratch)
    {
        if (!complete)
        {
            Unlink(head, buffer);
            Unlink(otherHead, buffer);
        }
        else if (!buffer.Join(head, otherHead, scratch))
            throw new InvalidOperationException("The two sides of an edge were cut differently: a sign was decided wrongly. Please report the network and slice.");
    }

    public static void Unlink(int head, RegionBuffer buffer)
    {
        for (int h = head, next; h >= 0; h = next)
        {
            next = buffer.Link[h];
            buffer.Link[h] = -1;
        }
    }
}
