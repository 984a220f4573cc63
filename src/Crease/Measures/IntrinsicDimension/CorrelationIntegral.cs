using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The correlation dimension: how the number of close pairs grows with the radius.</summary>
/// <remarks>
/// Notation: r_a and r_b are the medians over all points of the distances to neighbors k1 and k2; C(r) is the share of ordered pairs closer than r; d = log(C(r_b) / C(r_a)) / log(r_b / r_a).
/// Source: <c>grassberger1983strangeness</c>; radii as in scikit-dimension. Cost: the neighbor search and one more pass over all pairs. Exactness: sampled; without an interval, for which blocks of points stand.
/// </remarks>
public sealed record CorrelationIntegral : IDimensionEstimator
{
    /// <summary>k1, at least 1 and below <see cref="Neighbors"/>.</summary>
    public int FirstNeighbors { get; init; } = 10;

    /// <summary>k2.</summary>
    public int Neighbors { get; init; } = 20;

    /// <inheritdoc/>
    public string Name => "corrint";

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (FirstNeighbors < 1 || FirstNeighbors >= Neighbors)
            throw new InvalidOperationException($"'{nameof(FirstNeighbors)}' is {FirstNeighbors}; expected 1 to {Neighbors - 1}.");
        var asked = new DimensionEstimate(Name, $"radii at the median distances to neighbors {FirstNeighbors} and {Neighbors}");
        if (EnoughPoints.Fault(asked, cloud, Neighbors) is { } fault)
            return fault;
        NeighborTable table = cloud.Neighbors(Neighbors, run);
        double near = Median.Of(Enumerable.Range(0, table.Count).Select(i => table.Distance(i, FirstNeighbors)));
        double far = Median.Of(Enumerable.Range(0, table.Count).Select(i => table.Distance(i, Neighbors)));
        if (!(far > near) || !(near > 0))
            return asked.Without(DimensionStatus.Undefined, $"the median distances to neighbors {FirstNeighbors} and {Neighbors} are equal; use neighbors further apart");
        long[] pairs = cloud.CloserThan([near, far], run);
        return pairs[0] == 0
            ? asked.Without(DimensionStatus.Undefined, "no pair is closer than the smaller radius; use more neighbors")
            : asked.With(Math.Log((double)pairs[1] / pairs[0]) / Math.Log(far / near), table.Count);
    }
}
