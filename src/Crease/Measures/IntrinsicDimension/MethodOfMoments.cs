using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The method of moments: the dimension from the mean distance of neighbors.</summary>
/// <remarks>
/// Notation: k ↔ <see cref="Neighbors"/>, m the mean of r_1 to r_k; d_i = m / (r_k - m), and their mean. Source: <c>amsaleg2018extreme</c>. Cost: the neighbor search. Exactness: sampled; with 100 neighbors at a
/// larger scale than TwoNN, where boundary and curvature count.
/// </remarks>
public sealed record MethodOfMoments : IDimensionEstimator
{
    /// <summary>Neighbors k, at least 2.</summary>
    public int Neighbors { get; init; } = 100;

    /// <inheritdoc/>
    public string Name => "mom";

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Neighbors < 2)
            throw new InvalidOperationException($"'{nameof(Neighbors)}' is {Neighbors}; expected at least 2.");
        return LocalMean.Of(new DimensionEstimate(Name, $"k = {Neighbors}, arithmetic mean"), cloud, Neighbors, run, r =>
        {
            double mean = 0;
            foreach (double value in r)
                mean += value / r.Length;
            return mean / (r[^1] - mean);
        });
    }
}
