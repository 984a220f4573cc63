using Crease.Numerics;

namespace Crease.Measures;

/// <summary>GRIDE: the dimension from the ratio of the distances to the n-th and the 2n-th neighbor, by maximum likelihood.</summary>
/// <remarks>
/// Notation: n1 ↔ <see cref="Rank"/>, n2 = 2 n1, μ = r_n2 / r_n1. Maximal is (N-1) log d + Σ [(n2-n1-1) log(μ^d - 1) - ((n2-1) d + 1) log μ]; with n1 = 1 this is TwoNN's likelihood.
/// Source: <c>denti2022gride</c>; N - 1 as in DADApy. Cost: the neighbor search and 60 sums over the points. Exactness: sampled; the scale grows with the rank.
/// </remarks>
public sealed record Gride : IDimensionEstimator
{
    private const double Lowest = 1e-6, Highest = 1e6;

    /// <summary>n1, at least 1.</summary>
    public int Rank { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => "gride";

    /// <inheritdoc/>
    public int Neighbors => 2 * Rank;

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Rank < 1)
            throw new InvalidOperationException($"'{nameof(Rank)}' is {Rank}; expected at least 1.");
        var asked = new DimensionEstimate(Name, $"ranks {Rank} and {2 * Rank}, (N-1) log d");
        if (EnoughPoints.Fault(asked, cloud, Neighbors) is { } fault)
            return fault;
        NeighborTable table = cloud.Neighbors(Neighbors, run);
        double[] logs = [.. Enumerable.Range(0, table.Count).Where(i => table.Distance(i, Rank) > 0).Select(i => Math.Log(table.Distance(i, 2 * Rank) / table.Distance(i, Rank)))];
        int count = logs.Length, more = Rank - 1;
        double sum = logs.Sum();
        if (count < 2 || !(sum > 0))
            return asked.Without(DimensionStatus.Undefined, $"neighbors {Rank} and {2 * Rank} of every point are at the same distance; use a higher rank");
        if (Solve(logs, sum, count, more) is not double found)
            return asked.Without(DimensionStatus.Undefined, FormattableString.Invariant($"the likelihood has no maximum between {Lowest} and {Highest}; use a higher rank"));
        double error = 1 / Math.Sqrt(Information(logs, found, count, more));
        return asked.With(found, count, table.Count - count) with { Interval = DimensionInterval.Normal(found, error, "normal, from the likelihood") };
    }

    private static double? Solve(double[] logs, double sum, int count, int more)
    {
        if (more == 0)
            return (count - 1) / sum;
        return DecreasingRoot.Of(d =>
        {
            double score = (count - 1) / d - (2 * more + 1) * sum;
            // m / (1 - e^-md) is 1/d where m is 0.
            foreach (double m in logs)
                score += more * (m == 0 ? 1 / d : m / -Expm1(-m * d));
            return score;
        }, Lowest, Highest);
    }

    private static double Information(double[] logs, double d, int count, int more)
    {
        double information = (count - 1) / (d * d);
        foreach (double m in logs)
        {
            double half = m * d / 2, ratio = half < 1e-8 ? 1 / d : half > 300 ? 0 : m / (2 * Math.Sinh(half));
            information += more * ratio * ratio;
        }
        return information;
    }

    // e^x - 1 without cancellation.
    private static double Expm1(double x) => Math.Abs(x) < 0.5 ? 2 * Math.Sinh(x / 2) * Math.Exp(x / 2) : Math.Exp(x) - 1;
}
