using System.Diagnostics;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The time of TwoNN against a scan that computes the same products and looks at nothing, and against the peak of the product kernel.</summary>
/// <remarks>Every run starts from rows: nothing is kept from an earlier one. Processor seconds are compared, which other jobs of the machine disturb less than seconds.</remarks>
public static class NeighborBenchmark
{
    private const int Side = 128, Panel = 32;

    /// <summary>Measures.</summary>
    /// <param name="rows">Points, at least 3 different ones.</param>
    /// <param name="repeats">Counted runs; the fastest of each counts.</param>
    /// <param name="run">Threads, the same for all.</param>
    /// <exception cref="ArgumentException">Rows are unusable or too few.</exception>
    public static NeighborTiming Run(IReadOnlyList<double[]> rows, int repeats, RunContext run)
    {
        double seconds = double.PositiveInfinity, processor = seconds, scan = seconds, scanProcessor = seconds, peak = 0;
        DimensionEstimate? found = null;
        int points = 0, columns = 0;
        // What is compiled on the way does not count.
        new TwoNn().Estimate(PointCloud.Of([.. rows.Take(600)]), run);
        for (int i = 0; i < repeats; i++)
        {
            peak = Math.Max(peak, Peak());
            (double took, double used) = Timed(run, () =>
            {
                PointCloud cloud = PointCloud.Of(rows);
                found = new TwoNn().Estimate(cloud, run);
                points = cloud.Count;
            });
            (seconds, processor) = (Math.Min(seconds, took), Math.Min(processor, used));
            (took, used) = Timed(run, () =>
            {
                var blocks = new DistanceBlocks(rows, run);
                columns = blocks.Columns;
                blocks.ForPairs(run, (_, _, _, _) => { });
            });
            (scan, scanProcessor) = (Math.Min(scan, took), Math.Min(scanProcessor, used));
        }
        if (found?.Value is null)
            throw new ArgumentException($"The rows have no dimension: {found?.Advice}.", nameof(rows));
        return new NeighborTiming(points, columns, found, seconds, processor, scan, scanProcessor, peak, Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private static (double Seconds, double Processor) Timed(RunContext run, Action work)
    {
        GC.Collect();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = run.Clock.GetTimestamp();
        work();
        double seconds = run.Clock.GetElapsedTime(start).TotalSeconds;
        return (seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    // Operations per processor second of one thread on products that stay in the nearest caches: the best of several rounds.
    private static double Peak()
    {
        double[] a = new double[Side * Side], b = new double[Side * Panel], c = new double[Side * Panel];
        Array.Fill(a, 1e-3);
        Array.Fill(b, 1e-3);
        int[] terms = [.. Enumerable.Range(0, Side)];
        const int rounds = 4000;
        double best = 0;
        for (int repeat = 0; repeat < 8; repeat++)
        {
            (_, double used) = Timed(RunContext.Default, () =>
            {
                for (int round = 0; round < rounds; round++)
                    MatrixProduct.Add(a, 0, Side, Side, terms, b, Panel, c, 0, Panel, Panel);
            });
            best = Math.Max(best, 2.0 * Side * Side * Panel * rounds / used);
        }
        return best;
    }
}
