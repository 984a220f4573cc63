using Crease.Networks;

namespace Crease.Certificates;

internal sealed partial class BoundAscent
{
    /// <summary>The relaxed network at the corners of the last bounds: every unit on the line that its row took.</summary>
    private void Forward(int node, int count)
    {
        int input = _graph.Input, inputs = _graph.Sizes[input];
        for (int r = 0; r < count; r++)
            Rows.Corner(r, _ranges[r], _values[input].AsSpan(r * inputs, inputs));
        for (int n = input + 1; n <= node; n++)
        {
            if (!Rows.Reached(n) || (n == node && (_graph.Piecewise[n] is not null || (node != _graph.Output && !Following(node).Any()))))
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
                if (isSplit && step == 0)
                    _scales[n]![r] = Scale(Rows.RowsAt(before).AsSpan(r * units, units));
            }
        }
        for (int r = 0; r < branches.Length; r++)
        {
            if (branches[r].Premise is { } premise)
                StepPremise(r, premise, branches[r].Span, rate, firstBias, secondBias);
        }
        for (int r = 0; isSplit && r < branches.Length; r++)
        {
            foreach (UnitDecision decision in branches[r].Decisions)
                StepMultiplier(node, r, branches[r], decision, rate, firstBias, secondBias);
        }
    }

    private void StepPremise(int r, RelaxedBranch premise, double span, double rate, double firstBias, double secondBias)
    {
        int size = _graph.Sizes[_graph.Output];
        double value = premise.Constant;
        for (int i = 0; i < size; i++)
            value += premise.Row[i] * _values[_graph.Output]![r * size + i];
        double change = rate * MultiplierRate * SpanScale * span / premise.Span * Direction(ref _premiseMeans[r], ref _premiseSquares[r], value, firstBias, secondBias);
        _premises[r] = Math.Max(_premises[r] + change, 0);
    }

    private void StepMultiplier(int node, int r, RelaxedBranch branch, UnitDecision decision, double rate, double firstBias, double secondBias)
    {
        int n = decision.Node, at = r * _graph.Sizes[n] + decision.Unit, before = _graph.InputsOf(n)[0];
        bool isOwn = before == node;
        if (!isOwn && (n >= node || !Rows.Reached(n)))
            return;
        // Besides the size of the row, which may be zero where no decision is used yet: what shifts the bound by as much as is missing.
        double width = branch.Ranges.Upper[before][decision.Unit] - branch.Ranges.Lower[before][decision.Unit];
        double scale = (isOwn ? 0 : _scales[n]![r]) + SpanScale * branch.Span / (width + 1e-6), multiplier = _multipliers[n]![at];
        double gradient = decision.Gradient(multiplier, _values[before]![at]);
        double change = rate * MultiplierRate * scale * Direction(ref _multiplierMeans[n]![at], ref _multiplierSquares[n]![at], gradient, firstBias, secondBias);
        _multipliers[n]![at] = decision.Admissible(multiplier + change);
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

    /// <summary>The undecided unit whose lines miss most at the corner of the last bounds; none where they miss nothing.</summary>
    /// <param name="node">Where the rows start.</param>
    /// <param name="branches">The batch of the last call of <see cref="Raise"/>.</param>
    public void Choose(int node, ReadOnlySpan<RelaxedBranch> branches)
    {
        Forward(node, branches.Length);
        for (int r = 0; r < branches.Length; r++)
        {
            (double most, int bestNode, int bestUnit) = (1e-12 * branches[r].Span, -1, -1);
            foreach (int n in Hinges(node))
            {
                if (!Rows.Reached(n))
                    continue;
                int units = _graph.Sizes[n], before = _graph.InputsOf(n)[0];
                double[] lower = branches[r].Ranges.Lower[before], upper = branches[r].Ranges.Upper[before], rows = Rows.RowsAt(n), values = _values[n]!, pre = _values[before]!;
                var element = (ElementStep)_graph.Piecewise[n]!;
                for (int unit = 0; unit < units; unit++)
                {
                    int at = r * units + unit;
                    double z = pre[at], gap = Math.Abs(rows[at] * (values[at] - (z > 0 ? element.Above(unit) : element.Below(unit)) * z));
                    if (gap > most && lower[unit] < 0 && upper[unit] > 0)
                        (most, bestNode, bestUnit) = (gap, n, unit);
                }
            }
            branches[r].Candidates = bestNode < 0 ? [] : [(bestNode, bestUnit)];
        }
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
