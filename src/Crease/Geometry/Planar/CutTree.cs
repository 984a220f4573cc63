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
            if (cutter.IsRegion(node.Cell))
            {
                finished++;
                continue;
            }
            node.Open(cutter);
            foreach (Node child in node.Children)
                open.Enqueue(child, (-child.Cell.Area(), made++));
        }
        Gather(_root);
    }

    /// <summary>The subtrees that are left, in order.</summary>
    public List<Node> Parts { get; } = [];

    /// <summary>Joins the parts' half-edges along the cuts of the top; <paramref name="buffer"/> holds all parts, in order.</summary>
    public void Join(RegionBuffer buffer)
    {
        Join(_root, buffer);
        for (int i = 0; i < _root.Cell.Corners; i++)
            CellCutter.Unlink(_root.Cell.Head[i], buffer);
    }

    private void Gather(Node node)
    {
        if (node.Children.Count == 0)
            Parts.Add(node);
        foreach (Node child in node.Children)
            Gather(child);
    }

    private bool Join(Node node, RegionBuffer buffer)
    {
        Cell cell = node.Cell;
        if (node.Children.Count == 0)
        {
            for (int i = 0; i < cell.Corners; i++)
            {
                cell.Head[i] += cell.Head[i] < 0 ? 0 : node.FirstHalfEdge;
                cell.Tail[i] += cell.Tail[i] < 0 ? 0 : node.FirstHalfEdge;
            }
            return node.IsComplete;
        }
        bool complete = true;
        foreach (Node child in node.Children)
            complete &= Join(child, buffer);
        for (int i = 0; i < cell.Corners; i++)
            cell.Head[i] = cell.Tail[i] = -1;
        List<Cell> children = [.. node.Children.Select(child => child.Cell)];
        if (cell.Items > 0)
        {
            int cut = CellCutter.Collect(cell, children[0], buffer), other = CellCutter.Collect(cell, children[1], buffer);
            CellCutter.JoinSides(cut, other, buffer, complete, _scratch);
        }
        else if (cell.Windows.Count > 0)
            CellCutter.CollectPieces(cell, children, buffer, complete, _scratch);
        else
        {
            children[0].Head.AsSpan(0, cell.Corners).CopyTo(cell.Head);
            children[0].Tail.AsSpan(0, cell.Corners).CopyTo(cell.Tail);
        }
        return complete;
    }

    /// <summary>A cell of the top with what a worker needs to go on from it.</summary>
    internal sealed class Node(Cell cell, (byte[][] Codes, int[][] Winners) state, int newFrom)
    {
        public Cell Cell { get; } = cell;

        public (byte[][] Codes, int[][] Winners) State { get; } = state;

        /// <summary>First layer at which the cell's first region differs from the region before it.</summary>
        public int NewFrom { get; } = newFrom;

        public List<Node> Children { get; } = [];

        /// <summary>Of a part: where its half-edges start in the whole, and whether it was finished.</summary>
        public int FirstHalfEdge { get; set; }

        public bool IsComplete { get; set; } = true;

        public void Open(CellCutter cutter)
        {
            cutter.Restore(State);
            if (CellCutter.IsDecided(Cell))
            {
                var next = new Cell();
                cutter.EnterStage(Cell, next);
                Children.Add(new Node(next, cutter.Snapshot(), NewFrom));
                return;
            }
            if (Cell.Items > 0)
            {
                int chosen = CellCutter.Choose(Cell);
                foreach (int side in new[] { -1, 1 })
                {
                    var half = new Cell();
                    cutter.MakeHalf(Cell, chosen, side, half);
                    Children.Add(new Node(half, cutter.Snapshot(), side < 0 ? NewFrom : Cell.Stage));
                }
                return;
            }
            foreach (Cell piece in cutter.Pieces(Cell))
            {
                var part = new Cell();
                cutter.MakePiece(Cell, piece, part);
                Children.Add(new Node(part, cutter.Snapshot(), Children.Count == 0 ? NewFrom : Cell.Stage));
            }
        }

    }
}
