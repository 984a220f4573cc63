namespace Crease.Numerics;

/// <summary>All distances of some points, without a table of them.</summary>
internal abstract class PointDistances
{
    /// <summary>Number of points.</summary>
    public abstract int Count { get; }

    /// <summary>The distance of two points.</summary>
    public abstract double Distance(int a, int b);

    /// <summary>The nearest neighbors of every point.</summary>
    /// <param name="neighbors">k, in [1, points - 1].</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    public NeighborTable Nearest(int neighbors, RunContext run)
    {
        if (neighbors < 1 || neighbors >= Count)
            throw new ArgumentOutOfRangeException(nameof(neighbors), neighbors, $"'neighbors' is {neighbors}; expected 1 to {Count - 1} for {Count} points.");
        if ((long)Count * neighbors > Array.MaxLength / 2)
            throw new ArgumentException($"{neighbors} neighbors of {Count} points are more than a table can hold; lower the neighbors or the points.", nameof(neighbors));
        return Find(neighbors, run);
    }

    /// <summary>How many ordered pairs of different points are closer than each of some radii.</summary>
    /// <param name="radii">Radii; a pair counts when its distance is strictly less.</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    public abstract long[] CloserThan(double[] radii, RunContext run);

    protected abstract NeighborTable Find(int neighbors, RunContext run);
}
