using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Points whose dimension is asked for, checked once: finite, of equal length, all different.</summary>
/// <remarks>
/// Left out and counted are rows with numbers that are not finite and rows that repeat an earlier one. Very large or small numbers are scaled by a power of two, which changes no ratio of distances.
/// Neighbors are found once and kept. Safe for several threads.
/// </remarks>
public sealed class PointCloud
{
    private const double Largest = 1e100, Smallest = 1e-100;

    private readonly PointDistances _distances;
    private readonly Lock _gate = new();
    private NeighborTable? _neighbors;
    private double[]? _variances;

    private PointCloud(double[][]? rows, PointDistances distances, int[] origins, double unit)
    {
        (Rows, _distances, Origins, Unit) = (rows, distances, [.. origins], unit);
    }

    /// <summary>Number of points.</summary>
    public int Count => _distances.Count;

    /// <summary>Columns of the data; 0 where only distances were given.</summary>
    public int Columns => Rows is { Length: > 0 } ? Rows[0].Length : 0;

    /// <summary>Columns with the same number in every row: they add no dimension.</summary>
    public int ConstantColumns { get; private init; }

    /// <summary>The row of the data that each point was. Shape [points].</summary>
    public ImmutableArray<int> Origins { get; }

    /// <summary>Rows that were given.</summary>
    public int Given { get; private init; }

    /// <summary>Rows left out since a number is not finite, or, for angles, since all are 0.</summary>
    public int NotFinite { get; private init; }

    /// <summary>Rows left out since they repeat an earlier one.</summary>
    public int Duplicates { get; private init; }

    /// <summary>How distances are measured; null where they were given.</summary>
    public Metric? Metric { get; private init; }

    // Coordinates divided by Unit; null where only distances were given.
    internal double[][]? Rows { get; }

    internal double Unit { get; }

    /// <summary>Checks rows.</summary>
    /// <param name="rows">One array per point, all of the same length, at least 1.</param>
    /// <param name="metric">How distances are measured.</param>
    /// <param name="duplicates">What happens to equal rows.</param>
    /// <exception cref="ArgumentException">Rows have different lengths or none; or there are equal ones and <paramref name="duplicates"/> says to refuse them.</exception>
    public static PointCloud Of(IReadOnlyList<double[]> rows, Metric metric = Numerics.Metric.Euclidean, DuplicatePolicy duplicates = DuplicatePolicy.Remove)
    {
        CheckLengths(rows);
        if (!Enum.IsDefined(metric))
            throw new ArgumentOutOfRangeException(nameof(metric), metric, $"'metric' is {(int)metric}; pass a member of {nameof(Numerics.Metric)}.");
        int[] finite = [.. Enumerable.Range(0, rows.Count).Where(i => IsUsable(rows[i], metric))];
        int[] kept = DistinctRows.Of(rows, finite);
        if (kept.Length < finite.Length && duplicates == DuplicatePolicy.Refuse)
            throw DistinctRows.Refusal(rows, finite, kept);
        double[][] points = [.. kept.Select(i => rows[i])];
        double unit = metric == Numerics.Metric.PeriodicUnitCube ? 1 : UnitOf(points);
        if (unit != 1)
            points = [.. points.Select(row => Array.ConvertAll(row, value => value / unit))];
        PointDistances distances = metric == Numerics.Metric.Euclidean
            ? new EuclideanDistances(points)
            : new ScannedDistances(points.Length, (a, b) => RowDistance.Of(metric, points[a], points[b]));
        return new PointCloud(points, distances, kept, unit)
        {
            Given = rows.Count,
            NotFinite = rows.Count - finite.Length,
            Duplicates = finite.Length - kept.Length,
            ConstantColumns = points.Length == 0 ? 0 : Enumerable.Range(0, points[0].Length).Count(c => points.All(row => row[c] == points[0][c])),
            Metric = metric,
        };
    }

    /// <summary>Takes a matrix of distances.</summary>
    /// <param name="distances">Shape [points, points]; symmetric, not negative, 0 on the diagonal, finite.</param>
    /// <param name="duplicates">What happens to points at distance 0.</param>
    /// <exception cref="ArgumentException">The matrix is none of that, or there are points at distance 0 and <paramref name="duplicates"/> says to refuse them.</exception>
    public static PointCloud OfDistances(IReadOnlyList<double[]> distances, DuplicatePolicy duplicates = DuplicatePolicy.Remove)
    {
        GivenDistances.Check(distances);
        int[] kept = GivenDistances.Distinct(distances);
        if (kept.Length < distances.Count && duplicates == DuplicatePolicy.Refuse)
            throw new ArgumentException($"{distances.Count - kept.Length} points are at distance 0 from an earlier one; expected different points, or remove them.", nameof(distances));
        return new PointCloud(null, new ScannedDistances(kept.Length, (a, b) => distances[kept[a]][kept[b]]), kept, 1) { Given = distances.Count, Duplicates = distances.Count - kept.Length };
    }

    /// <summary>The nearest neighbors of every point.</summary>
    /// <param name="neighbors">k, in [1, points - 1]; tables found earlier with at least as many are used again.</param>
    /// <param name="run">Threads, cancellation and progress.</param>
    /// <returns>A table of at least k neighbors. Distances are in the data's units divided by a power of two, which is 1 for numbers of usual size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many other points.</exception>
    public NeighborTable Neighbors(int neighbors, RunContext run)
    {
        lock (_gate)
            return _neighbors is { } found && found.Neighbors >= neighbors ? found : _neighbors = _distances.Nearest(neighbors, run);
    }

    /// <summary>Some of the points, as a cloud of its own.</summary>
    /// <param name="points">Different points, 0-based.</param>
    public PointCloud Subset(int[] points)
    {
        double[][]? rows = Rows is null ? null : [.. points.Select(i => Rows[i])];
        PointDistances distances = rows is not null && Metric == Numerics.Metric.Euclidean ? new EuclideanDistances(rows) : new ScannedDistances(points.Length, (a, b) => _distances.Distance(points[a], points[b]));
        return new PointCloud(rows, distances, [.. points.Select(i => Origins[i])], Unit) { Given = points.Length, ConstantColumns = ConstantColumns, Metric = Metric };
    }

    /// <summary>The rows, or so many of them at random where both rows and columns are more: what an eigenvalue problem can take.</summary>
    internal double[][] Reduced(int most, RunContext run, out int used)
    {
        used = Columns > most && Count > most ? most : Count;
        return used == Count ? Rows! : [.. RandomPoints.Of(Count, used, run.Seed).Select(i => Rows![i])];
    }

    /// <summary>Variances along the principal directions of <see cref="Reduced"/> rows, found once.</summary>
    internal double[] Variances(int most, RunContext run, out int used)
    {
        double[][] rows = Reduced(most, run, out used);
        lock (_gate)
            return _variances ??= PrincipalVariances.Of(rows, false, run).Values;
    }

    internal double Distance(int a, int b) => _distances.Distance(a, b);

    internal long[] CloserThan(double[] radii, RunContext run) => _distances.CloserThan(radii, run);

    private static void CheckLengths(IReadOnlyList<double[]> rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length == 0 || rows[i].Length != rows[0].Length)
                throw new ArgumentException($"Row {i} has {rows[i].Length} numbers; expected {(rows[0].Length == 0 ? "at least 1" : $"{rows[0].Length}, as in row 0")}.", nameof(rows));
        }
    }

    private static bool IsUsable(double[] row, Metric metric)
    {
        bool isZero = true;
        foreach (double value in row)
        {
            if (!double.IsFinite(value))
                return false;
            isZero &= value == 0;
        }
        return metric != Numerics.Metric.Angular || !isZero;
    }

    // A power of two, so that division is exact.
    private static double UnitOf(double[][] rows)
    {
        double largest = 0;
        foreach (double[] row in rows)
        {
            foreach (double value in row)
                largest = Math.Max(largest, Math.Abs(value));
        }
        return largest == 0 || largest is >= Smallest and <= Largest ? 1 : Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), -1022, 1023));
    }
}
