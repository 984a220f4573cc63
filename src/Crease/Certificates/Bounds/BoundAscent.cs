using Crease.Networks;

namespace Crease.Certificates;

/// <summary>Raises lower bounds by gradient ascent in the slopes of lower lines and the multipliers of decided units: one thread's buffers.</summary>
/// <remarks>
/// Every choice of slopes between those of the two pieces, and of multipliers not below 0, gives a sound bound; so the ascent needs no proof of its own. The
/// gradient comes from a forward pass of the relaxed network at the corner where the row is least. Source: <c>xu2021fast</c>, <c>wang2021beta</c>; steps by Adam.
/// </remarks>
internal sealed partial class BoundAscent
{
    private const double First = 0.9, Second = 0.99, SlopeRate = 0.2, MultiplierRate = 0.3, SpanScale = 0.5, Decay = 0.96;

    private readonly BoundGraph _graph;
    private readonly double[]?[] _slopes, _multipliers, _costs, _slopeMeans, _slopeSquares, _multiplierMeans, _multiplierSquares, _values, _scales;
    private readonly double[] _constants, _bounds, _premises, _premiseMeans, _premiseSquares;
    private readonly Ranges[] _ranges;
    private readonly ProductScratch _scratch = new();

    public BoundAscent(BoundGraph graph, ErrorSizes sizes, int capacity)
    {
        _graph = graph;
        Rows = new Backsubstitution(graph, sizes, capacity);
        int nodes = graph.Sizes.Length;
        (_slopes, _multipliers, _slopeMeans, _slopeSquares) = (new double[nodes][], new double[nodes][], new double[nodes][], new double[nodes][]);
        (_multiplierMeans, _multiplierSquares, _values, _scales) = (new double[nodes][], new double[nodes][], new double[nodes][], new double[nodes][]);
        _costs = new double[nodes][];
        (_premises, _premiseMeans, _premiseSquares) = (new double[capacity], new double[capacity], new double[capacity]);
        (_constants, _bounds, _ranges) = (new double[capacity], new double[capacity], new Ranges[capacity]);
        foreach (int n in Enumerable.Range(0, nodes).Where(n => graph.IsNeeded[n]))
        {
            long length = (long)capacity * graph.Sizes[n];
            _values[n] = new double[length];
            if (graph.Piecewise[n] is not { IsHinge: true })
                continue;
            (_slopes[n], _multipliers[n], _slopeMeans[n], _slopeSquares[n]) = (new double[length], new double[length], new double[length], new double[length]);
            (_multiplierMeans[n], _multiplierSquares[n], _scales[n], _costs[n]) = (new double[length], new double[length], new double[capacity], new double[capacity]);
        }
    }

    /// <summary>The back-substitution in use.</summary>
    public Backsubstitution Rows { get; }

    /// <summary>Improves the bounds of a batch; those that were better before are kept.</summary>
    /// <param name="node">Where the rows start.</param>
    /// <param name="branches">At most as many as the capacity.</param>
    /// <param name="steps">Steps of the ascent, at least 0.</param>
    /// <param name="goal">Stops when every bound is above this.</param>
    public void Raise(int node, ReadOnlySpan<RelaxedBranch> branches, int steps, double goal)
    {
        int count = branches.Length, joined = branches.Length > 0 && branches[0].Premise is not null ? node : -1, top = joined < 0 ? node : _graph.Output;
        bool isSplit = Start(top, branches);
        double rate = 1;
        for (int step = 0; ; step++, rate *= Decay)
        {
            for (int r = 0; r < count; r++)
                Place(r, node, top, branches[r]);
            Rows.Lower(top, count, _constants, _ranges, _bounds, joined);
            bool isDone = true;
            for (int r = 0; r < count; r++)
            {
                if (_bounds[r] > branches[r].Bound || (branches[r].Corner is null && !branches[r].IsBoundOnly))
                    Keep(r, branches[r]);
                isDone &= branches[r].Bound > goal;
            }
            if (step >= steps || isDone)
                break;
            Forward(top, count);
            Step(top, branches, rate, step, isSplit);
        }
        foreach (int n in Hinges(top))
            (Rows.Slopes[n], Rows.Multipliers[n], Rows.Costs[n]) = (null, null, null);
    }

    private IEnumerable<int> Hinges(int node) => Enumerable.Range(0, node).Where(n => _slopes[n] is not null);

    // Hinges that take the node's values: decisions of their units bound these values too.
    private IEnumerable<int> Following(int node) =>
        Enumerable.Range(node + 1, _slopes.Length - node - 1).Where(n => _slopes[n] is not null && _graph.InputsOf(n)[0] == node);

    // The row where it starts, with what decisions of the node's own units add, and the costs of all decisions.
    private void Place(int r, int node, int top, RelaxedBranch branch)
    {
        int size = _graph.Sizes[node];
        Span<double> row = (top > node ? Rows.Joined(node) : Rows.RowsAt(node)).AsSpan(r * size, size);
        branch.Row.CopyTo(row);
        _constants[r] = branch.Constant;
        if (branch.Premise is { } premise)
            Place(r, premise);
        foreach (int n in Hinges(top))
            _costs[n]![r] = 0;
        foreach (UnitDecision decision in branch.Decisions)
        {
            int units = _graph.Sizes[decision.Node];
            if (decision.Node >= top && _graph.InputsOf(decision.Node)[0] != node)
                continue;
            double multiplier = _multipliers[decision.Node]![r * units + decision.Unit], cost = decision.Cost(multiplier);
            if (decision.Node < top)
                _costs[decision.Node]![r] = Sum(_costs[decision.Node]![r], cost);
            else if (branch.Row[decision.Unit] == 0 && cost != 0)
            {
                row[decision.Unit] = multiplier;
                _constants[r] = -Sum(-_constants[r], cost);
            }
        }

    }

    // A multiple of the premise, less what the rounding of its coefficients may be worth.
    private void Place(int r, RelaxedBranch premise)
    {
        int size = _graph.Sizes[_graph.Output];
        Span<double> row = Rows.RowsAt(_graph.Output).AsSpan(r * size, size);
        double cost = Math.BitIncrement(-_premises[r] * premise.Constant), rounded = 0;
        for (int i = 0; i < size; i++)
        {
            row[i] = _premises[r] * premise.Row[i];
            rounded += Math.Abs(row[i]) * Rows.Sizes.Magnitudes[_graph.Output][i];
        }
        if (_premises[r] > 0)
            _constants[r] = -Sum(Sum(-_constants[r], cost), RoundingError.Slack * RoundingError.Unit * 2 * rounded + RoundingError.Tiny);
    }

    private static double Sum(double one, double other) => other == 0 ? one : Math.BitIncrement(one + other);

    private bool Start(int node, ReadOnlySpan<RelaxedBranch> branches)
    {
        bool isSplit = false;
        for (int r = 0; r < branches.Length; r++)
        {
            _ranges[r] = branches[r].Ranges;
            (_premises[r], _premiseMeans[r], _premiseSquares[r]) = (0, 0, 0);
            isSplit |= branches[r].Decisions.Length > 0;
        }
        foreach (int n in Following(node).Concat(Hinges(node)))
        {
            int units = _graph.Sizes[n], length = branches.Length * units, before = _graph.InputsOf(n)[0];
            foreach (double[] state in (double[][])[_slopeMeans[n]!, _slopeSquares[n]!, _multiplierMeans[n]!, _multiplierSquares[n]!, _multipliers[n]!])
                state.AsSpan(0, length).Clear();
            for (int r = 0; r < branches.Length; r++)
            {
                Ranges ranges = branches[r].Ranges;
                double[] lower = ranges.Lower[before], upper = ranges.Upper[before], usual = ranges.Lines[n].LowSlope;
                double[]? own = branches[r].Slopes?[n];
                for (int unit = 0; unit < units; unit++)
                    _slopes[n]![r * units + unit] = own is not null && lower[unit] < 0 && upper[unit] > 0 ? own[unit] : usual[unit];
                foreach (UnitDecision decision in branches[r].Decisions)
                {
                    if (decision.Node == n)
                        _multipliers[n]![r * units + decision.Unit] = decision.Admissible(decision.Multiplier);
                }
            }
            if (n < node)
                (Rows.Slopes[n], Rows.Multipliers[n], Rows.Costs[n]) = (_slopes[n], isSplit ? _multipliers[n] : null, isSplit ? _costs[n] : null);
        }
        return isSplit;
    }

    private void Keep(int r, RelaxedBranch branch)
    {
        branch.Bound = Math.Max(branch.Bound, _bounds[r]);
        if (branch.IsBoundOnly)
            return;
        branch.Corner ??= new double[_graph.Sizes[_graph.Input]];
        Rows.Corner(r, branch.Ranges, branch.Corner);
        branch.Slopes ??= new double[_graph.Sizes.Length][];
        for (int n = 0; n < _slopes.Length; n++)
        {
            if (_slopes[n] is { } slopes && Rows.Reached(n))
                branch.Slopes[n] = slopes.AsSpan(r * _graph.Sizes[n], _graph.Sizes[n]).ToArray();
        }
        for (int d = 0; d < branch.Decisions.Length; d++)
        {
            UnitDecision decision = branch.Decisions[d];
            branch.Decisions[d] = decision with { Multiplier = _multipliers[decision.Node]![r * _graph.Sizes[decision.Node] + decision.Unit] };
        }
    }
}
