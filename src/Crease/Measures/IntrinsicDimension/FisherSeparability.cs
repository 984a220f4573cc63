using Crease.Numerics;

namespace Crease.Measures;

/// <summary>FisherS: the dimension from how seldom a point is not separable from another by Fisher's discriminant.</summary>
/// <remarks>
/// Points are centered, kept in principal directions with more than a tenth of the largest variance, brought to variance 1 there and projected to the unit sphere. p_α is the mean share of other points y with ⟨x, y⟩ &gt; α ⟨x, x⟩;
/// n_α = W(-log(1 - α²) / (2π p_α² α² (1 - α²))) / -log(1 - α²), at the α nearest to 0.9 of the largest with p_α &gt; 0. The value counts the space whose unit sphere carries the directions: a ball of
/// dimension d gives d, a sphere S^d gives d + 1. Source: <c>albergante2019estimating</c>. Cost: points² · directions FLOPs. Exactness: sampled; linear, so curved sets give their linear hull.
/// </remarks>
public sealed record FisherSeparability : IDimensionEstimator
{
    private const double Condition = 10, First = 0.60, Step = 0.02, Preferred = 0.9;
    private const int Levels = 20, LargestSide = 1500;

    /// <inheritdoc/>
    public string Name => "fishers";

    /// <inheritdoc/>
    public int Neighbors => 0;

    /// <inheritdoc/>
    public DimensionEstimate Estimate(PointCloud cloud, RunContext run)
    {
        var asked = new DimensionEstimate(Name, "condition 10, whitened, on the unit sphere; S^d gives d + 1");
        if (EnoughPoints.CoordinateFault(asked, cloud, 10) is { } fault)
            return fault;
        double[][] rows = cloud.Reduced(LargestSide, run, out int used);
        PrincipalVariances principal = PrincipalVariances.Of(rows, true, run);
        if (!(principal.Values[0] > 0))
            return asked.Without(DimensionStatus.Undefined, "the points have no spread; look for constant columns");
        double[][] sphere = OnSphere(principal.Scores(principal.Values.Count(value => value > principal.Values[0] / Condition)));
        if (sphere.Length < 10)
            return asked.Without(DimensionStatus.Undefined, "too few points lie away from their mean; add points");
        double[] shares = Shares(sphere, run);
        int most = Array.FindLastIndex(shares, share => share > 0);
        if (most < 0)
            return asked.Without(DimensionStatus.Undefined, "every point is separable from all others at α = 0.6, so that the dimension is above what so many points can show; add points");
        double wanted = Preferred * Level(most);
        int chosen = Enumerable.Range(0, most + 1).MinBy(level => Math.Abs(Level(level) - wanted));
        DimensionEstimate found = asked.With(Dimension(Level(chosen), shares[chosen]), sphere.Length, used - sphere.Length);
        return found with { Convention = FormattableString.Invariant($"{asked.Convention}; α = {Level(chosen):F2}, {sphere[0].Length} directions") };
    }

    internal static double Dimension(double alpha, double share)
    {
        double square = alpha * alpha, fall = -Math.Log(1 - square);
        return SpecialFunctions.LambertW(fall / (2 * Math.PI * share * share * square * (1 - square))) / fall;
    }

    private static double Level(int level) => First + Step * level;

    private static double[][] OnSphere(double[][] rows) => [.. rows
        .Select(row => (row, Norm: Math.Sqrt(row.Sum(value => value * value))))
        .Where(pair => pair.Norm > 0)
        .Select(pair => Array.ConvertAll(pair.row, value => value / pair.Norm))];

    // On the sphere |x - y|² = 2 - 2⟨x, y⟩, so that pairs above a level are pairs closer than a radius.
    private static double[] Shares(double[][] sphere, RunContext run)
    {
        double[] radii = [.. Enumerable.Range(0, Levels).Select(level => Math.Sqrt(2 - 2 * Level(level)))];
        double pairs = (double)sphere.Length * (sphere.Length - 1);
        return Array.ConvertAll(new EuclideanDistances(sphere).CloserThan(radii, run), count => count / pairs);
    }
}
