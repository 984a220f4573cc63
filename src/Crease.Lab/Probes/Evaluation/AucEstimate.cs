namespace Crease.Lab;

/// <summary>An area under the ROC curve over repeated splits.</summary>
/// <remarks>
/// The interval is that of one test set: DeLong's variance, averaged over the splits, on the logit scale. It does not shrink with more splits, because
/// they share their rows. Where scores separate all test rows DeLong's variance is 0, and the end is that of an exact binomial interval with as many
/// trials as the smaller class has test rows.
/// </remarks>
/// <param name="Auc">Mean over splits, in [0, 1].</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="Spread">Standard deviation over splits; NaN for one.</param>
/// <param name="BalancedAccuracy">Mean of the two shares of rows that a threshold of one half gets right: not an AUC.</param>
public readonly record struct AucEstimate(double Auc, double Low, double High, double Spread, double BalancedAccuracy)
{
    internal const double NormalQuantile = 1.959963984540054;
    private const double Tail = 0.025;

    /// <summary>Puts splits together.</summary>
    internal static AucEstimate Of(IReadOnlyList<SplitOutcome> splits)
    {
        double auc = splits.Average(split => split.Auc.Auc), error = Math.Sqrt(splits.Average(split => split.Auc.Variance));
        double spread = splits.Count < 2 ? double.NaN : Math.Sqrt(splits.Sum(split => (split.Auc.Auc - auc) * (split.Auc.Auc - auc)) / (splits.Count - 1));
        (double low, double high) = Interval(auc, error, splits.Min(split => Math.Min(split.Auc.Positives, split.Auc.Negatives)));
        return new AucEstimate(auc, low, high, spread, splits.Average(split => split.BalancedAccuracy));
    }

    internal static (double Low, double High) Interval(double auc, double error, int smaller)
    {
        if (double.IsNaN(error))
            return (0, 1);
        if (error > 0 && auc is > 0 and < 1)
        {
            double logit = Math.Log(auc / (1 - auc)), reach = NormalQuantile * error / (auc * (1 - auc));
            return (Logistic(logit - reach), Logistic(logit + reach));
        }
        double missed = 1 - Math.Pow(Tail, 1.0 / smaller);
        return (Math.Max(0, auc - missed), Math.Min(1, auc + missed));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
