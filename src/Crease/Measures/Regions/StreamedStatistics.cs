using Crease.Geometry;

namespace Crease.Measures;

/// <summary>Sizes of regions that are streamed: what of <see cref="RegionStatistics"/> needs one region at a time.</summary>
/// <remarks>Cost: constant time and memory per region. Exactness: as the partition; equal to <see cref="RegionStatistics"/> up to rounding.</remarks>
public sealed class StreamedStatistics
{
    private readonly RunningSummary _area = new(), _vertices = new(), _slopeNorm = new();

    /// <summary>Number of regions so far.</summary>
    public long Regions => _area.Count;

    /// <summary>Areas in squared units of the slice.</summary>
    public Summary Area => _area.Summary;

    /// <summary>Vertices per region.</summary>
    public Summary Vertices => _vertices.Summary;

    /// <summary>Frobenius norms of the slopes on the slice.</summary>
    public Summary SlopeNorm => _slopeNorm.Summary;

    /// <summary>Takes a region.</summary>
    /// <param name="region">The region at hand.</param>
    public void Add(RegionView region)
    {
        _area.Add(region.Area);
        _vertices.Add(region.X.Length);
        _slopeNorm.Add(region.SlopeNorm);
    }
}
