using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The region of a slice that holds a point, found without cutting the slice: by cutting ever larger squares around the point until one holds the region.</summary>
/// <remarks>Cost: a cut of a square that is at most four times as wide as needed. Exactness: that of the partition.</remarks>
public sealed class RegionAround
{
    private const double Growth = 4, Widest = 4;

    private RegionAround(Partition partition, int region, bool isWhole)
    {
        Polygon = partition.Polygon(region);
        (IsWhole, Area, Class) = (isWhole, partition.Areas[region], partition.Classes[region]);
        (SlopeNorm, CodeHash, Depth) = (partition.SlopeNorms[region], partition.CodeHashes[region], partition.Depth(region));
    }

    /// <summary>Whether the polygon is the whole region; else it is the part of it within the last square, because the region is unbounded or the budget was spent.</summary>
    public bool IsWhole { get; }

    /// <summary>Corners relative to the point, counter-clockwise. Shape [corners, 2].</summary>
    public IReadOnlyList<double> Polygon { get; }

    /// <summary>Area of the polygon in squared units of the slice.</summary>
    public double Area { get; }

    /// <summary>The largest output, as in a <see cref="Partition"/>.</summary>
    public int Class { get; }

    /// <summary>Frobenius norm of the slopes on the slice.</summary>
    public double SlopeNorm { get; }

    /// <summary>The hash of the code, as in a <see cref="Partition"/>.</summary>
    public ulong CodeHash { get; }

    /// <summary>The last layer that folded along an edge of the polygon, 1-based; 0 for none.</summary>
    public int Depth { get; }

    /// <summary>Finds the region around a point.</summary>
    /// <param name="partitioner">The prepared network.</param>
    /// <param name="slice">A two-dimensional slice; its domain says how far regions are followed, and does not clip them.</param>
    /// <param name="x">First slice coordinate, finite.</param>
    /// <param name="y">Second slice coordinate, finite.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <param name="maxRegions">Largest number of regions of one square, at least 1.</param>
    /// <exception cref="ArgumentException">The slice does not fit the network, or a number is not finite.</exception>
    public static RegionAround At(PlanarPartitioner partitioner, Slice slice, double x, double y, RunContext? run = null, int maxRegions = 20_000)
    {
        run ??= RunContext.Default;
        double extent = Extent(slice), distance = NearestCrease(partitioner.Network, slice.Decode(x, y), run);
        double size = distance > 0 && double.IsFinite(distance) ? Math.Clamp(Growth * distance, 1e-14 * extent, extent) : distance > 0 ? extent : 1e-6 * extent;
        RegionAround? found = null;
        for (; ; size *= Growth)
        {
            Partition partition = partitioner.Cut(slice.Viewport([x, y], size, size), run, new CutOptions { MaxRegions = maxRegions });
            run.Cancellation.ThrowIfCancellationRequested();
            if (partition.Status == Status.Complete || found is null)
            {
                int region = Holding(partition);
                found = new RegionAround(partition, region, partition.Status == Status.Complete && IsInside(partition, region));
            }
            if (found.IsWhole || partition.Status != Status.Complete || size > Widest * extent)
                return found;
        }
    }

    private static double NearestCrease(Network network, double[] input, RunContext run) =>
        CreaseDistances.PerLayer(new Linearization(network, input), run).DefaultIfEmpty(double.PositiveInfinity).Min();

    // The one that the point lies deepest in: rounding may put it outside of all on a crease.
    private static int Holding(Partition partition)
    {
        (int best, double depth) = (0, double.NegativeInfinity);
        for (int region = 0; region < partition.RegionCount; region++)
        {
            double nearest = double.PositiveInfinity;
            for (int h = partition.FirstHalfEdges[region]; h < partition.FirstHalfEdges[region + 1]; h++)
            {
                int from = 2 * partition.Origins[h], to = 2 * partition.Origins[partition.Next(h, region)];
                double px = partition.Vertices[from], py = partition.Vertices[from + 1], dx = partition.Vertices[to] - px, dy = partition.Vertices[to + 1] - py;
                double length = double.Hypot(dx, dy);
                nearest = length > 0 ? Math.Min(nearest, (dy * px - dx * py) / length) : nearest;
            }
            if (nearest > depth)
                (best, depth) = (region, nearest);
        }
        return best;
    }

    private static bool IsInside(Partition partition, int region)
    {
        foreach (int crease in partition.Creases[partition.FirstHalfEdges[region]..partition.FirstHalfEdges[region + 1]])
        {
            if (crease < 0)
                return false;
        }
        return true;
    }

    private static double Extent(Slice slice)
    {
        double extent = 0;
        for (int i = 2; i < slice.Domain.Length; i++)
            extent = Math.Max(extent, Math.Abs(slice.Domain[i] - slice.Domain[i % 2]));
        return extent;
    }
}
