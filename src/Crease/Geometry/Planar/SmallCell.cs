using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>A cell with at most eight corners and items, one lane each: all of it fits into a few vectors.</summary>
/// <remarks>
/// Lane v is corner v and the edge that starts there, counter-clockwise; lane i of a byte of <see cref="Above"/> or <see cref="Below"/> is
/// item i. A half of a convex cell is a run of its corners and the two crossings of the cut, so that halving is one permutation per array.
/// </remarks>
internal sealed partial class SmallCell
{
    /// <summary>Lanes of a cell.</summary>
    public const int Most = 8;

    /// <summary>What <see cref="Source"/> says of the edge along the cut.</summary>
    public const int NewEdge = 0xFF;

    /// <summary>The first item at all corners.</summary>
    public const ulong Bytes = 0x0101010101010101;

    private const ulong Numbers = 0x0706050403020100;

    public int Corners;
    public Vector512<double> X, Y, Error;

    /// <summary>Per edge its line in the worker's table and its crease.</summary>
    public Vector256<int> Line, Crease;

    /// <summary>Per edge the first and the last half-edge found along it; -1 for none.</summary>
    public Vector256<int> Head, Tail;

    /// <summary>Byte per edge: the edge of the whole that it is part of.</summary>
    public ulong Source;

    /// <summary>Byte per corner: which items are above or below zero there; neither where that is in doubt or exactly zero.</summary>
    public ulong Above, Below;

    /// <summary>Items whose crease crosses the cell.</summary>
    public int Open;

    /// <summary>Items that are on.</summary>
    public int On;

    public ulong Hash;

    /// <summary>On which side of the cut the corners are, as bits.</summary>
    public int CutAbove, CutBelow;

    public static ref T Lane<T>(ref Vector512<T> vector, int lane) => ref Unsafe.Add(ref Unsafe.As<Vector512<T>, T>(ref vector), lane);

    public static ref T Lane<T>(ref Vector256<T> vector, int lane) => ref Unsafe.Add(ref Unsafe.As<Vector256<T>, T>(ref vector), lane);

    /// <summary>The bits of one item at all corners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AtCorners(ulong signs, int item) => (int)((((signs >> item) & Bytes) * 0x0102040810204080) >> 56);

    /// <summary>The items whose bit is set at some corner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Any(ulong signs)
    {
        signs |= signs >> 32;
        signs |= signs >> 16;
        return (int)((signs | signs >> 8) & 0xFF);
    }

    /// <summary>The bytes of the first so many lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(int lanes) => lanes >= Most ? ulong.MaxValue : (1UL << 8 * lanes) - 1;

    /// <summary>Corners and edges of a polygon.</summary>
    /// <param name="p">The corners; whatever is behind the last one goes to lanes that do not count.</param>
    /// <param name="lines">The table of the edges' lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakePolygon(ReadOnlySpan<CellCorner> p, LineTable lines)
    {
        p = p[..Most];
        X = Vector512.Create(p[0].X, p[1].X, p[2].X, p[3].X, p[4].X, p[5].X, p[6].X, p[7].X);
        Y = Vector512.Create(p[0].Y, p[1].Y, p[2].Y, p[3].Y, p[4].Y, p[5].Y, p[6].Y, p[7].Y);
        Error = Vector512.Create(p[0].Error, p[1].Error, p[2].Error, p[3].Error, p[4].Error, p[5].Error, p[6].Error, p[7].Error);
        Line = Vector256.Create(p[0].Line, p[1].Line, p[2].Line, p[3].Line, p[4].Line, p[5].Line, p[6].Line, p[7].Line);
        Crease = Vector256.Create(Of(p[0]), Of(p[1]), Of(p[2]), Of(p[3]), Of(p[4]), Of(p[5]), Of(p[6]), Of(p[7]));

        int Of(in CellCorner corner) => lines.CreaseOf(corner.Line);
    }

    /// <summary>The area.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Area()
    {
        ref double x = ref Unsafe.As<Vector512<double>, double>(ref X), y = ref Unsafe.As<Vector512<double>, double>(ref Y);
        double twice = 0, x0 = x, y0 = y, x1 = Unsafe.Add(ref x, 1) - x0, y1 = Unsafe.Add(ref y, 1) - y0;
        for (int i = 2; i < Corners; i++)
        {
            double x2 = Unsafe.Add(ref x, i) - x0, y2 = Unsafe.Add(ref y, i) - y0;
            twice += x1 * y2 - y1 * x2;
            (x1, y1) = (x2, y2);
        }
        return twice / 2;
    }

    /// <summary>Takes over a half's chains along the edges of this cell; returns the chain along the cut.</summary>
    /// <param name="half">A half; the lower one comes first.</param>
    /// <param name="link">Links of half-edges.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Collect(SmallCell half, int[] link)
    {
        int cut = -1;
        ulong sources = half.Source;
        for (int v = 0; v < half.Corners; v++, sources >>= 8)
        {
            int source = (int)(sources & 0xFF), head = Lane(ref half.Head, v);
            if (source == NewEdge)
            {
                cut = head;
                continue;
            }
            if (head < 0)
                continue;
            ref int wholeHead = ref Lane(ref Head, source), wholeTail = ref Lane(ref Tail, source);
            int tail = Lane(ref half.Tail, v);
            if (wholeHead < 0)
                (wholeHead, wholeTail) = (head, tail);
            else if ((CutAbove >> source & 1) != 0)
            {
                // The lower half came first; this is the upper one, and the edge starts on its side.
                link[tail] = wholeHead;
                wholeHead = head;
            }
            else
            {
                link[wholeTail] = head;
                wholeTail = tail;
            }
        }
        return cut;
    }

    /// <summary>The polygon for a cell of any size.</summary>
    public void CopyPolygonTo(Cell cell)
    {
        int corners = cell.Corners = Corners;
        Span<CellCorner> polygon = cell.Polygon.AsSpan(0, corners);
        for (int v = 0; v < polygon.Length; v++)
        {
            ref CellCorner corner = ref polygon[v];
            corner.X = Lane(ref X, v);
            corner.Y = Lane(ref Y, v);
            corner.Error = Lane(ref Error, v);
            corner.Line = Lane(ref Line, v);
            corner.Source = v;
            corner.Head = corner.Tail = -1;
        }
    }
}
