namespace Crease.Numerics;

/// <summary>Distances by any rule, every pair looked at: metrics that no matrix product gives, and matrices of distances.</summary>
/// <param name="count">Number of points.</param>
/// <param name="distance">The distance of two points; symmetric, not negative.</param>
/// <remarks>Cost: points² distances.</remarks>
internal sealed class ScannedDistances(int count, Func<int, int, double> distance) : PointDistances
{
    private const int Part = 16;

    public override int Count => count;

    public override double Distance(int a, int b) => distance(a, b);

    public override long[] CloserThan(double[] radii, RunContext run)
    {
        var totals = new long[radii.Length];
        Workers.InParts(count, Part, run, () => new long[radii.Length], (found, first, rows) =>
        {
            Array.Clear(found);
            for (int i = first; i < first + rows; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    double d = j == i ? double.PositiveInfinity : distance(i, j);
                    for (int r = 0; r < found.Length; r++)
                        found[r] += d < radii[r] ? 1 : 0;
                }
            }
            for (int r = 0; r < found.Length; r++)
                Interlocked.Add(ref totals[r], found[r]);
        });
        return totals;
    }

    protected override NeighborTable Find(int neighbors, RunContext run)
    {
        double[] distances = new double[count * neighbors];
        int[] indices = new int[count * neighbors];
        Workers.InParts(count, Part, run, () => new NearestLists(1, neighbors), (list, first, rows) =>
        {
            for (int i = first; i < first + rows; i++)
            {
                list.Clear();
                for (int j = 0; j < count; j++)
                {
                    if (j != i)
                        list.Add(0, distance(i, j), j);
                }
                list.Sorted(0, distances.AsSpan(i * neighbors, neighbors), indices.AsSpan(i * neighbors, neighbors));
            }
        });
        return new NeighborTable(count, neighbors, distances, indices);
    }
}
