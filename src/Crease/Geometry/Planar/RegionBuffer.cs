using System.Runtime.CompilerServices;

namespace Crease.Geometry;

/// <summary>Regions and half-edges in the order in which one worker finds them.</summary>
internal sealed class RegionBuffer
{
    private const int FewestRegions = 1024, FewestHalfEdges = 4096;

    // Two maps are equal when they differ by no more than rounding, relative to their largest entry.
    private const double MapTolerance = 1e-9;

    public int Regions;
    public int HalfEdges;
    public int Segments;

    public int[] First = [];
    public int[] Class = [];
    public double[] SlopeNorm = [];
    public double[] Area = [];
    public ulong[] Hash = [];
    public ushort[] NewFrom = [];

    /// <summary>Per region its affine map, when maps are kept, and the largest entry of it.</summary>
    public int MapLength;
    public double[] Maps = [];
    public double[] MapScale = [];

    /// <summary>Pairs of neighbors with equal maps.</summary>
    public List<(int Region, int Neighbor)> EqualMaps { get; } = [];

    /// <summary>Whether pieces of an envelope were put in order by position.</summary>
    public bool UsesPositions { get; set; }

    /// <summary>Pairs of half-edges that were joined, when they are to be recorded.</summary>
    public List<(int HalfEdge, int Twin)>? Pairs { get; init; }

    /// <summary>Per half-edge: where it starts, on which crease, its region, the one before it there, and either its twin or (before edges are joined) the next one along the edge.</summary>
    public double[] X = [];
    public double[] Y = [];
    public int[] Crease = [];
    public int[] Face = [];
    public int[] Previous = [];
    public int[] Link = [];

    /// <summary>Room for the vertex of each half-edge, and for the coordinates of vertices.</summary>
    public int[] Origin = [];
    public double[] Vertices = [];

    public double[] Ends = [];
    public int[] SegmentRegion = [];
    public int[] SegmentClasses = [];

    /// <summary>Bytes of room.</summary>
    public long Bytes => First.Length * (4L + 4 + 8 + 8 + 8 + 2) + X.Length * (8L + 8 + 4 + 4 + 4 + 4) + 8L * (Maps.Length + MapScale.Length + Vertices.Length) + 4L * Origin.Length;

    /// <summary>Empties the buffer and keeps its room.</summary>
    public void Clear()
    {
        Regions = HalfEdges = Segments = 0;
        UsesPositions = false;
        EqualMaps.Clear();
    }

    public void ReserveRegion(int corners)
    {
        if (Regions == First.Length)
        {
            int size = Math.Max(FewestRegions, 2 * Regions);
            Grow(ref First, size, Regions);
            Grow(ref Class, size, Regions);
            Grow(ref SlopeNorm, size, Regions);
            Grow(ref Area, size, Regions);
            Grow(ref Hash, size, Regions);
            Grow(ref NewFrom, size, Regions);
        }
        if (HalfEdges + corners > X.Length)
        {
            int size = Math.Max(Math.Max(FewestHalfEdges, HalfEdges + corners), 2 * HalfEdges);
            Grow(ref X, size, HalfEdges);
            Grow(ref Y, size, HalfEdges);
            Grow(ref Crease, size, HalfEdges);
            Grow(ref Face, size, HalfEdges);
            Grow(ref Previous, size, HalfEdges);
            Grow(ref Link, size, HalfEdges);
        }
    }

    /// <summary>Room for the map of the region that is being added.</summary>
    /// <param name="spare">Entries behind it that may be overwritten.</param>
    public Span<double> AddMap(int spare)
    {
        long end = (Regions + 1L) * MapLength + spare;
        if (end > Maps.Length)
            Grow(ref Maps, checked((int)Math.Max(end, Math.Min(2L * Maps.Length, Array.MaxLength))), Regions * MapLength);
        if (Regions >= MapScale.Length)
            Grow(ref MapScale, Math.Max(256, 2 * Regions), Regions);
        return Maps.AsSpan(Regions * MapLength, MapLength + spare);
    }

    public void AddSegment(double x0, double y0, double x1, double y1, int first, int second)
    {
        if (Segments == SegmentRegion.Length)
        {
            int size = Math.Max(16, 2 * Segments);
            Array.Resize(ref Ends, 4 * size);
            Array.Resize(ref SegmentRegion, size);
            Array.Resize(ref SegmentClasses, 2 * size);
        }
        (Ends[4 * Segments], Ends[4 * Segments + 1], Ends[4 * Segments + 2], Ends[4 * Segments + 3]) = (x0, y0, x1, y1);
        (SegmentClasses[2 * Segments], SegmentClasses[2 * Segments + 1]) = (first, second);
        SegmentRegion[Segments++] = Regions;
    }

    /// <summary>Drops all regions after the first so many.</summary>
    public void Truncate(int regions)
    {
        if (regions >= Regions)
            return;
        (Regions, HalfEdges) = (regions, First[regions]);
        for (int h = 0; h < HalfEdges; h++)
            Link[h] = Link[h] >= HalfEdges ? -1 : Link[h];
        while (Segments > 0 && SegmentRegion[Segments - 1] >= regions)
            Segments--;
        EqualMaps.RemoveAll(pair => Math.Max(pair.Region, pair.Neighbor) >= regions);
    }

    /// <summary>Joins the two sides of an edge: half-edges of one side in order, of the other in reverse.</summary>
    /// <returns>False when the sides do not have equally many half-edges.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Join(int head, int otherHead, List<int> scratch)
    {
        int[] link = Link;
        if (head >= 0 && otherHead >= 0 && link[head] < 0 && link[otherHead] < 0)
        {
            Pair(head, otherHead);
            return true;
        }
        scratch.Clear();
        for (int h = otherHead; h >= 0; h = link[h])
            scratch.Add(h);
        int left = scratch.Count, next;
        for (int h = head; h >= 0; h = next)
        {
            next = link[h];
            if (--left < 0)
                return false;
            Pair(h, scratch[left]);
        }
        return left == 0;
    }

    private void Pair(int h, int twin)
    {
        Link[h] = twin;
        Link[twin] = h;
        if (MapLength == 0)
            Pairs?.Add((h, twin));
        else if (HaveEqualMaps(this, Face[h], this, Face[twin]))
            EqualMaps.Add((Face[h], Face[twin]));
    }

    public static bool HaveEqualMaps(RegionBuffer buffer, int region, RegionBuffer otherBuffer, int other)
    {
        int length = buffer.MapLength, p = region * length, q = other * length;
        double[] maps = buffer.Maps, otherMaps = otherBuffer.Maps;
        double limit = MapTolerance * Math.Max(buffer.MapScale[region], otherBuffer.MapScale[other]);
        for (int i = 0; i < length; i++)
        {
            if (!(Math.Abs(maps[p + i] - otherMaps[q + i]) <= limit))
                return false;
        }
        return true;
    }

    private static void Grow<T>(ref T[] array, int length, int used)
    {
        T[] grown = GC.AllocateUninitializedArray<T>(length);
        array.AsSpan(0, used).CopyTo(grown);
        array = grown;
    }
}
