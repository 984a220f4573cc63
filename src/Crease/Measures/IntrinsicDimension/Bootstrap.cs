using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Intervals by drawing as many points again, with replacement, from what each point says.</summary>
/// <remarks>
/// What each point says (a ratio of distances, a local dimension) is drawn, not the points themselves: a repeated point would be its own neighbor at distance 0. Points share neighbors, so intervals are a little too narrow.
/// Source: <c>efron1979bootstrap</c>, percentile interval.
/// </remarks>
internal static class Bootstrap
{
    private const double Alike = 1e-9;
    private const string Method = "bootstrap of points";

    /// <summary>The interval of a function of weights. A draw without a finite value does not count; null where half of them have none or all are alike.</summary>
    /// <param name="count">Number of points, at least 1.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    /// <param name="statistic">Value of a draw, given how often each point was drawn. Shape [count].</param>
    /// <param name="draws">How often points are drawn, at least 40.</param>
    public static DimensionInterval? Of(int count, RunContext run, Func<int[], double> statistic, int draws = 200)
    {
        double[] values = new double[draws];
        Workers.InParts(draws, 1, run, () => new int[count], (weights, draw, _) =>
        {
            var random = new RandomSource(RandomSource.Scrambled(run.Seed + (ulong)draw));
            Array.Clear(weights);
            for (int i = 0; i < count; i++)
                weights[random.Index(count)]++;
            values[draw] = statistic(weights);
        });
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length < draws / 2)
            return null;
        (double low, double high) = (sorted[(int)(0.025 * sorted.Length)], sorted[(int)(0.975 * sorted.Length)]);
        // Where every point says the same (all have one neighborhood), drawing them again says nothing about scatter.
        return high - low <= Alike * Math.Abs(high) ? null : new DimensionInterval(low, high, Method);
    }

    /// <summary>The interval of a function of the mean.</summary>
    /// <param name="values">One number per point, finite; at least 1.</param>
    /// <param name="run">Seed, threads and cancellation.</param>
    /// <param name="transform">What is made of the mean.</param>
    public static DimensionInterval? OfMean(double[] values, RunContext run, Func<double, double> transform) => Of(values.Length, run, weights =>
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
            sum += weights[i] * values[i];
        return transform(sum / values.Length);
    });
}
