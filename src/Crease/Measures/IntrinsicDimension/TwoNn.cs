using Crease.Numerics;

namespace Crease.Measures;

/// <summary>TwoNN: the dimension from the ratio of the distances to the first two neighbors.</summary>
/// <remarks>
/// Notation: μ = r_2 / r_1, whose logarithm is exponential with rate d where the density is constant over two neighbors. Source: <c>facco2017twonn</c>; forms as in scikit-dimension and DADApy.
/// Cost: the neighbor search. Exactness: sampled; the dimension at the smallest scale, which noise raises.
/// </remarks>
public sealed record TwoNn : IDimensionEstimator
{
    private const double PriorShape = 2, PriorRate = 5;

    /// <summary>The form.</summary>
    public TwoNnFit Fit { get; init; }

    /// <summary>Share of the largest ratios that a line leaves out, in [0, 1).</summary>
    public double Discarded { get; init; } = 0.1;

    /// <inheritdoc/>
    public string Name => Fit switch { TwoNnFit.Line => "twonn", TwoNnFit.LineBefore2024 => "twonn-old", TwoNnFit.Likelihood => "twonn-ml", _ => "twonn-bayes" };

    /// <inheritdoc/>
    public int Neighbors => 2;

    private string Convention => Fit switch
    {
        TwoNnFit.Line => FormattableString.Invariant($"line through the origin, F = i/N, {Discarded} discarded"),
        TwoNnFit.LineBefore2024 => FormattableString.Invariant($"line through the origin, F = (i-1)/N, {Discarded} discarded"),
        TwoNnFit.Likelihood => "(N-1)/sum log(r2/r1)",
        _ => "posterior mean, prior Gamma(2, 5)",
    };

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        var asked = new DimensionEstimate(Name, Convention);
        if (!(Discarded is >= 0 and < 1))
            throw new InvalidOperationException(FormattableString.Invariant($"'{nameof(Discarded)}' is {Discarded}; expected a number in [0, 1)."));
        if (EnoughPoints.Fault(asked, cloud, 2) is { } fault)
            return fault;
        NeighborTable table = cloud.Neighbors(2, run);
        double[] logs = [.. Enumerable.Range(0, table.Count).Where(i => table.Distance(i, 1) > 0).Select(i => Math.Log(table.Distance(i, 2) / table.Distance(i, 1)))];
        int dropped = table.Count - logs.Length;
        Array.Sort(logs);
        double sum = logs.Sum();
        if (logs.Length < 2 || !(sum > 0))
            return asked.Without(DimensionStatus.Undefined, "every point has its first two neighbors at the same distance, as on a grid; move the points a little or use gride with higher ranks");
        double found = Value(logs, sum, null);
        if (!double.IsFinite(found))
            return asked.Without(DimensionStatus.Undefined, "all ratios that are not discarded are 1, as on a grid; discard less or use gride with higher ranks");
        return asked.With(found, logs.Length, dropped) with { Interval = Interval(logs, sum, found, run) };
    }

    // Given how often each ratio was drawn, or null for once each.
    private double Value(double[] logs, double sum, int[]? weights)
    {
        int count = logs.Length;
        if (Fit == TwoNnFit.Likelihood)
            return (count - 1) / sum;
        if (Fit == TwoNnFit.Bayes)
            return (PriorShape + count) / (PriorRate + sum);
        int used = Math.Clamp((int)Math.Floor(count * (1 - Discarded) + 1e-9), 1, count), rank = 0;
        double xy = 0, xx = 0;
        for (int i = 0; i < count && rank < used; i++)
        {
            for (int copy = weights?[i] ?? 1; copy > 0 && rank < used; copy--)
            {
                double share = (Fit == TwoNnFit.Line ? ++rank : rank++) / (double)count;
                // The largest ratio of all has F = 1 and no place on the line.
                if (share < 1)
                    (xy, xx) = (xy - logs[i] * Math.Log(1 - share), xx + logs[i] * logs[i]);
            }
        }
        return xy / xx;
    }

    private DimensionInterval? Interval(double[] logs, double sum, double found, RunContext run) => Fit switch
    {
        TwoNnFit.Likelihood => logs.Length < 3 ? null : DimensionInterval.Normal(found, found / Math.Sqrt(logs.Length - 2), "normal, from the likelihood"),
        TwoNnFit.Bayes => DimensionInterval.Normal(found, Math.Sqrt(PriorShape + logs.Length) / (PriorRate + sum), "posterior"),
        _ => Bootstrap.Of(logs.Length, run, weights => Value(logs, sum, weights)),
    };
}
