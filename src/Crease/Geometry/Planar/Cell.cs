namespace Crease.Geometry;

/// <summary>A convex cell on the way to being a region: its polygon, its undecided items and the blocks of its stage.</summary>
/// <remarks>Corner i lies between edges i - 1 and i and is their crossing; edge i runs to corner i + 1, with the cell on its left.</remarks>
internal sealed class Cell
{
    private double[] _ownBlock = [];

    public int Stage = -1;
    public ulong Hash;

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

    /// <summary>Windows whose winner is not the same on the whole cell.</summary>
    public readonly List<int> Windows = [];

    /// <summary>Largest absolute coefficients of the stage's rows: the scale of rounding.</summary>
    public double ScaleA, ScaleB, ScaleC;

    /// <summary>The stage's block, and the next one as far as it is decided. Shared with other cells; never written through these.</summary>
    public double[] Block = [];
    public double[] Next = [];

    public void Clear()
    {
        Corners = Items = 0;
        Windows.Clear();
    }

    public double[] OwnBlock(int length) => _ownBlock.Length == length ? _ownBlock : _ownBlock = new double[length];

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

    public void GrowItems() => ReserveItems(Items + 1);

    public void AddCorner(double x, double y, double error, in Edge edge, int source)
    {
        ReserveCorners(Corners + 1);
        X[Corners] = x;
        Y[Corners] = y;
        Error[Corners] = error;
        Edges[Corners] = edge;
        Edges[Corners].Source = source;
        Corners++;
    }

    public void AddItem(int item, double a, double b, double c)
    {
        Item[Items] = item;
        A[Items] = a;
        B[Items] = b;
        C[Items] = c;
        Items++;
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

    public double Area()
    {
        double twice = 0;
        for (int i = 1; i + 1 < Corners; i++)
            twice += (X[i] - X[0]) * (Y[i + 1] - Y[0]) - (Y[i] - Y[0]) * (X[i + 1] - X[0]);
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
