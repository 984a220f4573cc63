namespace Crease.Geometry;

/// <summary>Regions and half-edges in the order in which one worker finds them.</summary>
internal sealed class RegionBuffer
{
    public RegionBuffer()
    {
    }

    public RegionBuffer(int regions, int halfEdges, int segments, int mapLength)
    {
        First = new int[regions];
        Class = new int[regions];
        SlopeNorm = new double[regions];
        Hash = new ulong[regions];
        NewFrom = new ushort[regions];
        Maps = new double[(long)regions * mapLength];
        X = new double[halfEdges];
        Y = new double[halfEdges];
        Crease = new int[halfEdges];
        Link = new int[halfEdges];
        Ends = new double[4L * segments];
        SegmentRegion = new int[segments];
        SegmentClasses = new int[2L * segments];
    }

    public int Regions;
    public int HalfEdges;
    public int Segments;

    public int[] First = new int[64];
    public int[] Class = new int[64];
    public double[] SlopeNorm = new double[64];
    public ulong[] Hash = new ulong[64];
    public ushort[] NewFrom = new ushort[64];
    public double[] Maps = [];

    /// <summary>Per half-edge: where it starts, on which crease, and either its twin or (before edges are joined) the next one along the edge.</summary>
    public double[] X = new double[256];
    public double[] Y = new double[256];
    public int[] Crease = new int[256];
    public int[] Link = new int[256];

    public double[] Ends = [];
    public int[] SegmentRegion = [];
    public int[] SegmentClasses = [];

    public void ReserveRegion(int corners)
    {
        if (Regions == First.Length)
        {
            int size = 2 * Regions;
            Array.Resize(ref First, size);
            Array.Resize(ref Class, size);
            Array.Resize(ref SlopeNorm, size);
            Array.Resize(ref Hash, size);
            Array.Resize(ref NewFrom, size);
        }
        if (HalfEdges + corners > X.Length)
        {
            int size = Math.Max(HalfEdges + corners, 2 * X.Length);
            Array.Resize(ref X, size);
            Array.Resize(ref Y, size);
            Array.Resize(ref Crease, size);
            Array.Resize(ref Link, size);
        }
    }

    public void AddMap(ReadOnlySpan<double> map)
    {
        int at = Regions * map.Length;
        if (at + map.Length > Maps.Length)
            Array.Resize(ref Maps, Math.Max(at + map.Length, 2 * Maps.Length));
        map.CopyTo(Maps.AsSpan(at));
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

    /// <summary>Copies another buffer behind this one's content; there must be room.</summary>
    public void Append(RegionBuffer part, int mapLength)
    {
        for (int r = 0; r < part.Regions; r++)
            First[Regions + r] = part.First[r] + HalfEdges;
        part.Class.AsSpan(0, part.Regions).CopyTo(Class.AsSpan(Regions));
        part.SlopeNorm.AsSpan(0, part.Regions).CopyTo(SlopeNorm.AsSpan(Regions));
        part.Hash.AsSpan(0, part.Regions).CopyTo(Hash.AsSpan(Regions));
        part.NewFrom.AsSpan(0, part.Regions).CopyTo(NewFrom.AsSpan(Regions));
        part.Maps.AsSpan(0, part.Regions * mapLength).CopyTo(Maps.AsSpan(Regions * mapLength));
        part.X.AsSpan(0, part.HalfEdges).CopyTo(X.AsSpan(HalfEdges));
        part.Y.AsSpan(0, part.HalfEdges).CopyTo(Y.AsSpan(HalfEdges));
        part.Crease.AsSpan(0, part.HalfEdges).CopyTo(Crease.AsSpan(HalfEdges));
        for (int h = 0; h < part.HalfEdges; h++)
            Link[HalfEdges + h] = part.Link[h] < 0 ? -1 : part.Link[h] + HalfEdges;
        part.Ends.AsSpan(0, 4 * part.Segments).CopyTo(Ends.AsSpan(4 * Segments));
        part.SegmentClasses.AsSpan(0, 2 * part.Segments).CopyTo(SegmentClasses.AsSpan(2 * Segments));
        for (int s = 0; s < part.Segments; s++)
            SegmentRegion[Segments + s] = part.SegmentRegion[s] + Regions;
        Regions += part.Regions;
        HalfEdges += part.HalfEdges;
        Segments += part.Segments;
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
    }

    /// <summary>Joins the two sides of an edge: half-edges of one side in order, of the other in reverse.</summary>
    /// <returns>False when the sides do not have equally many half-edges.</returns>
    public bool Join(int head, int otherHead, List<int> scratch)
    {
        scratch.Clear();
        for (int h = otherHead; h >= 0; h = Link[h])
            scratch.Add(h);
        int left = scratch.Count, next;
        for (int h = head; h >= 0; h = next)
        {
            next = Link[h];
            if (--left < 0)
                return false;
            Link[h] = scratch[left];
            Link[scratch[left]] = h;
        }
        return left == 0;
    }
}
