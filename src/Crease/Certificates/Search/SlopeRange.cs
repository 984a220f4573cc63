using Crease.Networks;

namespace Crease.Certificates;

/// <summary>How much a function of the outputs can change along each input of a box: the largest derivative times the width, in plain float64. One thread's buffers.</summary>
/// <remarks>Source: the smear of interval gradients, <c>wang2018formal</c>. It only chooses where to split, so that its rounding matters to no verdict.</remarks>
internal sealed class SlopeRange(BoundGraph graph)
{
    private readonly double[]?[] _centers = new double[graph.Sizes.Length][], _radii = new double[graph.Sizes.Length][];
    private readonly double[]?[] _centerParts = new double[graph.Sizes.Length][], _radiusParts = new double[graph.Sizes.Length][];
    private readonly bool[] _reached = new bool[graph.Sizes.Length];
    private readonly ProductScratch _scratch = new();

    /// <summary>Undecided hinges by the largest derivative times the most that their lines miss.</summary>
    /// <param name="row">Coefficients of the outputs.</param>
    /// <param name="ranges">Limits on the set.</param>
    /// <param name="most">Number of units, at least 1.</param>
    public IEnumerable<UnitSplit> Loosest(double[] row, Ranges ranges, int most)
    {
        Of(row, ranges, new double[graph.Sizes[graph.Input]]);
        var scored = new List<(double Score, UnitSplit Split)>();
        foreach (int n in Enumerable.Range(0, graph.Output).Where(n => _reached[n] && graph.Piecewise[n] is { IsHinge: true }))
        {
            int before = graph.InputsOf(n)[0];
            double[] lower = ranges.Lower[before], upper = ranges.Upper[before];
            for (int unit = 0; unit < graph.Sizes[n]; unit++)
            {
                if (lower[unit] < 0 && upper[unit] > 0)
                    scored.Add(((Math.Abs(_centers[n]![unit]) + _radii[n]![unit]) * -lower[unit] * upper[unit] / (upper[unit] - lower[unit]), new UnitSplit(n, unit, 0)));
            }
        }
        return scored.OrderByDescending(each => each.Score).ThenBy(each => each.Split.Node).ThenBy(each => each.Split.Unit).Take(most).Select(each => each.Split);
    }

    /// <summary>Largest absolute derivatives by input.</summary>
    /// <param name="row">Coefficients of the outputs.</param>
    /// <param name="ranges">Limits on the box.</param>
    /// <param name="slopes">Shape [inputs]; overwritten.</param>
    public void Of(double[] row, Ranges ranges, double[] slopes)
    {
        Array.Clear(_reached);
        foreach (int n in Enumerable.Range(0, graph.Sizes.Length).Where(n => graph.IsNeeded[n]))
        {
            Clear(ref _centers[n], graph.Sizes[n]);
            Clear(ref _radii[n], graph.Sizes[n]);
        }
        row.CopyTo(_centers[graph.Output]!, 0);
        _reached[graph.Output] = true;
        for (int n = graph.Output; n > graph.Input; n--)
        {
            if (!_reached[n])
                continue;
            ReadOnlySpan<int> inputs = graph.InputsOf(n);
            for (int i = 0; i < inputs.Length; i++)
            {
                _reached[inputs[i]] = true;
                if (graph.Affine[n] is { } affine)
                    Pull(n, affine, i, inputs[i]);
                else
                    Pull(n, graph.Piecewise[n]!, inputs[i], ranges);
            }
        }
        for (int i = 0; i < slopes.Length; i++)
            slopes[i] = Math.Abs(_centers[graph.Input]![i]) + _radii[graph.Input]![i];
    }

    private void Pull(int n, AffineStep step, int which, int input)
    {
        Clear(ref _centerParts[input], graph.Sizes[input]);
        Clear(ref _radiusParts[input], graph.Sizes[input]);
        step.Pull(which, _centers[n]!, 1, _centerParts[input]!, _scratch);
        step.PullMagnitudes(which, _radii[n]!, 1, _radiusParts[input]!, _scratch);
        for (int i = 0; i < graph.Sizes[input]; i++)
        {
            _centers[input]![i] += _centerParts[input]![i];
            _radii[input]![i] += _radiusParts[input]![i];
        }
    }

    private void Pull(int n, PiecewiseStep step, int input, Ranges ranges)
    {
        double[] lower = ranges.Lower[input], upper = ranges.Upper[input];
        for (int unit = 0; unit < step.Units; unit++)
        {
            double center = _centers[n]![unit], radius = _radii[n]![unit];
            if (step is ElementStep element)
            {
                (double low, double high) = element.Slopes(unit, lower[unit], upper[unit]);
                double middle = (low + high) / 2, half = (high - low) / 2;
                _centers[input]![unit] += center * middle;
                _radii[input]![unit] += radius * Math.Max(Math.Abs(low), Math.Abs(high)) + Math.Abs(center) * half;
                continue;
            }
            int[] candidates = ((PoolingStep)step).CandidatesOf(unit);
            bool isStable = step.IsStable(unit, lower, upper);
            foreach (int candidate in isStable ? [ranges.Lines[n].Winner[unit]] : candidates)
            {
                _centers[input]![candidate] += isStable ? center : center / 2;
                _radii[input]![candidate] += isStable ? radius : radius + Math.Abs(center) / 2;
            }
        }
    }

    private static void Clear(ref double[]? buffer, int size)
    {
        if (buffer is null)
            buffer = new double[size];
        else
            Array.Clear(buffer);
    }
}
