using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Regions into the buffer, and the half-edges of neighbors together.</summary>
internal sealed partial class CellCutter
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Emit(Cell cell)
    {
        RegionBuffer buffer = Buffer;
        if (_limits.IsReached(_flushed + buffer.Regions))
        {
            Stopped = true;
            return;
        }
        int corners = cell.Corners, first = buffer.HalfEdges;
        buffer.ReserveRegion(corners);
        double[] x = buffer.X, y = buffer.Y;
        Span<CellCorner> polygon = cell.Polygon.AsSpan(0, corners);
        int[] crease = buffer.Crease, link = buffer.Link, face = buffer.Face, previous = buffer.Previous;
        for (int i = 0; i < corners; i++)
        {
            int h = first + i;
            ref CellCorner corner = ref polygon[i];
            x[h] = corner.X;
            y[h] = corner.Y;
            crease[h] = _lines[corner.Line].Crease;
            link[h] = -1;
            face[h] = buffer.Regions;
            previous[h] = h - 1;
            corner.Head = corner.Tail = h;
        }
        previous[first] = first + corners - 1;
        buffer.First[buffer.Regions] = first;
        buffer.Hash[buffer.Regions] = cell.Hash;
        buffer.NewFrom[buffer.Regions] = (ushort)Math.Min(_newFrom, ushort.MaxValue);
        Describe(cell);
        buffer.HalfEdges += corners;
        buffer.Regions++;
        _newFrom = int.MaxValue;
        if (Flush is not null)
            FlushIfFull();
    }

    private void FlushIfFull()
    {
        const int Full = 512;
        if (Buffer.Regions >= Full)
            FlushBuffer();
    }

    private void FlushBuffer()
    {
        _flushed += Buffer.Regions;
        Buffer = Flush!(Buffer);
        Buffer.Clear();
    }

    /// <summary>Takes over a half's chains along the edges of the whole; returns the chain along the cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Collect(Cell cell, Cell half, RegionBuffer buffer)
    {
        int cut = -1;
        int[] link = buffer.Link;
        CellCorner[] edges = cell.Polygon;
        foreach (ref readonly CellCorner part in half.Polygon.AsSpan(0, half.Corners))
        {
            if (part.Source < 0)
            {
                cut = part.Head;
                continue;
            }
            if (part.Head < 0)
                continue;
            ref CellCorner edge = ref edges[part.Source];
            if (edge.Head < 0)
                (edge.Head, edge.Tail) = (part.Head, part.Tail);
            else if (edge.Sign > 0)
            {
                // The lower half came first; this is the upper one, and the edge starts on its side.
                link[part.Tail] = edge.Head;
                edge.Head = part.Head;
            }
            else
            {
                link[edge.Tail] = part.Head;
                edge.Tail = part.Tail;
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
