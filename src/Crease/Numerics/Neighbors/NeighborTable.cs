namespace Crease.Numerics;

/// <summary>The nearest neighbors of every point, itself excluded.</summary>
/// <remarks>Neighbors at equal distances are in the order of their indices, so that the table is the same for any number of threads.</remarks>
public sealed class NeighborTable
{
    private readonly double[] _distances;
    private readonly int[] _indices;

    internal NeighborTable(int count, int neighbors, double[] distances, int[] indices)
    {
        (Count, Neighbors, _distances, _indices) = (count, neighbors, distances, indices);
    }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>Neighbors of each point.</summary>
    public int Neighbors { get; }

    /// <summary>r_1 to r_k of a point, ascending. Shape [neighbors], in units of the data.</summary>
    /// <param name="point">0-based point.</param>
    public ReadOnlySpan<double> Distances(int point) => _distances.AsSpan(point * Neighbors, Neighbors);

    /// <summary>The neighbors of a point, nearest first. Shape [neighbors], 0-based points.</summary>
    /// <param name="point">0-based point.</param>
    public ReadOnlySpan<int> Indices(int point) => _indices.AsSpan(point * Neighbors, Neighbors);

    /// <summary>r_k: the distance to the k-th neighbor.</summary>
    /// <param name="point">0-based point.</param>
    /// <param name="rank">k, in [1, <see cref="Neighbors"/>].</param>
    public double Distance(int point, int rank) => _distances[point * Neighbors + rank - 1];
}
