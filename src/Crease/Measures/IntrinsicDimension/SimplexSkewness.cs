using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Expected simplex skewness: the dimension from the angles between points of a neighborhood seen from its center.</summary>
/// <remarks>
/// Notation: over pairs a, b of centered points, ESS-a = Σ √(|a|²|b|² - ⟨a, b⟩²) / Σ |a||b| and ESS-b = Σ |⟨a, b⟩| / Σ |a||b|; a uniform ball of dimension n has Γ(n/2)² / (Γ((n+1)/2) Γ((n-1)/2)) and 2 Γ((n+2)/2) / (√π n Γ((n+1)/2)), between which
/// the value is interpolated. Source: <c>johnsson2015ess</c>. Cost: 5,000 pairs per neighborhood. Exactness: sampled.
/// </remarks>
public sealed record SimplexSkewness : IDimensionEstimator
{
    private const int MostPairs = 5000, MostCenters = 1000, MostDimensions = 1 << 20;

    /// <summary>Whether projections are compared (ESS-b) instead of areas (ESS-a).</summary>
    public bool UsesProjections { get; init; }

    /// <summary>Points of a neighborhood, its center among them; 0 for the whole cloud at once, which is right for a ball only.</summary>
    public int NeighborhoodSize { get; init; } = 100;

    /// <inheritdoc/>
    public string Name => UsesProjections ? "ess-b" : "ess-a";

    /// <inheritdoc/>
    public int Neighbors => Math.Max(0, NeighborhoodSize - 1);

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (NeighborhoodSize is not 0 and < 3)
            throw new InvalidOperationException($"'{nameof(NeighborhoodSize)}' is {NeighborhoodSize}; expected 0 or at least 3.");
        var asked = new DimensionEstimate(Name, NeighborhoodSize == 0 ? "whole cloud" : $"neighborhoods of {NeighborhoodSize}, mean over at most {MostCenters} of them");
        if (EnoughPoints.CoordinateFault(asked, cloud, Math.Max(3, NeighborhoodSize)) is { } fault)
            return fault;
        if (NeighborhoodSize == 0)
        {
            double value = Invert(Skewness(cloud.Rows!, run.Seed));
            return double.IsFinite(value) ? asked.With(value, cloud.Count) : asked.Without(DimensionStatus.Undefined, "all points but one coincide with their center; add points");
        }
        NeighborTable table = cloud.Neighbors(Neighbors, run);
        int[] centers = RandomPoints.Of(cloud.Count, MostCenters, run.Seed);
        var local = new double?[centers.Length];
        Workers.InParts(centers.Length, 1, run, () => new double[NeighborhoodSize][], (points, at, _) =>
        {
            points[0] = cloud.Rows![centers[at]];
            for (int j = 0; j < Neighbors; j++)
                points[j + 1] = cloud.Rows[table.Indices(centers[at])[j]];
            double value = Invert(Skewness(points, run.Seed + (ulong)at));
            local[at] = double.IsFinite(value) ? value : null;
        });
        double[] defined = [.. local.Where(value => value is not null).Select(value => value!.Value)];
        if (defined.Length == 0)
            return asked.Without(DimensionStatus.Undefined, "no neighborhood has two different directions; use more points per neighborhood");
        var pointwise = new double?[cloud.Count];
        for (int i = 0; i < centers.Length; i++)
            pointwise[centers[i]] = local[i];
        return asked.With(defined.Average(), defined.Length, centers.Length - defined.Length) with { Interval = Bootstrap.OfMean(defined, run, mean => mean), Pointwise = [.. pointwise] };
    }

    /// <summary>The skewness of points around their mean, NaN where no two of them are away from it.</summary>
    internal double Skewness(double[][] points, ulong seed)
    {
        int columns = points[0].Length, count = points.Length;
        var vectors = new double[count][];
        double[] mean = new double[columns], norms = new double[count];
        foreach (double[] point in points)
        {
            for (int c = 0; c < columns; c++)
                mean[c] += point[c] / count;
        }
        for (int i = 0; i < count; i++)
        {
            vectors[i] = new double[columns];
            for (int c = 0; c < columns; c++)
                vectors[i][c] = points[i][c] - mean[c];
            norms[i] = Dot(vectors[i], vectors[i]);
        }
        double sum = 0, weight = 0;
        foreach ((int a, int b) in Pairs(count, seed))
        {
            double product = Dot(vectors[a], vectors[b]), size = Math.Sqrt(norms[a]) * Math.Sqrt(norms[b]);
            weight += size;
            sum += UsesProjections ? Math.Abs(product) : Math.Sqrt(Math.Max(0, (size - product) * (size + product)));
        }
        return sum / weight;
    }

    /// <summary>The skewness of a uniform ball.</summary>
    internal double Reference(double n)
    {
        if (n == 1)
            return UsesProjections ? 1 : 0;
        return UsesProjections
            ? Math.Exp(Math.Log(2) + SpecialFunctions.LogGamma((n + 2) / 2) - 0.5 * Math.Log(Math.PI) - Math.Log(n) - SpecialFunctions.LogGamma((n + 1) / 2))
            : Math.Exp(2 * SpecialFunctions.LogGamma(n / 2) - SpecialFunctions.LogGamma((n + 1) / 2) - SpecialFunctions.LogGamma((n - 1) / 2));
    }

    // Between whole dimensions found by doubling and halving; both references are monotone.
    internal double Invert(double skewness)
    {
        if (!double.IsFinite(skewness))
            return double.NaN;
        bool Reached(int n) => UsesProjections ? skewness >= Reference(n) : skewness <= Reference(n);

        int low = 1, high = 2;
        while (!Reached(high) && high < MostDimensions)
            (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Reached(middle) ? (low, middle) : (middle, high);
        }
        double below = Reference(low), above = Reference(high);
        return low + Math.Clamp((skewness - below) / (above - below), 0, 1);
    }

    private static IEnumerable<(int, int)> Pairs(int count, ulong seed)
    {
        if ((long)count * (count - 1) / 2 <= MostPairs)
        {
            for (int a = 0; a < count; a++)
            {
                for (int b = a + 1; b < count; b++)
                    yield return (a, b);
            }
            yield break;
        }
        var random = new RandomSource(seed);
        for (int pair = 0; pair < MostPairs; pair++)
        {
            int a = random.Index(count), b = random.Index(count - 1);
            yield return (a, b < a ? b : b + 1);
        }
    }

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);
}
