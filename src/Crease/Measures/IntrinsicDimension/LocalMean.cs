using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The mean of what each point's neighbors say.</summary>
internal static class LocalMean
{
    /// <summary>The local dimension around a point.</summary>
    /// <param name="distances">r_1 to r_k, ascending. Shape [neighbors].</param>
    /// <returns>A number that is not finite where it is undefined.</returns>
    public delegate double Local(ReadOnlySpan<double> distances);

    public static DimensionEstimate Of(DimensionEstimate asked, PointCloud cloud, int neighbors, RunContext run, Local local)
    {
        if (EnoughPoints.Fault(asked, cloud, neighbors) is { } fault)
            return fault;
        NeighborTable table = cloud.Neighbors(neighbors, run);
        var pointwise = new double?[table.Count];
        for (int i = 0; i < table.Count; i++)
            pointwise[i] = table.Distance(i, 1) > 0 && local(table.Distances(i)[..neighbors]) is double value && double.IsFinite(value) ? value : null;
        return Result(asked, pointwise, neighbors, run);
    }

    /// <summary>The mean of what is defined, with its interval.</summary>
    /// <param name="asked">The estimate without a number.</param>
    /// <param name="pointwise">The local dimension around each point; null where it is undefined.</param>
    /// <param name="neighbors">How many neighbors of a point were asked.</param>
    /// <param name="run">Seed of the interval, threads and cancellation.</param>
    public static DimensionEstimate Result(DimensionEstimate asked, double?[] pointwise, int neighbors, RunContext run)
    {
        double[] defined = [.. pointwise.Where(value => value is not null).Select(value => value!.Value)];
        return defined.Length == 0
            ? asked.Without(DimensionStatus.Undefined, $"the {neighbors} nearest neighbors of every point are at the same distance; use more neighbors")
            : asked.With(defined.Average(), defined.Length, pointwise.Length - defined.Length) with { Pointwise = [.. pointwise], Interval = Bootstrap.OfMean(defined, run, mean => mean) };
    }
}
