using Crease.Networks;

namespace Crease.Certificates;

/// <summary>Raises lower bounds by gradient ascent in the slopes of lower lines and the multipliers of decided units: one thread's buffers.</summary>
/// <remarks>
/// Every choice of slopes between those of the two pieces, and of multipliers not below 0, gives a sound bound; so the ascent needs no proof of its own. The
/// gradient comes from a forward pass of the relaxed network at the corner where the row is least. Source: <c>xu2021fast</c>, <c>wang2021beta</c>; steps by Adam.
/// </remarks>
internal sealed class BoundAscent
{
    private const double First = 0.9, Second = 0.99, SlopeRate = 0.2, MultiplierRate = 0.3, Decay = 0.96;

    private readonly BoundGraph _graph;
    private readonly double[]?[] _slopes, _multipliers, _slopeMeans, _slopeSquares, _multiplierMeans, _multiplierSquares, _values, _scales;
    private readonly double[] _constants, _bounds;
    private readonly Ranges[] _ranges;
    private readonly ProductScratch _scratch = new();

    public BoundAscent(BoundGraph graph, ErrorSizes sizes, int capacity)
    {
        _graph = graph;
        Rows = new Backsubstitution(graph, sizes, capacity);
        int nodes = graph.Sizes.Length;
        (_slopes, _multipliers, _slopeMeans, _slopeSquares) = (new double[nodes][], new double[nodes][], new double[nodes][], new double[nodes][]);
        (_multiplierMeans, _multiplierSquares, _values, _scales) = (new double[nodes][], new double[nodes][], new double[nodes][], new double[nodes][]);
        (_constants, _bounds, _ranges) = (new double[capacity], new double[capacity], new Ranges[capacity]);
        foreach (int n in Enumerable.Range(0, nodes).Where(n => graph.IsNeeded[n]))
        {
            long length = (long)capacity * graph.Sizes[n];
            _values[n] = new double[length];
            if (graph.Piecewise[n] is not { IsHinge: true })
                continue;
            (_slopes[n], _multipliers[n], _slopeMeans[n], _slopeSquares[n]) = (new double[length], new double[length], new double[length], new double[length]);
            (_multiplierMeans[n], _multiplierSquares[n], _scales[n]) = (new double[length], new double[length], new double[capacity]);
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
        int count = branches.Length, size = _graph.Sizes[node];
        bool isSplit = Start(node, branches);
        double rate = 1;
        for (int step = 0; ; step++, rate *= Decay)
        {
            for (int r = 0; r < count; r++)
                branches[r].Row.CopyTo(Rows.RowsAt(node).AsSpan(r * size));
            Rows.Lower(node, count, _constants, _ranges, _bounds);
            bool isDone = true;
            for (int r = 0; r < count; r++)
            {
                if (_bounds[r] > branches[r].Bound || (branches[r].Corner is null && !branches[r].IsBoundOnly))
                    Keep(r, branches[r]);
                isDone &= branches[r].Bound > goal;
            }
            if (step >= steps || isDone)
                break;
            Forward(node, count);
            Step(node, branches, rate, step, isSplit);
        }
        foreach (int n in Hinges(node))
            (Rows.Slopes[n], Rows.Multipliers[n]) = (null, null);
    }

    private IEnumerable<int> Hinges(int node) => Enumerable.Range(0, node).Where(n => _slopes[n] is not null);

    private bool Start(int node, ReadOnlySpan<RelaxedBranch> branches)
    {
        bool isSplit = false;
        for (int r = 0; r < branches.Length; r++)
        {
            (_constants[r], _ranges[r]) = (branches[r].Constant, branches[r].Ranges);
            isSplit |= branches[r].Decisions.Length > 0;
        }
        foreach (int n in Hinges(node))
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
                        _multipliers[n]![r * units + decision.Unit] = decision.IsAbove ? -decision.Multiplier : decision.Multiplier;
                }
            }
            (Rows.Slopes[n], Rows.Multipliers[n]) = (_slopes[n], isSplit ? _multipliers[n] : null);
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
            branch.Decisions[d] = decision with { Multiplier = Math.Abs(_multipliers[decision.Node]![r * _graph.Sizes[decision.Node] + decision.Unit]) };
        }
    }

    /// <summary>The relaxed network at the corners of the last bounds: every unit on the line that its row took.</summary>
    private void Forward(int node, int count)
    {
        int input = _graph.Input, inputs = _graph.Sizes[input];
        for (int r = 0; r < count; r++)
            Rows.Corner(r, _ranges[r], _values[input].AsSpan(r * inputs, inputs));
        for (int n = input + 1; n < node; n++)
        {
            if (!Rows.Reached(n) || n == input)
                continue;
            if (_graph.Affine[n] is { } affine)
            {
                double[][] arguments = new double[_graph.InputsOf(n).Length][];
                for (int i = 0; i < arguments.Length; i++)
                    arguments[i] = _values[_graph.InputsOf(n)[i]]!;
                affine.Apply(arguments, count, _values[n]!, _scratch);
            }
            else
                ForwardPiecewise(n, _graph.Piecewise[n]!, count);
        }
    }

    private void ForwardPiecewise(int n, PiecewiseStep step, int count)
    {
        int units = step.Units, before = _graph.InputsOf(n)[0], sizeBefore = _graph.Sizes[before];
        double[] rows = Rows.RowsAt(n), values = _values[n]!, pre = _values[before]!;
        for (int r = 0; r < count; r++)
        {
            Lines lines = _ranges[r].Lines[n];
            for (int unit = 0; unit < units; unit++)
            {
                int at = r * units + unit;
                double z = pre[r * sizeBefore + (lines.Winner.Length > 0 ? lines.Winner[unit] : unit)];
                double low = _slopes[n] is { } own ? own[at] : lines.LowSlope[unit];
                values[at] = rows[at] >= 0 ? low * z + lines.LowOffset[unit] : lines.HighSlope[unit] * z + lines.HighOffset[unit];
            }
        }
    }

    private void Step(int node, ReadOnlySpan<RelaxedBranch> branches, double rate, int step, bool isSplit)
    {
        double firstBias = 1 - Math.Pow(First, step + 1), secondBias = 1 - Math.Pow(Second, step + 1);
        foreach (int n in Hinges(node))
        {
            if (!Rows.Reached(n))
                continue;
            int units = _graph.Sizes[n], before = _graph.InputsOf(n)[0];
            var element = (ElementStep)_graph.Piecewise[n]!;
            double[] rows = Rows.RowsAt(n), pre = _values[before]!, slopes = _slopes[n]!;
            for (int r = 0; r < branches.Length; r++)
            {
                double[] lower = branches[r].Ranges.Lower[before], upper = branches[r].Ranges.Upper[before];
                for (int unit = 0; unit < units; unit++)
                {
                    int at = r * units + unit;
                    if (!(lower[unit] < 0 && upper[unit] > 0))
                        continue;
                    double gradient = Math.Max(rows[at], 0) * pre[at];
                    double change = rate * SlopeRate * Direction(ref _slopeMeans[n]![at], ref _slopeSquares[n]![at], gradient, firstBias, secondBias);
                    slopes[at] = Math.Clamp(slopes[at] + change, element.Below(unit), element.Above(unit));
                }
                if (!isSplit || branches[r].Decisions.Length == 0)
                    continue;
                if (step == 0)
                    _scales[n]![r] = Scale(Rows.RowsAt(before).AsSpan(r * units, units));
                foreach (UnitDecision decision in branches[r].Decisions)
                {
                    if (decision.Node != n)
                        continue;
                    int at = r * units + decision.Unit;
                    double change = rate * MultiplierRate * _scales[n]![r] * Direction(ref _multiplierMeans[n]![at], ref _multiplierSquares[n]![at], pre[at], firstBias, secondBias);
                    double moved = _multipliers[n]![at] + change;
                    _multipliers[n]![at] = decision.IsAbove ? Math.Min(moved, 0) : Math.Max(moved, 0);
                }
            }
        }
    }

    private static double Direction(ref double mean, ref double square, double gradient, double firstBias, double secondBias)
    {
        gradient = double.IsFinite(gradient) ? gradient : 0;
        mean = First * mean + (1 - First) * gradient;
        square = Second * square + (1 - Second) * gradient * gradient;
        return mean / firstBias / (Math.Sqrt(square / secondBias) + 1e-12);
    }

    private static double Scale(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (double entry in row)
            sum += entry * entry;
        return Math.Sqrt(sum / row.Length) + 1e-12;
    }

    /// <summary>Undecided units by how much their lines miss at the corner, and by how much they may miss, of the last forward pass: the best of both, no unit twice.</summary>
    /// <param name="node">Where the rows start.</param>
    /// <param name="branches">The batch of the last call of <see cref="Raise"/>.</param>
    /// <param name="most">Number of candidates of each kind.</param>
    public void Rank(int node, ReadOnlySpan<RelaxedBranch> branches, int most)
    {
        Forward(node, branches.Length);
        for (int r = 0; r < branches.Length; r++)
        {
            var scored = new List<(double Gap, double Room, int Node, int Unit)>();
            foreach (int n in Hinges(node))
            {
                if (!Rows.Reached(n))
                    continue;
                int units = _graph.Sizes[n], before = _graph.InputsOf(n)[0];
                double[] lower = branches[r].Ranges.Lower[before], upper = branches[r].Ranges.Upper[before], rows = Rows.RowsAt(n);
                var element = (ElementStep)_graph.Piecewise[n]!;
                for (int unit = 0; unit < units; unit++)
                {
                    if (!(lower[unit] < 0 && upper[unit] > 0))
                        continue;
                    int at = r * units + unit;
                    double z = _values[before]![at], value = (z > 0 ? element.Above(unit) : element.Below(unit)) * z, weight = Math.Abs(rows[at]);
                    double room = -lower[unit] * upper[unit] / (upper[unit] - lower[unit]) * (rows[at] < 0 ? 1 : 0.5);
                    scored.Add((weight * Math.Abs(_values[n]![at] - value), weight * room, n, unit));
                }
            }
            branches[r].Candidates = [.. scored.OrderByDescending(unit => unit.Gap).ThenBy(unit => unit.Node).ThenBy(unit => unit.Unit).Take(most)
                .Concat(scored.OrderByDescending(unit => unit.Room).ThenBy(unit => unit.Node).ThenBy(unit => unit.Unit).Take(most))
                .Select(unit => (unit.Node, unit.Unit)).Distinct()];
        }
    }
}
