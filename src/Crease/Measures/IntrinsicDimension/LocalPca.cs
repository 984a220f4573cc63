using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The dimension from principal components: of the whole cloud, or of neighborhoods and averaged.</summary>
/// <remarks>
/// Of the whole cloud it is the dimension of the linear hull as a rule sees it, not that of a curved set inside: a Swiss roll has 3. Source: the rules' own; parameters as in scikit-dimension.
/// Cost: <see cref="PrincipalVariances"/>, once or per neighborhood. Exactness: sampled.
/// </remarks>
public sealed record LocalPca : IDimensionEstimator
{
    private const int MostCenters = 200, MostSize = 1500;

    /// <summary>The rule.</summary>
    public EigenvalueRule Rule { get; init; }

    /// <summary>Points of a neighborhood, its center among them; 0 for the whole cloud at once.</summary>
    public int NeighborhoodSize { get; init; }

    /// <inheritdoc/>
    public string Name => (NeighborhoodSize == 0 ? "pca-" : "lpca-") + Rule switch
    {
        EigenvalueRule.FukunagaOlsen => "fo",
        EigenvalueRule.Ratio => "ratio",
        EigenvalueRule.Participation => "participation",
        EigenvalueRule.Kaiser => "kaiser",
        EigenvalueRule.LargestGap => "maxgap",
        EigenvalueRule.Fan => "fan",
        _ => "broken-stick",
    };

    /// <inheritdoc/>
    public int Neighbors => Math.Max(0, NeighborhoodSize - 1);

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        if (NeighborhoodSize is not 0 and < 3)
            throw new InvalidOperationException($"'{nameof(NeighborhoodSize)}' is {NeighborhoodSize}; expected 0 or at least 3.");
        var asked = new DimensionEstimate(Name, EigenvalueRules.Text(Rule) + (NeighborhoodSize == 0 ? ", whole cloud" : $", neighborhoods of {NeighborhoodSize}, mean over at most {MostCenters} of them"));
        if (EnoughPoints.CoordinateFault(asked, cloud, Math.Max(3, NeighborhoodSize)) is { } fault)
            return fault;
        return NeighborhoodSize == 0 ? Whole(asked, cloud, run) : Neighborhoods(asked, cloud, run);
    }

    private DimensionEstimate Whole(DimensionEstimate asked, PointCloud cloud, RunContext run)
    {
        double[] values = cloud.Variances(MostSize, run, out int used);
        if (!(values[0] > 0))
            return asked.Without(DimensionStatus.Undefined, "the points have no spread; look for constant columns");
        DimensionEstimate found = asked.With(EigenvalueRules.Of(Rule, values), used);
        return used < cloud.Columns ? found with { Warnings = [$"{used} points in {cloud.Columns} columns span at most {used - 1} dimensions"] } : found;
    }

    private DimensionEstimate Neighborhoods(DimensionEstimate asked, PointCloud cloud, RunContext run)
    {
        NeighborTable table = cloud.Neighbors(Neighbors, run);
        int[] centers = RandomPoints.Of(cloud.Count, MostCenters, run.Seed);
        double[] local = new double[centers.Length];
        Workers.InParts(centers.Length, 1, run, () => new double[NeighborhoodSize][], (points, at, _) =>
        {
            points[0] = cloud.Rows![centers[at]];
            for (int j = 0; j < Neighbors; j++)
                points[j + 1] = cloud.Rows[table.Indices(centers[at])[j]];
            local[at] = EigenvalueRules.Of(Rule, PrincipalVariances.Of(points, false, run with { Threads = 1 }).Values);
        });
        var pointwise = new double?[cloud.Count];
        for (int i = 0; i < centers.Length; i++)
            pointwise[centers[i]] = local[i];
        return asked.With(local.Average(), centers.Length) with { Interval = Bootstrap.OfMean(local, run, mean => mean), Pointwise = [.. pointwise] };
    }
}
