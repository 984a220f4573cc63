namespace Crease.Geometry;

/// <summary>The top of the tree of cuts: the slice is cut into subtrees of similar size that workers finish independently.</summary>
/// <remarks>The same subtrees are made for any number of threads, and results are put together in their order: the partition does not depend on it.</remarks>
internal sealed class CutTree
{
    private readonly Node _root;
    private readonly List<int> _scratch = [];

    public CutTree(CellCutter cutter, Cell root, int parts)
    {
        _root = new Node(root, cutter.Snapshot(), 0);
        var open = new PriorityQueue<Node, (double, int)>();
        int made = 0, finished = 0;
        open.Enqueue(_root, (0, made++));
        // The largest cell is opened first; area is the best guess of how much is in a cell.
        while (open.Count > 0 && open.Count + finished < parts)
        {
            Node node = open.Dequeue();
            if (!node.Open(cutter))
            {
                finished++;
                continue;
            }
            foreach (Node child in node.Children)
                open.Enqueue(child, (-child.Area, made++));
        }
        Gather(_root);
    }

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
            CellCutter.JoinSides(cut, other, twins, complete, _scratch);
        }
        else
            CellCutter.CollectPieces(cell, children, twins, complete, _scratch);
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

    private void Gather(Node node)
    {
        if (node.Children.Count == 0)
            Parts.Add(node);
        foreach (Node child in node.Children)
            Gather(child);
    }

    /// <summary>A cell of the top with what a worker needs to go on from it.</summary>
    internal sealed class Node(Cell cell, (byte[][] Codes, int[][] Winners) state, int newFrom)
    {
        public Cell Cell { get; } = cell;

        public double Area { get; } = cell.Area();

        public (byte[][] Codes, int[][] Winners) State { get; private set; } = state;

        /// <summary>First layer at which the cell's first region differs from the region before it.</summary>
        public int NewFrom { get; } = newFrom;

        public List<Node> Children { get; } = [];

        /// <summary>Of a part: what was found, where its half-edges start in the whole, and whether it was finished.</summary>
        public PartMesh? Mesh { get; set; }

        public int FirstHalfEdge { get; set; }

        public bool IsComplete { get; set; } = true;

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
                    Children.Add(new Node(half, cutter.Snapshot(), side < 0 ? NewFrom : Cell.Stage));
                }
                return true;
            }
            foreach (Cell piece in cutter.Pieces(Cell))
            {
                var part = new Cell();
                cutter.MakePiece(Cell, piece, part);
                Children.Add(new Node(part, cutter.Snapshot(), Children.Count == 0 ? NewFrom : Cell.Stage));
            }
            return true;
        }
    }
}
