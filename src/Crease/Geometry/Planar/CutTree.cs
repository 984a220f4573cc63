using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>The top of the tree of cuts: the slice is cut into subtrees of similar size that workers finish independently.</summary>
/// <remarks>The same subtrees are made for any number of threads, and results are put together in their order: the partition does not depend on it.</remarks>
internal sealed class CutTree
{
    // What is cut before other threads join in.
    private const int Tops = 8;

    private readonly Node _root;
    private readonly CutLimits _limits;
    private readonly PieceChains _chains = new();

    public CutTree(CellCutter cutter, Cell root, int parts, int threads, CutLimits limits, Func<CellCutter> rent)
    {
        _limits = limits;
        _root = new Node(root, cutter.Snapshot(), 0, cutter.Lines);
        List<Node> tops = Grow(cutter, _root, Math.Min(parts, Tops));
        Cutters.Add(cutter);
        if (parts > Tops)
            GrowAll(tops, parts, threads, rent);
        Gather(_root);
    }

    /// <summary>The workers whose networks the parts' cells use: they may not begin another cut before this one is finished.</summary>
    public List<CellCutter> Cutters { get; } = [];

    /// <summary>The subtrees that are left, in order.</summary>
    public List<Node> Parts { get; } = [];

    /// <summary>Joins the parts' half-edges along the cuts of the top.</summary>
    /// <param name="twins">Links of the half-edges of all parts, in order.</param>
    public void Join(RegionBuffer twins)
    {
        Join(_root, twins);
        for (int i = 0; i < _root.Cell.Corners; i++)
            CellCutter.Unlink(_root.Cell.Polygon[i].Head, twins);
    }

    private bool Join(Node node, RegionBuffer twins)
    {
        Cell cell = node.Cell;
        if (node.Children.Count == 0)
        {
            TakeChains(node, twins);
            return node.IsComplete;
        }
        bool complete = true;
        foreach (Node child in node.Children)
            complete &= Join(child, twins);
        cell.ClearChains();
        List<Cell> children = [.. node.Children.Select(child => child.Cell)];
        if (cell.Items > 0)
        {
            int cut = CellCutter.Collect(cell, children[0], twins), other = CellCutter.Collect(cell, children[1], twins);
            CellCutter.JoinSides(cut, other, twins, complete, _chains.Join);
        }
        else
            CellCutter.CollectPieces(cell, children, twins, complete, _chains);
        return complete;
    }

    private static void TakeChains(Node part, RegionBuffer twins)
    {
        Cell cell = part.Cell;
        cell.ClearChains();
        for (int i = 0; i < cell.Corners && part.Mesh is not null; i++)
        {
            int[] chain = part.Mesh.Chains[i];
            for (int k = 0; k + 1 < chain.Length; k++)
                twins.Link[part.FirstHalfEdge + chain[k]] = part.FirstHalfEdge + chain[k + 1];
            if (chain.Length > 0)
                (cell.Polygon[i].Head, cell.Polygon[i].Tail) = (part.FirstHalfEdge + chain[0], part.FirstHalfEdge + chain[^1]);
        }
    }

    // The largest cell is opened first; area is the best guess of how much is in a cell. Returns the cells that are left.
    private List<Node> Grow(CellCutter cutter, Node root, int parts)
    {
        var open = new PriorityQueue<Node, (double, int)>();
        var left = new List<Node>();
        int made = 0;
        open.Enqueue(root, (0, made++));
        while (open.Count > 0 && open.Count + left.Count < parts && !_limits.IsReached(0))
        {
            Node node = open.Dequeue();
            if (!node.Open(cutter))
            {
                left.Add(node);
                continue;
            }
            foreach (Node child in node.Children)
                open.Enqueue(child, (-child.Area, made++));
        }
        left.AddRange(open.UnorderedItems.Select(item => item.Element));
        return left;
    }

    // Every top is cut into its share of the parts, by area, whoever cuts it.
    private void GrowAll(List<Node> tops, int parts, int threads, Func<CellCutter> rent)
    {
        double area = tops.Sum(top => top.Area);
        int next = -1;
        CellCutter first = Cutters[0];
        Workers.Run(Math.Min(threads, tops.Count), worker =>
        {
            CellCutter cutter = worker == 0 ? first : Rented(rent);
            LineTable own = cutter.Lines;
            for (int mine; (mine = Interlocked.Increment(ref next)) < tops.Count;)
            {
                tops[mine].MoveLines(cutter.Lines = new LineTable());
                Grow(cutter, tops[mine], (int)Math.Round(parts * tops[mine].Area / area));
            }
            cutter.Lines = own;
        });
    }

    private CellCutter Rented(Func<CellCutter> rent)
    {
        CellCutter cutter = rent();
        lock (Cutters)
            Cutters.Add(cutter);
        return cutter;
    }

    private void Gather(Node node)
    {
        if (node.Children.Count == 0)
            Parts.Add(node);
        foreach (Node child in node.Children)
            Gather(child);
    }

    /// <summary>A cell of the top with what a worker needs to go on from it.</summary>
    internal sealed class Node(Cell cell, (byte[][] Codes, int[][] Winners) state, int newFrom, LineTable lines)
    {
        public Cell Cell { get; } = cell;

        public double Area { get; } = cell.Area();

        public (byte[][] Codes, int[][] Winners) State { get; private set; } = state;

        /// <summary>First layer at which the cell's first region differs from the region before it.</summary>
        public int NewFrom { get; } = newFrom;

        /// <summary>The table of the cell's lines.</summary>
        public LineTable Lines { get; private set; } = lines;

        public List<Node> Children { get; } = [];

        /// <summary>Of a part: what was found, where its half-edges start in the whole, and whether it was finished.</summary>
        public PartMesh? Mesh { get; set; }

        public int FirstHalfEdge { get; set; }

        public bool IsComplete { get; set; } = true;

        /// <summary>Copies the cell's lines to another table.</summary>
        public void MoveLines(LineTable to)
        {
            foreach (ref CellCorner corner in Cell.Polygon.AsSpan(0, Cell.Corners))
                corner.Line = to.Add(Lines[corner.Line]);
            Lines = to;
        }

        /// <summary>Makes the children; false when the cell is a region already.</summary>
        public bool Open(CellCutter cutter)
        {
            cutter.Restore(State);
            cutter.Advance(Cell);
            State = cutter.Snapshot();
            if (CellCutter.IsDecided(Cell))
                return false;
            if (Cell.Items > 0)
            {
                cutter.Split(Cell);
                foreach (int side in new[] { -1, 1 })
                {
                    var half = new Cell();
                    cutter.MakeHalf(Cell, side, half);
                    Children.Add(new Node(half, cutter.Snapshot(), side < 0 ? NewFrom : Cell.Stage, cutter.Lines));
                }
                return true;
            }
            cutter.FindPieces(Cell);
            foreach (Cell piece in Cell.Pieces)
            {
                var part = new Cell();
                cutter.MakePiece(Cell, piece, part);
                Children.Add(new Node(part, cutter.Snapshot(), Children.Count == 0 ? NewFrom : Cell.Stage, cutter.Lines));
            }
            return true;
        }
    }
}
