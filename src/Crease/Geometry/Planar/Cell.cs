namespace Crease.Geometry;

/// <summary>A convex cell on the way to being a region: its polygon, its undecided items and the blocks of its stage.</summary>
/// <remarks>Corner i lies between edges i - 1 and i and is their crossing; edge i runs to corner i + 1, with the cell on its left.</remarks>
internal sealed class Cell
{
    private readonly double[][] _blocks = [new double[64], new double[64], new double[64]];

    public int Stage = -1;
    public ulong Hash;

    /// <summary>How far the cell is: 0 new, then the number of the child that is being worked on.</summary>
    public int Phase;

    /// <summary>Of a piece of an envelope: the position of the row that is largest on it.</summary>
    public int Winner;

    public int Corners;
    public double[] X = new double[8];
    public double[] Y = new double[8];
    public double[] Error = new double[8];
    public double[] Doubt = new double[8];
    public sbyte[] Signs = new sbyte[8];
    public Edge[] Edges = new Edge[8];
    public int[] Head = new int[8];
    public int[] Tail = new int[8];

    /// <summary>Items whose crease may cross the cell: number and row.</summary>
    public int Items;
    public int[] Item = [];
    public double[] A = [];
    public double[] B = [];
    public double[] C = [];

    /// <summary>The cut in two: the item, where its line crosses the polygon, and on which sides the other items are of both halves.</summary>
    public int Chosen;
    public Edge Cut;
    public int CutHead;
    public Crossing FirstCrossing, SecondCrossing;
    public byte[] Masks = [];

    /// <summary>Windows whose winner is not the same on the whole cell, and the pieces of the first of them.</summary>
    public readonly List<int> Windows = [];
    public List<Cell>? Pieces;

    /// <summary>Bounds on the rounding of the stage's values, and on the length of their gradients.</summary>
    public double Noise, Gradient;

    /// <summary>The network as far as it matters on the cell, and the area of the cell when reducing it was last tried; null where the network is no chain.</summary>
    public LocalNetwork? Net;
    public double NetArea = double.PositiveInfinity;
    public int NetMark;

    /// <summary>The stage's block, and the next one as far as it is decided, three runs of <see cref="NextStride"/>. Shared with other cells; never written through these.</summary>
    public double[] Block = [];
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
        return _blocks[i].Length >= length ? _blocks[i] : _blocks[i] = new double[length];
    }

    public void ReserveCorners(int corners)
    {
        if (corners <= X.Length)
            return;
        int size = Math.Max(corners, 2 * X.Length);
        Array.Resize(ref X, size);
        Array.Resize(ref Y, size);
        Array.Resize(ref Error, size);
        Array.Resize(ref Doubt, size);
        Array.Resize(ref Signs, size);
        Array.Resize(ref Edges, size);
        Array.Resize(ref Head, size);
        Array.Resize(ref Tail, size);
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

    public void AddCorner(double x, double y, double error, in Edge edge, int source)
    {
        int at = Corners;
        if (at >= X.Length)
            ReserveCorners(at + 1);
        X[at] = x;
        Y[at] = y;
        Error[at] = error;
        ref Edge to = ref Edges[at];
        to = edge;
        to.Source = source;
        Corners = at + 1;
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
        from.X.AsSpan(0, Corners).CopyTo(X);
        from.Y.AsSpan(0, Corners).CopyTo(Y);
        from.Error.AsSpan(0, Corners).CopyTo(Error);
        from.Edges.AsSpan(0, Corners).CopyTo(Edges);
        for (int i = 0; i < Corners; i++)
            Edges[i].Source = i;
    }

    /// <summary>Sets below which absolute value a sign at a corner is in doubt.</summary>
    public void SetDoubts()
    {
        double[] doubt = Doubt, error = Error;
        for (int i = 0; i < Corners; i++)
            doubt[i] = Noise + Gradient * error[i];
    }

    public double Area()
    {
        double twice = 0, x0 = X[0], y0 = Y[0];
        for (int i = 1; i + 1 < Corners; i++)
            twice += (X[i] - x0) * (Y[i + 1] - y0) - (Y[i] - y0) * (X[i + 1] - x0);
        return twice / 2;
    }

    public (double X, double Y) Center()
    {
        double x = 0, y = 0;
        for (int i = 0; i < Corners; i++)
            (x, y) = (x + X[i], y + Y[i]);
        return (x / Corners, y / Corners);
    }
}

/// <summary>Where a cut crosses a polygon: the edge, and the new corner.</summary>
internal record struct Crossing(int Edge, double X, double Y, double Error);
