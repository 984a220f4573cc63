using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Several estimators on the same points.</summary>
public static class DimensionComparison
{
    private const double HighDimension = 8;

    /// <summary>Estimates with each of some estimators, with one neighbor search for all.</summary>
    /// <param name="cloud">The points.</param>
    /// <param name="estimators">The estimators.</param>
    /// <param name="run">Seed, threads, cancellation, progress.</param>
    /// <returns>One estimate for each, in their order, with warnings that depend on the value.</returns>
    public static ImmutableArray<DimensionEstimate> Of(PointCloud cloud, IReadOnlyList<IDimensionEstimator> estimators, RunContext run)
    {
        int neighbors = estimators.Where(each => each.Neighbors < cloud.Count).Select(each => each.Neighbors).Append(0).Max();
        if (neighbors > 0)
            cloud.Neighbors(neighbors, run);
        return [.. estimators.Select(each => Warned(each.Estimate(cloud, run), cloud))];
    }

    private static DimensionEstimate Warned(DimensionEstimate found, PointCloud cloud)
    {
        if (found.Value is not double value)
            return found;
        var warnings = new List<string>(found.Warnings);
        bool isSpectrum = found.Estimator.Contains("pca", StringComparison.Ordinal);
        if (!isSpectrum && Math.Log(cloud.Count) < value)
            warnings.Add(FormattableString.Invariant($"{cloud.Count:N0} points are fewer than e^d, about what a dimension d needs"));
        if (!isSpectrum && found.Estimator != "fishers" && value >= HighDimension)
            warnings.Add("estimators from neighbors are too low in many dimensions; read it as a lower bound");
        if (found.Dropped > 0)
            warnings.Add($"{found.Dropped} points with undefined ratios are left out");
        return found with { Warnings = [.. warnings] };
    }
}
