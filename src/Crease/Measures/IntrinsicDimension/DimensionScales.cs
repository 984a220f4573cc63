using System.Collections.Immutable;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The dimension against the scale at which one looks: by GRIDE with growing ranks, and by TwoNN on ever fewer points.</summary>
/// <remarks>Source: <c>denti2022gride</c>; <c>facco2017twonn</c> for blocks. A plateau is a dimension; a value that falls with the scale shows curvature or a boundary, one that rises at small scales noise.</remarks>
public static class DimensionScales
{
    private const int LeastPerBlock = 20;
    private const double Clear = 0.15;

    /// <summary>GRIDE with ranks 1, 2, 4, ...</summary>
    /// <param name="cloud">The points.</param>
    /// <param name="most">The largest rank n2 = 2 n1, cut to the number of points.</param>
    /// <param name="run">Threads, cancellation, progress.</param>
    /// <returns>One entry for each rank, ascending; none for fewer than 3 points.</returns>
    public static ImmutableArray<DimensionScale> OfRanks(PointCloud cloud, int most, RunContext run)
    {
        int last = Math.Min(most, cloud.Count - 1), largest = 1;
        if (cloud.Count < 3 || last < 2)
            return [];
        while (4 * largest <= last)
            largest *= 2;
        NeighborTable table = cloud.Neighbors(2 * largest, run);
        var scales = new List<DimensionScale>();
        for (int rank = 1; rank <= largest; rank *= 2)
        {
            double distance = 0;
            for (int i = 0; i < cloud.Count; i++)
                distance += (table.Distance(i, rank) + table.Distance(i, 2 * rank)) / 2 / cloud.Count;
            scales.Add(new DimensionScale(rank, cloud.Count, distance * cloud.Unit, new Gride { Rank = rank }.Estimate(cloud, run)));
        }
        return [.. scales];
    }

    /// <summary>TwoNN (maximum likelihood) on the points divided at random in 1, 2, 4, ... parts.</summary>
    /// <param name="cloud">The points.</param>
    /// <param name="most">The largest number of parts; each keeps at least 20 points.</param>
    /// <param name="run">Seed of the division, threads, cancellation.</param>
    /// <returns>One entry for each number of parts, ascending. The interval of several parts is their mean and 95 % of its standard error.</returns>
    public static ImmutableArray<DimensionScale> OfBlocks(PointCloud cloud, int most, RunContext run)
    {
        int[] order = RandomPoints.Shuffled(cloud.Count, run.Seed);
        var scales = new List<DimensionScale>();
        for (int parts = 1; parts <= most && cloud.Count / parts >= LeastPerBlock; parts *= 2)
            scales.Add(Blocks(cloud, order, parts, run));
        return [.. scales];
    }

    /// <summary>What the course of the dimension over scales says, or null where it is level or unknown.</summary>
    /// <param name="scales">From the smallest scale to the largest.</param>
    public static string? Remark(IReadOnlyList<DimensionScale> scales)
    {
        double[] values = [.. scales.Where(scale => scale.Estimate.Value is > 0).Select(scale => scale.Estimate.Value!.Value)];
        if (values.Length < 3)
            return null;
        double first = values[0], last = values[^1];
        if (last < first * (1 - Clear))
            return FormattableString.Invariant($"the dimension falls with the scale, from {first:F1} to {last:F1}: noise at small scales, or curvature and boundaries at large ones; there is no single dimension to quote without its scale");
        return last > first * (1 + Clear) ? FormattableString.Invariant($"the dimension rises with the scale, from {first:F1} to {last:F1}: sheets or clusters that only together fill more dimensions") : null;
    }

    private static DimensionScale Blocks(PointCloud cloud, int[] order, int parts, RunContext run)
    {
        int size = cloud.Count / parts;
        var twonn = new TwoNn { Fit = TwoNnFit.Likelihood };
        var values = new List<double>();
        double distance = 0;
        DimensionEstimate? last = null;
        for (int part = 0; part < parts; part++)
        {
            PointCloud some = parts == 1 ? cloud : cloud.Subset([.. order.AsSpan(part * size, size).ToArray().Order()]);
            last = twonn.Estimate(some, run with { Progress = null });
            if (last.Value is double value)
                values.Add(value);
            NeighborTable table = some.Neighbors(2, run);
            for (int i = 0; i < some.Count; i++)
                distance += (table.Distance(i, 1) + table.Distance(i, 2)) / 2 / some.Count / parts;
        }
        if (parts == 1 || values.Count < 2)
            return new DimensionScale(parts, size, distance * cloud.Unit, last!);
        SampleMean mean = SampleMean.Of(values.ToArray());
        var asked = new DimensionEstimate(twonn.Name, FormattableString.Invariant($"{last!.Convention}; mean over {values.Count} parts of {size} points"));
        return new DimensionScale(parts, size, distance * cloud.Unit, asked.With(mean.Mean, size) with { Interval = DimensionInterval.Normal(mean.Mean, mean.StandardError, "scatter of the parts") });
    }
}
