using Crease.Networks;

namespace Crease.Geometry;

/// <summary>One worker: cuts a cell depth-first into regions.</summary>
/// <remarks>
/// A cell is cut along one crease at a time; both halves keep only the items whose crease still crosses them. What a settled unit
/// passes on is added to the next block at once, a rank-one term, so that the block is complete when no item is left. The half-edges
/// of both halves along the cut are then joined in order: by continuity of the network the two sequences correspond one to one.
/// </remarks>
internal sealed partial class CellCutter
{
    // Signs closer to zero than this, relative to the largest terms of the block, are decided exactly.
    private const double SignDoubt = 3.6e-12;

    // Rounding of a row, relative to the largest terms of its block, moves its line by at most this over its gradient.
    private const double LineSlack = 5.7e-14;

    private readonly FoldedNetwork _folded;
    private readonly CutOptions _options;
    private readonly FoldScratch _scratch;
    private readonly ExactSigns _exact;
    private readonly byte[][] _codes;
    private readonly int[][] _winners;
    private readonly List<Cell> _frames = [];
    private readonly List<int> _joinScratch = [];
    private readonly double _radius;
    private readonly byte[] _above, _below, _doubtful;
    private readonly CutLimits _limits;
    private int _sourceCount;
    private int[] _units = new int[64];
    private double[] _pa = new double[64], _pb = new double[64], _pc = new double[64];
    private long _stamp;
    private int _newFrom;

    public CellCutter(FoldedNetwork folded, Slice slice, CutOptions options, CutLimits limits)
    {
        (_folded, _options, _limits) = (folded, options, limits);
        _scratch = new FoldScratch(folded.Network);
        _codes = [.. folded.Stages.Select(stage => new byte[stage.Knots.Length * stage.Padded / 8])];
        _winners = [.. folded.Stages.Select(stage => new int[stage.Windows.Length])];
        _exact = new ExactSigns(folded, slice, _codes, _winners);
        int masks = folded.Stages.Select(stage => stage.Padded * Math.Max(1, stage.Knots.Length)).Append(8).Max() / 8;
        (_above, _below, _doubtful) = (new byte[masks], new byte[masks], new byte[masks]);
        foreach (double coordinate in slice.Domain)
            _radius = Math.Max(_radius, Math.Abs(coordinate));
    }

    public RegionBuffer Buffer { get; private set; } = new();

    public long ExactDecisions => _exact.Count;

    /// <summary>Whether a limit ended the work before all regions were found.</summary>
    public bool Stopped { get; private set; }

    public double Flops { get; private set; }

    /// <summary>Called for each region instead of collecting, when regions are streamed.</summary>
    public Action<Cell>? Streamed { get; set; }

    /// <summary>The codes of the cell at hand, to continue from it elsewhere.</summary>
    public (byte[][] Codes, int[][] Winners) Snapshot() =>
        ([.. _codes.Select(code => (byte[])code.Clone())], [.. _winners.Select(winner => (int[])winner.Clone())]);

    public void Restore((byte[][] Codes, int[][] Winners) snapshot)
    {
        for (int t = 0; t < _codes.Length; t++)
        {
            snapshot.Codes[t].CopyTo(_codes[t], 0);
            snapshot.Winners[t].CopyTo(_winners[t], 0);
            _exact.Stamps[t] = ++_stamp;
        }
        _exact.Stamps[^1] = ++_stamp;
        _scratch.Reset();
    }

    /// <summary>All regions of a cell, into a fresh buffer.</summary>
    /// <param name="cell">The cell; its chains are filled.</param>
    /// <param name="newFrom">First layer at which the cell's first region differs from the region before it.</param>
    public RegionBuffer Run(Cell cell, int newFrom)
    {
        Buffer = new RegionBuffer();
        Stopped = false;
        _newFrom = newFrom;
        Visit(cell, 0);
        return Buffer;
    }

    public static bool IsDecided(Cell cell) => cell.Items == 0 && cell.Windows.Count == 0;

    public bool IsRegion(Cell cell) => IsDecided(cell) && cell.Stage + 1 == _folded.Stages.Length;

    private void Visit(Cell cell, int depth)
    {
        for (int i = 0; i < cell.Corners; i++)
            cell.Head[i] = cell.Tail[i] = -1;
        if (Stopped)
            return;
        if (IsRegion(cell))
        {
            Emit(cell);
            return;
        }
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        Cell child = Frame(depth);
        if (IsDecided(cell))
        {
            EnterStage(cell, child);
            Visit(child, depth + 1);
            child.Head.AsSpan(0, cell.Corners).CopyTo(cell.Head);
            child.Tail.AsSpan(0, cell.Corners).CopyTo(cell.Tail);
        }
        else if (cell.Items > 0)
        {
            int chosen = Choose(cell);
            MakeHalf(cell, chosen, -1, child);
            Visit(child, depth + 1);
            int cut = Collect(cell, child, Buffer);
            MakeHalf(cell, chosen, 1, child);
            _newFrom = Math.Min(_newFrom, cell.Stage);
            Visit(child, depth + 1);
            int otherCut = Collect(cell, child, Buffer);
            JoinSides(cut, otherCut, Buffer, !Stopped);
        }
        else
        {
            List<Cell> pieces = Pieces(cell);
            for (int p = 0; p < pieces.Count; p++)
            {
                if (p > 0)
                    _newFrom = Math.Min(_newFrom, cell.Stage);
                MakePiece(cell, pieces[p], child);
                Visit(child, depth + 1);
                child.Head.AsSpan(0, child.Corners).CopyTo(pieces[p].Head);
                child.Tail.AsSpan(0, child.Corners).CopyTo(pieces[p].Tail);
            }
            CollectPieces(cell, pieces, Buffer, !Stopped);
        }
    }

    private Cell Frame(int depth)
    {
        while (_frames.Count <= depth)
            _frames.Add(new Cell());
        return _frames[depth];
    }

    private void Emit(Cell cell)
    {
        if (_limits.IsReached(Buffer.Regions))
        {
            Stopped = true;
            return;
        }
        if (Streamed is not null)
        {
            Streamed(cell);
            Buffer.Regions++;
            _newFrom = int.MaxValue;
            return;
        }
        Buffer.ReserveRegion(cell.Corners);
        int first = Buffer.HalfEdges;
        for (int i = 0; i < cell.Corners; i++)
        {
            Buffer.X[first + i] = cell.X[i];
            Buffer.Y[first + i] = cell.Y[i];
            Buffer.Crease[first + i] = cell.Edges[i].Crease;
            Buffer.Link[first + i] = -1;
            cell.Head[i] = cell.Tail[i] = first + i;
        }
        Buffer.First[Buffer.Regions] = first;
        Buffer.Hash[Buffer.Regions] = cell.Hash;
        Buffer.NewFrom[Buffer.Regions] = (ushort)Math.Min(_newFrom, ushort.MaxValue);
        Describe(cell);
        Buffer.HalfEdges += cell.Corners;
        Buffer.Regions++;
        _newFrom = int.MaxValue;
    }

    /// <summary>Takes over a half's chains along the edges of the whole; returns the chain along the cut.</summary>
    public static int Collect(Cell cell, Cell half, RegionBuffer buffer)
    {
        int cut = -1;
        for (int k = 0; k < half.Corners; k++)
        {
            int source = half.Edges[k].Source;
            if (source < 0)
                cut = half.Head[k];
            else if (half.Head[k] < 0)
                continue;
            else if (cell.Head[source] < 0)
                (cell.Head[source], cell.Tail[source]) = (half.Head[k], half.Tail[k]);
            else if (cell.Signs[source] > 0)
            {
                // The lower half came first; this is the upper one, and the edge starts on its side.
                buffer.Link[half.Tail[k]] = cell.Head[source];
                cell.Head[source] = half.Head[k];
            }
            else
            {
                buffer.Link[cell.Tail[source]] = half.Head[k];
                cell.Tail[source] = half.Tail[k];
            }
        }
        return cut;
    }

    private void JoinSides(int head, int otherHead, RegionBuffer buffer, bool complete) => JoinSides(head, otherHead, buffer, complete, _joinScratch);

    public static void JoinSides(int head, int otherHead, RegionBuffer buffer, bool complete, List<int> scratch)
    {
        if (!complete)
        {
            Unlink(head, buffer);
            Unlink(otherHead, buffer);
        }
        else if (!buffer.Join(head, otherHead, scratch))
            throw new InvalidOperationException("The two sides of an edge were cut differently: a sign was decided wrongly. Please report the network and slice.");
    }

    public static void Unlink(int head, RegionBuffer buffer)
    {
        for (int h = head, next; h >= 0; h = next)
        {
            next = buffer.Link[h];
            buffer.Link[h] = -1;
        }
    }
}
