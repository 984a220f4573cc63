using System.Collections.Immutable;
using Crease.Geometry;

namespace Crease.Measures;

/// <summary>Sizes and shapes of the regions of a partition.</summary>
/// <remarks>
/// Source: the statistics of SplineCam (<c>humayun2023splinecam</c>, released code): eccentricity is the largest distance of two
/// vertices of a region over the smallest (plus 1e-10); centrality is the distance of all vertices to their common mean.
/// Cost: linear in regions, quadratic in the vertices of one region. Exactness: as the partition.
/// </remarks>
public sealed record RegionStatistics
{
    private const double SmallestDistance = 1e-10;

    /// <summary>Number of regions.</summary>
    public required int Regions { get; init; }

    /// <summary>Regions after each piecewise layer.</summary>
    public required ImmutableArray<int> RegionsPerLayer { get; init; }

    /// <summary>Area in squared units of the slice.</summary>
    public required Summary Area { get; init; }

    /// <summary>Largest over smallest distance of two vertices of a region.</summary>
    public required Summary Eccentricity { get; init; }

    /// <summary>Vertices per region.</summary>
    public required Summary Vertices { get; init; }

    /// <summary>Frobenius norm of the slopes on the slice.</summary>
    public required Summary SlopeNorm { get; init; }

    /// <summary>Distance of the vertices to their mean, in units of the slice.</summary>
    public required Summary Centrality { get; init; }

    /// <summary>The statistics of a partition.</summary>
    /// <param name="partition">The partition.</param>
    public static RegionStatistics Of(Partition partition)
    {
        int regions = partition.RegionCount;
        var eccentricities = new double[regions];
        var vertices = new double[regions];
        for (int r = 0; r < regions; r++)
        {
            double[] polygon = partition.Polygon(r);
            eccentricities[r] = Elongation(polygon);
            vertices[r] = polygon.Length / 2;
        }
        return new RegionStatistics
        {
            Regions = regions,
            RegionsPerLayer = partition.RegionsPerLayer,
            Area = Summary.Of(partition.Areas),
            Eccentricity = Summary.Of(eccentricities),
            Vertices = Summary.Of(vertices),
            SlopeNorm = Summary.Of(partition.SlopeNorms),
            Centrality = Summary.Of(Distances(partition.Vertices)),
        };
    }

    private static double Elongation(double[] polygon)
    {
        double shortest = double.PositiveInfinity, longest = 0;
        for (int i = 0; i < polygon.Length; i += 2)
        {
            for (int j = 0; j < i; j += 2)
            {
                double distance = double.Hypot(polygon[i] - polygon[j], polygon[i + 1] - polygon[j + 1]);
                (shortest, longest) = (Math.Min(shortest, distance), Math.Max(longest, distance));
            }
        }
        return longest / (shortest + SmallestDistance);
    }

    private static double[] Distances(ReadOnlySpan<double> vertices)
    {
        var distances = new double[vertices.Length / 2];
        double x = 0, y = 0;
        for (int v = 0; v < distances.Length; v++)
            (x, y) = (x + vertices[2 * v] / distances.Length, y + vertices[2 * v + 1] / distances.Length);
        for (int v = 0; v < distances.Length; v++)
            distances[v] = double.Hypot(vertices[2 * v] - x, vertices[2 * v + 1] - y);
        return distances;
    }
}
