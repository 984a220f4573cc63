using Crease.Networks;

namespace Crease.Certificates;

/// <summary>Limits of the values of all nodes on a box of inputs: interval arithmetic, tightened by back-substitution before every piecewise layer. One thread's buffers.</summary>
internal sealed class RangeFinder
{
    private readonly BoundGraph _graph;
    private readonly ProductScratch _scratch = new();
    private readonly double[] _constants, _bounds;
    private readonly Ranges[] _ranges;

    public RangeFinder(BoundGraph graph, ErrorSizes sizes, int capacity)
    {
        (_graph, Sizes) = (graph, sizes);
        Rows = new Backsubstitution(graph, sizes, capacity);
        (_constants, _bounds, _ranges) = (new double[capacity], new double[capacity], new Ranges[capacity]);
    }

    public ErrorSizes Sizes { get; }

    /// <summary>The back-substitution in use.</summary>
    public Backsubstitution Rows { get; }

    /// <summary>Limits on a box, from nothing; the sizes that errors are measured by are filled on the way.</summary>
    /// <param name="region">The box.</param>
    /// <param name="relaxed">Whether back-substitution tightens the intervals.</param>
    /// <param name="cancellation">Looked at before every layer.</param>
    public Ranges Root(InputRegion region, bool relaxed, CancellationToken cancellation = default) => Root(region, null, relaxed, cancellation);

    /// <summary>The same on a ball inside of a box; null for the whole box.</summary>
    public Ranges Root(InputRegion region, InputBall? ball, bool relaxed, CancellationToken cancellation = default)
    {
        // A node is tightened before its own entry is filled: what an earlier call left there would change the bounds.
        Array.Clear(Sizes.Underflow);
        var ranges = new Ranges(_graph.Sizes.Length) { Ball = ball };
        (ranges.Lower[_graph.Input], ranges.Upper[_graph.Input]) = (region.LowerLimits, region.UpperLimits);
        for (int n = 0; n <= _graph.Output; n++)
        {
            if (!_graph.IsNeeded[n])
                continue;
            cancellation.ThrowIfCancellationRequested();
            if (_graph.Affine[n] is { } affine)
                Interval(n, affine, ranges);
            else if (_graph.Piecewise[n] is { } piecewise)
                Values(n, piecewise, ranges);
            if (relaxed && Array.BinarySearch(_graph.Bounded, n) >= 0)
                Tighten(n, ranges);
            Sizes.Magnitudes[n] = ErrorSizes.MagnitudesOf(ranges.Lower[n], ranges.Upper[n]);
            int terms = Math.Max(_graph.Affine[n]?.Terms ?? 2, _graph.Sizes[n]);
            Sizes.Underflow[n] = RoundingError.Tiny * (1 + terms * (ErrorSizes.Total(Sizes.Magnitudes[n]) + _graph.InputsOf(n).ToArray().Sum(input => ErrorSizes.Total(Sizes.Magnitudes[input]))));
        }
        return ranges;
    }

    /// <summary>Limits on a box within another one.</summary>
    /// <param name="larger">Limits on the larger set.</param>
    /// <param name="lower">Lower limits of the box.</param>
    /// <param name="upper">Upper limits of the box.</param>
    public Ranges Within(Ranges larger, double[] lower, double[] upper)
    {
        var ranges = new Ranges(larger);
        (ranges.Lower[_graph.Input], ranges.Upper[_graph.Input]) = (lower, upper);
        foreach (int n in _graph.Bounded)
        {
            // The limits of the input have moved even where nothing is left to tighten.
            if (Tighten(n, ranges) || n == _graph.Input)
                _graph.Relax(n, ranges);
        }
        return ranges;
    }

    private void Interval(int n, AffineStep step, Ranges ranges)
    {
        int[] inputs = _graph.InputsOf(n).ToArray();
        int size = _graph.Sizes[n];
        double[] lower = new double[size], upper = new double[size], terms = new double[size];
        if (step.IsExact)
        {
            (ranges.Lower[n], ranges.Upper[n], Sizes.Terms[n]) = (ranges.Lower[inputs[0]], ranges.Upper[inputs[0]], terms);
            return;
        }
        double[][] centers = [.. inputs.Select(input => Centers(ranges.Lower[input], ranges.Upper[input]))];
        double[][] radii = [.. inputs.Select((input, i) => Radii(ranges.Lower[input], ranges.Upper[input], centers[i]))];
        double[] middle = new double[size], spread = new double[size];
        step.Apply(centers, 1, middle, _scratch);
        step.ApplyMagnitudes(radii, false, spread, _scratch);
        step.ApplyMagnitudes([.. inputs.Select(input => Sizes.Magnitudes[input])], true, terms, _scratch);
        double gamma = RoundingError.Gamma(step.Terms + 3);
        for (int i = 0; i < size; i++)
        {
            terms[i] = RoundingError.Slack * terms[i] + RoundingError.Tiny;
            // The center, the spread and their sum are each off by at most γ times the terms behind them.
            double half = Math.BitIncrement(spread[i] + 4 * gamma * terms[i]);
            (lower[i], upper[i]) = (RoundingError.Down(middle[i], half), RoundingError.Up(middle[i], half));
        }
        (ranges.Lower[n], ranges.Upper[n], Sizes.Terms[n]) = (lower, upper, terms);
    }

    private void Values(int n, PiecewiseStep step, Ranges ranges)
    {
        int input = _graph.InputsOf(n)[0];
        (ranges.Lower[n], ranges.Upper[n]) = (new double[step.Units], new double[step.Units]);
        step.Range(ranges.Lower[input], ranges.Upper[input], ranges.Lower[n], ranges.Upper[n]);
        Lines lines = step.NewLines();
        step.Relax(ranges.Lower[input], ranges.Upper[input], lines);
        ranges.Lines[n] = lines;
    }

    // Both limits of every unit that is not settled, a batch at a time. True where a limit moved.
    private bool Tighten(int node, Ranges ranges)
    {
        List<int> units = _graph.Unstable(node, ranges);
        if (units.Count == 0)
            return false;
        double[] lower = [.. ranges.Lower[node]], upper = [.. ranges.Upper[node]];
        int size = _graph.Sizes[node], pairs = Rows.Capacity / 2;
        Array.Fill(_ranges, ranges);
        for (int start = 0; start < units.Count; start += pairs)
        {
            int count = Math.Min(pairs, units.Count - start);
            double[] rows = Rows.RowsAt(node);
            rows.AsSpan(0, 2 * count * size).Clear();
            for (int i = 0; i < count; i++)
            {
                rows[2 * i * size + units[start + i]] = 1;
                rows[(2 * i + 1) * size + units[start + i]] = -1;
            }
            Rows.Lower(node, 2 * count, _constants, _ranges, _bounds);
            for (int i = 0; i < count; i++)
            {
                int unit = units[start + i];
                lower[unit] = Math.Max(lower[unit], _bounds[2 * i]);
                upper[unit] = Math.Min(upper[unit], -_bounds[2 * i + 1]);
            }
        }
        ranges.Take(node, lower, upper);
        return true;
    }

    private static double[] Centers(double[] lower, double[] upper)
    {
        var centers = new double[lower.Length];
        for (int i = 0; i < centers.Length; i++)
            centers[i] = lower[i] / 2 + upper[i] / 2;
        return centers;
    }

    private static double[] Radii(double[] lower, double[] upper, double[] centers)
    {
        var radii = new double[lower.Length];
        for (int i = 0; i < radii.Length; i++)
            radii[i] = lower[i] == upper[i] && centers[i] == lower[i] ? 0 : Math.BitIncrement(Math.Max(upper[i] - centers[i], centers[i] - lower[i]));
        return radii;
    }
}
