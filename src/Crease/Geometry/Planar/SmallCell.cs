using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <summary>A cell with at most eight corners and items, one lane each: all of it fits into a few vectors.</summary>
/// <remarks>
/// Lane v is corner v and the edge that starts there, counter-clockwise; lane i of a byte of <see cref="Above"/> or <see cref="Below"/> is
/// item i. A half of a convex cell is a run of its corners and the two crossings of the cut, so that halving is one permutation per array.
/// </remarks>
internal sealed class SmallCell
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

    /// <summary>The corners of a run, and behind them two new ones.</summary>
    /// <param name="whole">The cell.</param>
    /// <param name="start">First corner of the run.</param>
    /// <param name="count">Corners in the run, at most six.</param>
    /// <param name="cut">Line and crease of the cut.</param>
    /// <param name="leaving">Where the run ends: the new corner, where the edge along the cut starts.</param>
    /// <param name="entering">Where the cell is entered again.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeRun(SmallCell whole, int start, int count, (int Line, int Crease) cut, in NewCorner leaving, in NewCorner entering)
    {
        int corners = whole.Corners;
        Vector512<long> lanes = Vector512<long>.Indices, index = Cycle(start, corners);
        Vector512<double> isLeaving = Vector512.Equals(lanes, Vector512.Create((long)count)).AsDouble(), isEntering = Vector512.Equals(lanes, Vector512.Create(count + 1L)).AsDouble();
        X = Place(whole.X, index, isLeaving, leaving.X, isEntering, entering.X);
        Y = Place(whole.Y, index, isLeaving, leaving.Y, isEntering, entering.Y);
        Error = Place(whole.Error, index, isLeaving, leaving.Error, isEntering, entering.Error);
        Vector256<int> narrow = Cycle256(start, corners);
        int edge = entering.Edge;
        Vector256<int> leavingLane = Vector256.Equals(Vector256<int>.Indices, Vector256.Create(count)), enteringLane = Vector256.Equals(Vector256<int>.Indices, Vector256.Create(count + 1));
        // Whole vectors, since lanes written one by one are slow to read as a vector.
        Line = Place(whole.Line, narrow, leavingLane, cut.Line, enteringLane, Lane(ref whole.Line, edge));
        Crease = Place(whole.Crease, narrow, leavingLane, cut.Crease, enteringLane, Lane(ref whole.Crease, edge));
        Source = Run(Numbers & First(corners), start, count, corners) | ((ulong)NewEdge | (ulong)edge << 8) << 8 * count;
        Above = Run(whole.Above, start, count, corners) | (leaving.Above | (ulong)entering.Above << 8) << 8 * count;
        Below = Run(whole.Below, start, count, corners) | (leaving.Below | (ulong)entering.Below << 8) << 8 * count;
        Corners = count + 2;
    }

    /// <summary>As <see cref="TakeRun"/>, for a half that is a region: without what only cuts ask for.</summary>
    /// <param name="whole">The cell.</param>
    /// <param name="before">The edge before the first corner of the run.</param>
    /// <param name="count">Corners in the run, at most six.</param>
    /// <param name="cutCrease">Crease of the cut; negative where regions are not joined, and edges do not matter.</param>
    /// <param name="leaving">Where the run ends.</param>
    /// <param name="entering">Where the cell is entered again.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeRegion(SmallCell whole, int before, int count, int cutCrease, in NewCorner leaving, in NewCorner entering)
    {
        int corners = whole.Corners, start = before + 1 == corners ? 0 : before + 1;
        Vector512<long> lanes = Vector512<long>.Indices, index = Cycle(start, corners);
        Vector512<double> isLeaving = Vector512.Equals(lanes, Vector512.Create((long)count)).AsDouble(), isEntering = Vector512.Equals(lanes, Vector512.Create(count + 1L)).AsDouble();
        X = Place(whole.X, index, isLeaving, leaving.X, isEntering, entering.X);
        Y = Place(whole.Y, index, isLeaving, leaving.Y, isEntering, entering.Y);
        Corners = count + 2;
        if (cutCrease < 0)
            return;
        int edge = entering.Edge;
        Vector256<int> narrow = Vector256<int>.Indices, leavingLane = Vector256.Equals(narrow, Vector256.Create(count)), enteringLane = Vector256.Equals(narrow, Vector256.Create(count + 1));
        Crease = Place(whole.Crease, Cycle256(start, corners), leavingLane, cutCrease, enteringLane, Lane(ref whole.Crease, edge));
        Source = Run(Numbers & First(corners), start, count, corners) | ((ulong)NewEdge | (ulong)edge << 8) << 8 * count;
    }

    /// <summary>The corners of one side, one by one: for a cut through a corner. Corners on the cut belong to both halves.</summary>
    public void TakeCorners(SmallCell whole, int side, (int Line, int Crease) cut, in NewCorner leaving, in NewCorner entering)
    {
        (Corners, Source, Above, Below) = (0, 0, 0, 0);
        for (int v = 0; v < whole.Corners; v++)
        {
            int here = side * Sign(v), there = side * Sign(v + 1 == whole.Corners ? 0 : v + 1);
            (int Line, int Crease) own = (Lane(ref whole.Line, v), Lane(ref whole.Crease, v));
            if (here > 0 || (here == 0 && there > 0))
                Add(whole, v, own, v);
            else if (here == 0)
                Add(whole, v, cut, NewEdge);
            if (here * there >= 0)
                continue;
            bool leaves = here > 0;
            Add(leaves == side > 0 ? leaving : entering, leaves ? cut : own, leaves ? NewEdge : v);
        }

        int Sign(int v) => (whole.CutAbove >> v & 1) - (whole.CutBelow >> v & 1);
    }

    private void Add(SmallCell whole, int corner, (int Line, int Crease) edge, int source)
    {
        int at = Corners++;
        Lane(ref X, at) = Lane(ref whole.X, corner);
        Lane(ref Y, at) = Lane(ref whole.Y, corner);
        Lane(ref Error, at) = Lane(ref whole.Error, corner);
        AddEdge(at, edge, source, (byte)(whole.Above >> 8 * corner), (byte)(whole.Below >> 8 * corner));
    }

    private void Add(in NewCorner corner, (int Line, int Crease) edge, int source)
    {
        int at = Corners++;
        (Lane(ref X, at), Lane(ref Y, at), Lane(ref Error, at)) = (corner.X, corner.Y, corner.Error);
        AddEdge(at, edge, source, corner.Above, corner.Below);
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

    private void AddEdge(int at, (int Line, int Crease) edge, int source, ulong above, ulong below)
    {
        (Lane(ref Line, at), Lane(ref Crease, at)) = edge;
        Source |= (ulong)(byte)source << 8 * at;
        Above |= above << 8 * at;
        Below |= below << 8 * at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Place(Vector512<double> whole, Vector512<long> index, Vector512<double> isLeaving, double leaving, Vector512<double> isEntering, double entering) =>
        Vector512.ConditionalSelect(isEntering, Vector512.Create(entering), Vector512.ConditionalSelect(isLeaving, Vector512.Create(leaving), Vector512.ShuffleNative(whole, index)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Place(Vector256<int> whole, Vector256<int> index, Vector256<int> isLeaving, int leaving, Vector256<int> isEntering, int entering) =>
        Vector256.ConditionalSelect(isEntering, Vector256.Create(entering), Vector256.ConditionalSelect(isLeaving, Vector256.Create(leaving), Vector256.ShuffleNative(whole, index)));

    // Lanes from one on, around the end of a cell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Cycle(int start, int corners)
    {
        Vector512<long> index = Vector512<long>.Indices + Vector512.Create((long)start);
        index -= Vector512.GreaterThanOrEqual(index, Vector512.Create((long)corners)) & Vector512.Create((long)corners);
        return index & Vector512.Create(7L);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Cycle256(int start, int corners)
    {
        Vector256<int> index = Vector256<int>.Indices + Vector256.Create(start);
        index -= Vector256.GreaterThanOrEqual(index, Vector256.Create(corners)) & Vector256.Create(corners);
        return index & Vector256.Create(7);
    }

    // A run of bytes that may go around the end; a shift by 64, which is one by 0, does no harm then.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Run(ulong bytes, int start, int count, int corners) => (bytes >> 8 * start | bytes << 8 * (corners - start)) & First(count);
}
