using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crease.Geometry;

/// <content>Halves: a run of corners and two crossings.</content>
internal sealed partial class SmallCell
{
    /// <summary>The corners of a run, and behind them two new ones.</summary>
    /// <param name="whole">The cell.</param>
    /// <param name="before">The edge before the first corner of the run.</param>
    /// <param name="count">Corners in the run, at most six.</param>
    /// <param name="cut">Line and crease of the cut.</param>
    /// <param name="leaving">Where the run ends: the new corner, where the edge along the cut starts.</param>
    /// <param name="entering">Where the cell is entered again.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeRun(SmallCell whole, int before, int count, (int Line, int Crease) cut, in NewCorner leaving, in NewCorner entering)
    {
        TakeRegion(whole, before, count, cut.Crease, leaving, entering);
        int corners = whole.Corners, start = before + 1 == corners ? 0 : before + 1;
        Vector512<long> lanes = Vector512<long>.Indices;
        Error = Place(whole.Error, Cycle(start, corners), Vector512.Equals(lanes, Vector512.Create((long)count)).AsDouble(), leaving.Error, Vector512.Equals(lanes, Vector512.Create(count + 1L)).AsDouble(), entering.Error);
        Vector256<int> narrow = Vector256<int>.Indices;
        Line = Place(whole.Line, Cycle256(start, corners), Vector256.Equals(narrow, Vector256.Create(count)), cut.Line, Vector256.Equals(narrow, Vector256.Create(count + 1)), Lane(ref whole.Line, entering.Edge));
        Above = Run(whole.Above, start, count, corners) | (leaving.Above | (ulong)entering.Above << 8) << 8 * count;
        Below = Run(whole.Below, start, count, corners) | (leaving.Below | (ulong)entering.Below << 8) << 8 * count;
    }

    /// <summary>As <see cref="TakeRun"/>, for a half that is a region: without what only cuts ask for.</summary>
    /// <param name="whole">The cell.</param>
    /// <param name="before">The edge before the first corner of the run.</param>
    /// <param name="count">Corners in the run, at most six.</param>
    /// <param name="cutCrease">Crease of the cut; negative where regions are not joined, and edges do not matter.</param>
    /// <param name="leaving">Where the run ends.</param>
    /// <param name="entering">Where the cell is entered again.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        // Whole vectors, since lanes written one by one are slow to read as a vector.
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
