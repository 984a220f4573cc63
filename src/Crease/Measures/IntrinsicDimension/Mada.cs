using Crease.Numerics;

namespace Crease.Measures;

/// <summary>MADA: the dimension from how far twice as many neighbors reach.</summary>
/// <remarks>
/// Notation: k ↔ <see cref="Neighbors"/>; d_i = log 2 / log(r_k / r_⌊k/2⌋), and their mean. Source: <c>farahmand2007manifold</c>. Cost: the neighbor search. Exactness: sampled.
/// </remarks>
public sealed record Mada : IDimensionEstimator
{
    /// <summary>Neighbors k, at least 2.</summary>
    public int Neighbors { get; init; } = 20;

    /// <inheritdoc/>
    public string Name => "mada";

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (Neighbors < 2)
            throw new InvalidOperationException($"'{nameof(Neighbors)}' is {Neighbors}; expected at least 2.");
        return LocalMean.Of(new DimensionEstimate(Name, $"k = {Neighbors}, arithmetic mean"), cloud, Neighbors, run, r => Math.Log(2) / Math.Log(r[^1] / r[r.Length / 2 - 1]));
    }
}
