namespace Crease.Geometry;

/// <summary>A convex cell on the way to being a region: its polygon, its undecided items and the blocks of its stage.</summary>
internal sealed class Cell
{
    private readonly double[]?[] _blocks = new double[]?[3];

    public int Stage = -1;
    public ulong Hash;

    /// <summary>How far the cell is: 0 new, then the number of the child that is being worked on.</summary>
    public int Phase;

    /// <summary>Of a piece of an envelope: the position of the row that is largest on it.</summary>
    public int Winner;

    /// <summary>Number of corners, and the corners counter-clockwise.</summary>
    public int Corners;
    public CellCorner[] Polygon = new CellCorner[12];

    /// <summary>Items whose crease may cross the cell: number and row.</summary>
    public int Items;
    public int[] Item = [];
    public double[] A = [];
    public double[] B = [];
    public double[] C = [];

    /// <summary>The cut in two: the item, its line, where that crosses the polygon, and the half-edges along it.</summary>
    public int Chosen;
    public int Cut;
    public int CutHead;
    public Crossing FirstCrossing, SecondCrossing;

    /// <summary>Windows whose winner is not the same on the whole cell, and the pieces of the first of them.</summary>
    public readonly List<int> Windows = [];
    public readonly List<Cell> Pieces = [];

    /// <summary>Bounds on the rounding of the stage's values, and on the length of their gradients.</summary>
    public double Noise, Gradient;

    /// <summary>What rounding is expected to come to, as a share of its bound.</summary>
    public double WobbleShare;

    /// <summary>The network as far as it matters on the cell, and the area of the cell when reducing it was last tried; null where the network is no chain and was not reduced yet.</summary>
    public LocalNetwork? Net;
    public double NetArea = double.PositiveInfinity;

    /// <summary>How many networks and lines of the worker are in use while the cell is.</summary>
    public int NetMark, LineMark;

    /// <summary>The stage's block, and the next one as far as it is decided. Runs of <see cref="BlockStride"/> and of <see cref="NextStride"/>; shared with other cells, never written through these.</summary>
    public double[] Block = [];
    public int BlockStride;
    public double[] Next = [];
    public int NextStride;

    public void Clear()
    {
        Corners = Items = Phase = 0;
        Windows.Clear();
    }

    /// <summary>Room of the cell's own that neither of its blocks uses.</summary>
    public double[] Spare(int length)
    {
        int i = 0;
        while (ReferenceEquals(_blocks[i], Next) || ReferenceEquals(_blocks[i], Block))
            i++;
        return _blocks[i] is double[] room && room.Length >= length ? room : _blocks[i] = new double[Math.Max(64, length)];
    }

    public void ReserveCorners(int corners)
    {
        if (corners > Polygon.Length)
            Array.Resize(ref Polygon, Math.Max(corners, 2 * Polygon.Length));
    }

    // A multiple of 8, so that kernels may read whole vectors.
    public void ReserveItems(int items)
    {
        int size = (items + 7) & ~7;
        if (size <= Item.Length)
            return;
        size = Math.Max(size, 2 * Item.Length);
        Array.Resize(ref Item, size);
        Array.Resize(ref A, size);
        Array.Resize(ref B, size);
        Array.Resize(ref C, size);
    }

    public void AddItem(int item, double a, double b, double c)
    {
        int at = Items;
        Item[at] = item;
        A[at] = a;
        B[at] = b;
        C[at] = c;
        Items = at + 1;
    }

    public void CopyPolygon(Cell from)
    {
        ReserveCorners(from.Corners);
        Corners = from.Corners;
        from.Polygon.AsSpan(0, Corners).CopyTo(Polygon);
        for (int i = 0; i < Corners; i++)
            (Polygon[i].Source, Polygon[i].Head, Polygon[i].Tail) = (i, -1, -1);
    }

    /// <summary>Sets below which absolute value a sign at a corner is in doubt.</summary>
    public void SetDoubts()
    {
        foreach (ref CellCorner corner in Polygon.AsSpan(0, Corners))
            corner.Doubt = Noise + Gradient * corner.Error;
    }

    /// <summary>Forgets the half-edges along the edges.</summary>
    public void ClearChains()
    {
        foreach (ref CellCorner corner in Polygon.AsSpan(0, Corners))
            corner.Head = corner.Tail = -1;
    }

    /// <summary>The least and the largest value of a x + b y + c on the cell: those at its corners.</summary>
    public (double Least, double Largest) Range(double a, double b, double c)
    {
        double least = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (ref readonly CellCorner corner in Polygon.AsSpan(0, Corners))
        {
            double z = a * corner.X + b * corner.Y + c;
            (least, largest) = (Math.Min(least, z), Math.Max(largest, z));
        }
        return (least, largest);
    }

    public double Area()
    {
        ReadOnlySpan<CellCorner> polygon = Polygon.AsSpan(0, Corners);
        double twice = 0, x0 = polygon[0].X, y0 = polygon[0].Y, x1 = polygon[1].X - x0, y1 = polygon[1].Y - y0;
        for (int i = 2; i < polygon.Length; i++)
        {
            double x2 = polygon[i].X - x0, y2 = polygon[i].Y - y0;
            twice += x1 * y2 - y1 * x2;
            (x1, y1) = (x2, y2);
        }
        return twice / 2;
    }

    /// <summary>A box around the cell; doubts are set.</summary>
    public CellBox Box()
    {
        (double x, double y) = Center();
        double width = 0, height = 0, doubt = 0;
        foreach (ref readonly CellCorner corner in Polygon.AsSpan(0, Corners))
            (width, height, doubt) = (Math.Max(width, Math.Abs(corner.X - x)), Math.Max(height, Math.Abs(corner.Y - y)), Math.Max(doubt, corner.Doubt));
        return new CellBox(x, y, width, height, doubt);
    }

    public (double X, double Y) Center()
    {
        double x = 0, y = 0;
        foreach (ref readonly CellCorner corner in Polygon.AsSpan(0, Corners))
            (x, y) = (x + corner.X, y + corner.Y);
        return (x / Corners, y / Corners);
    }
}
