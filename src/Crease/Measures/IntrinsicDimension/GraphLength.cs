using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The dimension from how the length of the neighbor graph grows with the number of points.</summary>
/// <remarks>
/// Notation: L(n) is the sum of the distances of n random points to their k nearest among them, which grows as n^((d - 1) / d); s is the slope of log L against log n over sizes n, and d = 1 / (1 - s).
/// Source: <c>carter2010local</c>. Cost: the neighbor search of every subsample. Exactness: sampled; slopes near 1 leave d open, so many dimensions need many points.
/// </remarks>
public sealed record GraphLength : IDimensionEstimator
{
    private const int Most = 4000, Sizes = 6, Least = 12;

    /// <summary>Neighbors k in the graph, at least 1.</summary>
    public int GraphNeighbors { get; init; } = 5;

    /// <summary>Subsamples of each size, at least 2.</summary>
    public int Draws { get; init; } = 10;

    /// <inheritdoc/>
    public string Name => "knn";

    /// <inheritdoc/>
    public int Neighbors => 0;

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (GraphNeighbors < 1 || Draws < 2)
            throw new InvalidOperationException($"'{nameof(GraphNeighbors)}' is {GraphNeighbors} and '{nameof(Draws)}' {Draws}; expected at least 1 and 2.");
        int most = Math.Min(Most, cloud.Count / 2), least = Math.Max(Least, 4 * GraphNeighbors);
        var asked = new DimensionEstimate(Name, FormattableString.Invariant($"k = {GraphNeighbors}, {Draws} subsamples each of {Sizes} sizes {Math.Min(least, most)} to {most}"));
        if (most < 4 * least)
            return asked.Without(DimensionStatus.TooFewPoints, $"needs {8 * least} different points for subsamples of several sizes, and there are {cloud.Count}; add points or use fewer neighbors");
        double[] sizes = new double[Sizes];
        double[,] lengths = new double[Sizes, Draws];
        for (int s = 0; s < Sizes; s++)
        {
            int size = (int)Math.Round(most * Math.Pow(4, -(Sizes - 1 - s) / (Sizes - 1.0)));
            sizes[s] = Math.Log(size);
            for (int draw = 0; draw < Draws; draw++)
            {
                int[] points = RandomPoints.Of(cloud.Count, size, RandomSource.Scrambled(run.Seed + (ulong)(s * Draws + draw)));
                lengths[s, draw] = Length(cloud.Subset(points), run with { Progress = null });
            }
        }
        double[] slopes = [.. Enumerable.Range(0, Draws).Select(draw => Slope(sizes, [.. Enumerable.Range(0, Sizes).Select(s => Math.Log(lengths[s, draw]))]))];
        SampleMean slope = SampleMean.Of(slopes);
        double reach = DimensionInterval.Deviations * slope.StandardError, low = slope.Mean - reach, high = slope.Mean + reach;
        if (!(slope.Mean < 1) || !double.IsFinite(slope.Mean))
            return asked.Without(DimensionStatus.Undefined, "the graph grows as fast as the number of points, so the dimension is too high for so few; add points or use another estimator");
        // Below 0 the length shrinks with more points: dimension 0 to 1.
        return asked.With(1 / (1 - slope.Mean), cloud.Count) with { Interval = high < 1 ? new DimensionInterval(1 / (1 - low), 1 / (1 - high), "normal, over subsamples") : null };
    }

    private double Length(PointCloud points, RunContext run)
    {
        NeighborTable table = points.Neighbors(GraphNeighbors, run);
        double length = 0;
        for (int i = 0; i < table.Count; i++)
        {
            foreach (double r in table.Distances(i)[..GraphNeighbors])
                length += r;
        }
        return length;
    }

    private static double Slope(double[] xs, double[] ys)
    {
        double x = xs.Average(), y = ys.Average(), xy = 0, xx = 0;
        for (int i = 0; i < xs.Length; i++)
            (xy, xx) = (xy + (xs[i] - x) * (ys[i] - y), xx + (xs[i] - x) * (xs[i] - x));
        return xy / xx;
    }
}
