using System.Collections.Concurrent;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>What DANCo compares: MiND's dimension, and mean direction and concentration of the angles between neighbors.</summary>
/// <param name="Dimension">d^.</param>
/// <param name="Direction">ν in radians.</param>
/// <param name="Concentration">τ.</param>
internal sealed record DancoStatistics(double Dimension, double Direction, double Concentration)
{
    private const int MostKept = 4096, WantedPoints = 4000, MostBalls = 40;

    private static readonly ConcurrentDictionary<(int Points, int Dimension, int Ranks, ulong Seed), DancoStatistics> Balls = new();

    /// <summary>The statistics of points, or null where distances are all equal.</summary>
    public static DancoStatistics? Of(PointCloud cloud, int ranks, double most, RunContext run)
    {
        var mind = new Mind { Ranks = ranks };
        NeighborTable table = cloud.Neighbors(ranks + 1, run);
        double[] logs = mind.Logs(table);
        if (logs.Length == 0)
            return null;
        double[] directions = new double[cloud.Count], concentrations = new double[cloud.Count];
        Workers.InParts(cloud.Count, 16, run, () => new double[ranks * cloud.Columns], (vectors, first, count) =>
        {
            for (int i = first; i < first + count; i++)
                (directions[i], concentrations[i]) = Angles(cloud.Rows!, table, i, ranks, vectors);
        });
        return new DancoStatistics(mind.Real(logs, most), directions.Average(), cloud.Columns == 1 ? 1 : concentrations.Average());
    }

    /// <summary>The statistics of points drawn uniformly from a ball, averaged over several balls where points are few. The same for the same seed.</summary>
    public static DancoStatistics OfBall(int points, int dimension, int ranks, RunContext run)
    {
        var key = (points, dimension, ranks, run.Seed);
        if (Balls.TryGetValue(key, out DancoStatistics? known))
            return known;
        // Few points scatter: the mean over several balls stands for what such a ball has.
        int balls = Math.Clamp(WantedPoints / points, 1, MostBalls);
        var random = new RandomSource(RandomSource.Scrambled(run.Seed + (ulong)dimension));
        DancoStatistics[] each = [.. Enumerable.Range(0, balls).Select(_ => OneBall(points, dimension, ranks, random, run))];
        var found = new DancoStatistics(each.Average(ball => ball.Dimension), each.Average(ball => ball.Direction), each.Average(ball => ball.Concentration));
        if (Balls.Count < MostKept)
            Balls[key] = found;
        return found;
    }

    private static DancoStatistics OneBall(int points, int dimension, int ranks, RandomSource random, RunContext run)
    {
        double[][] ball = [.. Enumerable.Range(0, points).Select(_ => BallPoints.Next(dimension, random))];
        return Of(PointCloud.Of(ball), ranks, 2 * dimension + 5, run with { Progress = null })!;
    }

    private static (double Direction, double Concentration) Angles(double[][] rows, NeighborTable table, int point, int ranks, double[] vectors)
    {
        int columns = rows[0].Length;
        for (int j = 0; j < ranks; j++)
        {
            double[] neighbor = rows[table.Indices(point)[j]];
            double length = table.Distance(point, j + 1);
            for (int c = 0; c < columns; c++)
                vectors[j * columns + c] = (neighbor[c] - rows[point][c]) / length;
        }
        double sines = 0, cosines = 0;
        for (int a = 0; a < ranks; a++)
        {
            for (int b = a + 1; b < ranks; b++)
            {
                double cosine = Math.Clamp(System.Numerics.Tensors.TensorPrimitives.Dot<double>(vectors.AsSpan(a * columns, columns), vectors.AsSpan(b * columns, columns)), -1, 1);
                cosines += cosine;
                sines += Math.Sqrt(1 - cosine * cosine);
            }
        }
        int pairs = ranks * (ranks - 1) / 2;
        double mean = Math.Sqrt(sines * sines + cosines * cosines) / pairs;
        // The principal value, as in the published code; sines are never negative.
        return (cosines == 0 ? Math.PI / 2 : Math.Atan(sines / cosines), Inverse(Math.Min(mean, 1 - 1e-12)));
    }

    /// <summary>The concentration whose mean resultant length is given: the usual approximation in three ranges.</summary>
    /// <remarks>Source: <c>fisher1993circular</c>, section 4.5.</remarks>
    private static double Inverse(double length) => length switch
    {
        < 0.53 => 2 * length + Math.Pow(length, 3) + 5 * Math.Pow(length, 5) / 6,
        < 0.85 => -0.4 + 1.39 * length + 0.43 / (1 - length),
        _ => 1 / (Math.Pow(length, 3) - 4 * length * length + 3 * length),
    };
}
