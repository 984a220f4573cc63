namespace Crease.Lab;

/// <summary>How much one AUC is above another on the same test rows.</summary>
/// <remarks>Source: the paired test of DeLong, DeLong and Clarke-Pearson (<c>delong1988comparing</c>); variance averaged over splits.</remarks>
/// <param name="Mean">Mean over splits.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public readonly record struct AucDifference(double Mean, double Low, double High)
{
    internal static AucDifference Of(IReadOnlyList<SplitOutcome> of, IReadOnlyList<SplitOutcome> than)
    {
        double mean = 0, variance = 0;
        for (int i = 0; i < of.Count; i++)
        {
            (RankAuc a, RankAuc b) = (of[i].Auc, than[i].Auc);
            mean += (a.Auc - b.Auc) / of.Count;
            variance += Math.Max(0, a.Variance + b.Variance - 2 * a.Covariance(b)) / of.Count;
        }
        double reach = AucEstimate.NormalQuantile * Math.Sqrt(variance);
        return new AucDifference(mean, mean - reach, mean + reach);
    }
}
