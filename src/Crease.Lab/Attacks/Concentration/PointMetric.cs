using Crease.Measures;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>A number of inputs and of their adversarial twins, compared in pairs, and how well it tells them apart.</summary>
/// <remarks>
/// Source: Wilcoxon's signed-rank test (<see cref="SignedRankTest"/>); area under the ROC curve with DeLong's variance (<c>delong1988comparing</c>), on the logit scale. Pairs share an input, which the variance does not
/// know of. A pair in which a number is infinite counts for the area, not for the test.
/// </remarks>
public sealed class PointMetric
{
    internal PointMetric(string name, string unit, double[] clean, double[] adversarial, RunContext run)
    {
        (Name, Unit, Clean, Adversarial) = (name, unit, clean, adversarial);
        int[] finite = [.. Enumerable.Range(0, clean.Length).Where(i => double.IsFinite(clean[i]) && double.IsFinite(adversarial[i]))];
        Pairs = finite.Length == 0 ? null : PairedComparison.Of([.. finite.Select(i => adversarial[i])], [.. finite.Select(i => clean[i])], run);
        RankAuc area = RankAuc.Of([.. adversarial, .. clean], [.. adversarial.Select(_ => true), .. clean.Select(_ => false)]);
        Auc = area.Auc;
        AucInterval = AucEstimate.Interval(area.Auc, Math.Sqrt(area.Variance), clean.Length);
    }

    /// <summary>What it is, for example <c>local complexity</c>.</summary>
    public string Name { get; }

    /// <summary>Its unit, for example <c>units</c>.</summary>
    public string Unit { get; }

    /// <summary>At the inputs; infinite where there is no crease. Shape [pairs].</summary>
    public IReadOnlyList<double> Clean { get; }

    /// <summary>At their twins. Shape [pairs].</summary>
    public IReadOnlyList<double> Adversarial { get; }

    /// <summary>Twins against inputs, over pairs of finite numbers; null where there are none.</summary>
    public PairedComparison? Pairs { get; }

    /// <summary>How often a twin has a larger number than an input, equal ones counting half: 0.5 tells nothing apart, below it twins have smaller numbers. In [0, 1].</summary>
    public double Auc { get; }

    /// <summary>95 % of it.</summary>
    public (double Low, double High) AucInterval { get; }
}
