namespace Crease.Measures;

/// <summary>What an estimator cannot do without.</summary>
internal static class EnoughPoints
{
    /// <summary>Why there is no estimate, or null where the neighbors are there.</summary>
    public static DimensionEstimate? Fault(DimensionEstimate asked, PointCloud cloud, int neighbors)
    {
        int needed = Math.Max(3, neighbors + 1);
        return cloud.Count >= needed ? null : asked.Without(DimensionStatus.TooFewPoints, $"needs {needed} different points for {neighbors} neighbors, and there are {cloud.Count}; add points or ask for fewer neighbors");
    }

    /// <summary>Why there is no estimate, or null where coordinates are there and enough points.</summary>
    public static DimensionEstimate? CoordinateFault(DimensionEstimate asked, PointCloud cloud, int points)
    {
        if (cloud.Rows is null || cloud.Metric != Numerics.Metric.Euclidean)
            return asked.Without(DimensionStatus.NeedsCoordinates, "works on coordinates with Euclidean distances; use an estimator of distances such as twonn, mle or corrint");
        return cloud.Count >= points ? null : asked.Without(DimensionStatus.TooFewPoints, $"needs {points} different points, and there are {cloud.Count}; add points");
    }
}
