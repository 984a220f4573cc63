using System.Runtime.CompilerServices;
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
    private readonly FoldedNetwork _folded;
    private readonly FoldScratch _scratch;
    private readonly Reduction _reduction;
    private readonly GraphReduction? _graphReduction;
    private readonly byte[][] _codes;
    private readonly int[][] _winners;
    private readonly List<Cell> _frames = [];
    private readonly List<Cell> _path = [];
    private readonly List<LocalNetwork> _networks = [];
    private readonly PieceChains _chains = new();
    private LineTable _lines = new();
    private readonly byte[] _above, _below, _doubtful;
    private readonly int _firstSmallStage, _lastSmallStage, _outputs;
    private readonly Sources _sources = new();
    private int _networksUsed;
    private long _stamp;
    private int _newFrom;
    private long _flushed;

    private CutOptions _options = null!;
    private CutLimits _limits = null!;
    private Rounding _rounding = null!;
    private ExactSigns _exact = null!;
    private CenterValues? _center;
    private double[] _constants = [];

    public CellCutter(FoldedNetwork folded)
    {
        _folded = folded;
        _scratch = new FoldScratch(folded.Network);
        _codes = [.. folded.Stages.Select(stage => new byte[stage.Knots.Length * stage.Padded])];
        _winners = [.. folded.Stages.Select(stage => new int[stage.Windows.Length])];
        _reduction = new Reduction(folded);
        _graphReduction = folded.IsReducible ? new GraphReduction(folded) : null;
        _outputs = folded.Outputs;
        _firstSmallStage = folded.Chain is null && !folded.IsReducible ? int.MaxValue : Math.Max(0, folded.Stages.Length - MostSmallStages);
        _lastSmallStage = folded.Stages.Length - (folded.Outputs <= SmallCell.Most ? 1 : 2);
        int masks = folded.Stages.Select(stage => stage.Padded * Math.Max(1, stage.Knots.Length)).Append(8).Max() / 8;
        (_above, _below, _doubtful) = (new byte[masks], new byte[masks], new byte[masks]);
    }

    public RegionBuffer Buffer { get; private set; } = new();

    /// <summary>Makes the worker ready for a cut; what it holds on to is room only.</summary>
    public CellCutter Begin(CutTerms terms)
    {
        (_options, _limits, _rounding, _center) = (terms.Options, terms.Limits, terms.Rounding, terms.Center);
        _exact = new ExactSigns(_folded, terms.Slice, _codes, _winners);
        _reduction.Begin(_rounding.Margins, _center);
        _graphReduction?.Begin(_rounding.Margins);
        (_networksUsed, Flops, Flush, _flushed) = (0, 0, null, 0);
        _centerOutputs = CenterOutputs();
        _lines.Release(0);
        return this;
    }

    public long ExactDecisions => _exact.Count;

    /// <summary>Whether a limit ended the work before all regions were found.</summary>
    public bool Stopped { get; private set; }

    public double Flops { get => field + _reduction.Flops + (_graphReduction?.Flops ?? 0); private set; }

    /// <summary>Takes the regions of the buffer whenever that is full, and at the end, and gives a buffer to go on with; regions are then not joined and not kept.</summary>
    public Func<RegionBuffer, RegionBuffer>? Flush { get; set; }

    /// <summary>The lines that cells at hand lie between.</summary>
    public LineTable Lines { get => _lines; set => _lines = value; }

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

    /// <summary>All regions of a cell, into a buffer.</summary>
    /// <param name="cell">The cell; its chains are filled.</param>
    /// <param name="newFrom">First layer at which the cell's first region differs from the region before it.</param>
    /// <param name="lines">The table that the cell's lines are in; they are taken over.</param>
    /// <param name="buffer">Where the regions go; emptied first.</param>
    public void Run(Cell cell, int newFrom, LineTable lines, RegionBuffer buffer)
    {
        if (lines != _lines)
        {
            _lines.Release(0);
            foreach (ref CellCorner corner in cell.Polygon.AsSpan(0, cell.Corners))
                corner.Line = _lines.Add(lines[corner.Line]);
        }
        Buffer = buffer;
        Buffer.Clear();
        Stopped = false;
        _flushed = 0;
        _newFrom = newFrom;
        _path.Clear();
        Visit(cell);
        if (Flush is not null && Buffer.Regions > 0)
            FlushBuffer();
    }

    public static bool IsDecided(Cell cell) => cell.Items == 0 && cell.Windows.Count == 0;

    /// <summary>Enters stages until some item or window is open or the cell is a region, and reduces its network where that pays.</summary>
    public void Advance(Cell cell)
    {
        while (IsDecided(cell) && cell.Stage + 1 < _folded.Stages.Length)
            EnterStage(cell);
        if (cell.Items > 0 && (cell.Net is not null || _graphReduction is not null))
            Reduce(cell);
    }

    // An explicit path instead of recursion: its depth is bounded by memory only, on any thread.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Visit(Cell root)
    {
        int floor = _path.Count, depth = floor;
        root.ClearChains();
        root.Phase = 0;
        Cell cell = root;
        while (true)
        {
            if (!Stopped)
            {
                Advance(cell);
                bool isSmall = IsSmall(cell);
                if (!isSmall && !IsDecided(cell))
                {
                    Cell child = Frame(depth);
                    FirstChild(cell, child);
                    _path.Add(cell);
                    depth++;
                    cell = child;
                    continue;
                }
                if (isSmall)
                    VisitSmall(cell);
                else
                    Emit(cell);
            }
            while (true)
            {
                if (depth == floor)
                    return;
                Cell child = cell;
                cell = _path[--depth];
                if (!NextChild(cell, child))
                {
                    _path.RemoveAt(depth);
                    continue;
                }
                depth++;
                cell = child;
                break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FirstChild(Cell cell, Cell child)
    {
        cell.Phase = 1;
        if (cell.Items > 0)
        {
            Split(cell);
            Mark(cell);
            MakeHalf(cell, -1, child);
            return;
        }
        FindPieces(cell);
        Mark(cell);
        MakePiece(cell, cell.Pieces[0], child);
    }

    private void Mark(Cell cell) => (cell.NetMark, cell.LineMark) = (_networksUsed, _lines.Count);

    // Takes over what the finished child found; false when there is no other child.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool NextChild(Cell cell, Cell child)
    {
        _networksUsed = cell.NetMark;
        _lines.Release(cell.LineMark);
        if (cell.Items > 0)
        {
            int cut = Flush is null ? Collect(cell, child, Buffer) : -1;
            if (cell.Phase == 2)
            {
                if (Flush is null)
                    JoinSides(cell.CutHead, cut, Buffer, !Stopped, _chains.Join);
                return false;
            }
            cell.CutHead = cut;
            MakeHalf(cell, 1, child);
        }
        else
        {
            Cell piece = cell.Pieces[cell.Phase - 1];
            child.Polygon.AsSpan(0, child.Corners).CopyTo(piece.Polygon);
            if (cell.Phase == cell.Pieces.Count)
            {
                if (Flush is null)
                    CollectPieces(cell, cell.Pieces, Buffer, !Stopped);
                return false;
            }
            MakePiece(cell, cell.Pieces[cell.Phase], child);
        }
        cell.Phase++;
        _newFrom = Math.Min(_newFrom, cell.Stage);
        return true;
    }

    private Cell Frame(int depth)
    {
        while (_frames.Count <= depth)
            _frames.Add(new Cell());
        return _frames[depth];
    }
}
