using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crease.Numerics;

/// <summary>Euclidean distances: candidates by blocked matrix products, each decision by the exact distance.</summary>
/// <remarks>
/// A list keeps a few more candidates than neighbors that are asked for. Whoever is not in it has a squared distance of at least the largest kept one less the error bound of the product; where the k-th exact
/// distance lies below, the table is what a scan of all exact distances gives, bit for bit. Where it does not (ties, or clusters that are tiny against their distance from the center), that point is scanned.
/// Cost: points² · columns FLOPs for the products, points · k · columns for exact distances.
/// </remarks>
internal sealed class EuclideanDistances : PointDistances
{
    private readonly IReadOnlyList<double[]> _rows;
    private DistanceBlocks? _blocks;

    /// <summary>Prepares points.</summary>
    /// <param name="rows">One array per point, all of the same length, finite.</param>
    public EuclideanDistances(IReadOnlyList<double[]> rows) => _rows = rows;

    /// <summary>Points whose neighbors the last search found by a scan, since the products could not decide.</summary>
    public int Scanned { get; private set; }

    public override int Count => _rows.Count;

    public override double Distance(int a, int b) => Math.Sqrt(RowDistance.Squared(_rows[a], _rows[b]));

    public override long[] CloserThan(double[] radii, RunContext run)
    {
        DistanceBlocks blocks = Blocks(run);
        var totals = new long[radii.Length];
        blocks.ForPairs(run, (first, rows, column, values) =>
        {
            Span<long> found = stackalloc long[radii.Length];
            int columns = Math.Min(DistanceBlocks.Size, Count - column);
            for (int i = first; i < first + rows; i++)
            {
                ReadOnlySpan<double> squared = values.AsSpan((i - first) * DistanceBlocks.Size, DistanceBlocks.Size);
                double error = blocks.ErrorOf(i);
                for (int r = 0; r < radii.Length; r++)
                    found[r] += Closer(squared[..columns], i, column, radii[r], error);
            }
            for (int r = 0; r < radii.Length; r++)
                Interlocked.Add(ref totals[r], found[r]);
        });
        return totals;
    }

    protected override NeighborTable Find(int neighbors, RunContext run)
    {
        // So few points are scanned before a block is packed.
        if (Count <= DistanceBlocks.Size)
            return new ScannedDistances(Count, Distance).Nearest(neighbors, run);
        DistanceBlocks blocks = Blocks(run);
        int kept = neighbors + Math.Max(6, neighbors / 8);
        var lists = new NearestLists[blocks.Blocks];
        for (int b = 0; b < lists.Length; b++)
            lists[b] = new NearestLists(DistanceBlocks.Size, kept);
        blocks.ForPairs(run, (first, rows, column, values) =>
        {
            int own = first / DistanceBlocks.Size, other = column / DistanceBlocks.Size;
            lock (lists[own])
                AddRows(lists[own], first, rows, column, values);
            if (own != other)
            {
                lock (lists[other])
                    AddColumns(lists[other], first, rows, values);
            }
        });
        return Refined(blocks, lists, neighbors, run);
    }

    private DistanceBlocks Blocks(RunContext run)
    {
        lock (_rows)
            return _blocks ??= new DistanceBlocks(_rows, run);
    }

    // Unordered pairs in different blocks count twice; inside a block each comes twice by itself.
    private long Closer(ReadOnlySpan<double> squared, int i, int column, double radius, double error)
    {
        double sure = radius * radius - error, possible = radius * radius + error + 1e-15 * radius * radius;
        long found = 0;
        int weight = column / DistanceBlocks.Size == i / DistanceBlocks.Size ? 1 : 2;
        for (int j = 0; j < squared.Length; j++)
        {
            if (squared[j] < possible && column + j != i && (squared[j] < sure - 1e-15 * radius * radius || Distance(i, column + j) < radius))
                found += weight;
        }
        return found;
    }

    private static void AddRows(NearestLists lists, int first, int rows, int column, double[] values)
    {
        int at = first % DistanceBlocks.Size;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> row = values.AsSpan(i * DistanceBlocks.Size, DistanceBlocks.Size);
            Vector512<double> worst = Vector512.Create(lists.Worst[at + i]);
            for (int j = 0; j < row.Length; j += 8)
            {
                ulong near = Near(row, j, worst);
                for (; near != 0; near &= near - 1)
                {
                    int lane = j + System.Numerics.BitOperations.TrailingZeroCount(near);
                    if (column + lane == first + i)
                        continue;
                    lists.Add(at + i, row[lane], column + lane);
                    worst = Vector512.Create(lists.Worst[at + i]);
                }
            }
        }
    }

    private static void AddColumns(NearestLists lists, int first, int rows, double[] values)
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> row = values.AsSpan(i * DistanceBlocks.Size, DistanceBlocks.Size);
            for (int j = 0; j < row.Length; j += 8)
            {
                ulong near = Near(row, j, Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(lists.Worst), (nuint)j));
                for (; near != 0; near &= near - 1)
                {
                    int lane = j + System.Numerics.BitOperations.TrailingZeroCount(near);
                    lists.Add(lane, row[lane], first + i);
                }
            }
        }
    }

    // Equal counts as near, since the smaller index wins; infinitely far places are never near.
    private static ulong Near(ReadOnlySpan<double> row, int at, Vector512<double> worst)
    {
        Vector512<double> values = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)at);
        return (Vector512.LessThanOrEqual(values, worst) & Vector512.LessThan(values, Vector512.Create(double.PositiveInfinity))).ExtractMostSignificantBits();
    }

    private NeighborTable Refined(DistanceBlocks blocks, NearestLists[] lists, int neighbors, RunContext run)
    {
        double[] distances = new double[Count * neighbors];
        int[] indices = new int[Count * neighbors];
        int scanned = 0;
        Workers.InParts(Count, DistanceBlocks.Size, run, () => new NearestLists(1, neighbors), (list, first, rows) =>
        {
            NearestLists candidates = lists[first / DistanceBlocks.Size];
            for (int i = first; i < first + rows; i++)
            {
                list.Clear();
                foreach (int j in candidates.Indices(i - first))
                {
                    if (j != int.MaxValue)
                        list.Add(0, RowDistance.Squared(_rows[i], _rows[j]), j);
                }
                if (!(list.Worst[0] < candidates.Worst[i - first] - blocks.ErrorOf(i)))
                {
                    Scan(list, i);
                    Interlocked.Increment(ref scanned);
                }
                Span<double> sorted = distances.AsSpan(i * neighbors, neighbors);
                list.Sorted(0, sorted, indices.AsSpan(i * neighbors, neighbors));
                foreach (ref double value in sorted)
                    value = Math.Sqrt(value);
            }
        });
        Scanned = scanned;
        return new NeighborTable(Count, neighbors, distances, indices);
    }

    private void Scan(NearestLists list, int i)
    {
        list.Clear();
        for (int j = 0; j < Count; j++)
        {
            if (j != i)
                list.Add(0, RowDistance.Squared(_rows[i], _rows[j]), j);
        }
    }
}
