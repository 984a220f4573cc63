using Crease.Numerics;

namespace Crease.Measures;

/// <summary>MiND: maximum likelihood of the nearest distance against that of the neighborhood, over real or whole dimensions.</summary>
/// <remarks>
/// Notation: k ↔ <see cref="Ranks"/>, ρ = r_1 / r_(k+1); maximal is N log(k d) + (d - 1) Σ log ρ + (k - 1) Σ log(1 - ρ^d), over real d (MLk) or whole ones (MLi) up to the number of columns.
/// Source: <c>rozza2012novel</c>. Cost: the neighbor search. Exactness: sampled.
/// </remarks>
public sealed record Mind : IDimensionEstimator
{
    private const double Lowest = 1e-6, Highest = 1e6;

    /// <summary>k, at least 1.</summary>
    public int Ranks { get; init; } = 10;

    /// <summary>Whether only whole numbers count (MLi).</summary>
    public bool IsWhole { get; init; }

    /// <inheritdoc/>
    public string Name => IsWhole ? "mind-mli" : "mind-mlk";

    /// <inheritdoc/>
    public int Neighbors => Ranks + 1;

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Ranks < 1)
            throw new InvalidOperationException($"'{nameof(Ranks)}' is {Ranks}; expected at least 1.");
        var asked = new DimensionEstimate(Name, $"k = {Ranks}, {(IsWhole ? "whole" : "real")} dimensions");
        if (EnoughPoints.Fault(asked, cloud, Neighbors) is { } fault)
            return fault;
        double most = cloud.Columns > 0 ? cloud.Columns : Highest;
        double[] logs = Logs(cloud.Neighbors(Neighbors, run));
        if (logs.Length == 0)
            return asked.Without(DimensionStatus.Undefined, $"the {Neighbors} nearest neighbors of every point are at the same distance; use more neighbors");
        double value = Real(logs, most), error = 1 / Math.Sqrt(Information(logs, value));
        DimensionEstimate found = asked.With(IsWhole ? Whole(logs, value, most) : value, logs.Length, cloud.Count - logs.Length);
        return value >= most ? found with { Warnings = [FormattableString.Invariant($"the likelihood still grows at {most:G6}, the number of columns")] }
            : IsWhole ? found : found with { Interval = DimensionInterval.Normal(value, error, "normal, from the likelihood") };
    }

    // -log ρ of every point whose neighbors are not all equally far.
    internal double[] Logs(NeighborTable table) =>
        [.. Enumerable.Range(0, table.Count).Where(i => table.Distance(i, 1) > 0 && table.Distance(i, Neighbors) > table.Distance(i, 1)).Select(i => Math.Log(table.Distance(i, Neighbors) / table.Distance(i, 1)))];

    /// <summary>The real dimension that is most likely, at most <paramref name="most"/>.</summary>
    internal double Real(double[] logs, double most)
    {
        double sum = logs.Sum();
        // The derivative: N/d - Σ l + (k - 1) Σ l / (e^(ld) - 1); each term decreases.
        double Score(double d)
        {
            double score = logs.Length / d - sum;
            foreach (double l in logs)
                score += (Ranks - 1) * l / Grown(l * d);
            return score;
        }

        return Score(most) >= 0 ? most : DecreasingRoot.Of(Score, Lowest, most) ?? Lowest;
    }

    private double Information(double[] logs, double d)
    {
        double information = logs.Length / (d * d);
        foreach (double l in logs)
        {
            double half = l * d / 2, ratio = half > 300 ? 0 : l / (2 * Math.Sinh(half));
            information += (Ranks - 1) * ratio * ratio;
        }
        return information;
    }

    // The likelihood has one maximum, so the best whole number is next to the real one.
    private double Whole(double[] logs, double real, double most)
    {
        double below = Math.Clamp(Math.Floor(real), 1, most), above = Math.Clamp(below + 1, 1, most);
        return Likelihood(logs, above) > Likelihood(logs, below) ? above : below;
    }

    private double Likelihood(double[] logs, double d)
    {
        double value = logs.Length * Math.Log(Ranks * d);
        foreach (double l in logs)
            value += -(d - 1) * l + (Ranks - 1) * Math.Log(l * d < 0.5 ? Grown(l * d) * Math.Exp(-l * d) : 1 - Math.Exp(-l * d));
        return value;
    }

    // e^x - 1 for x > 0.
    private static double Grown(double x) => x < 0.5 ? 2 * Math.Sinh(x / 2) * Math.Exp(x / 2) : Math.Exp(x) - 1;
}
