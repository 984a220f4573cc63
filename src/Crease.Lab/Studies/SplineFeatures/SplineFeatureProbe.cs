namespace Crease.Lab;

/// <summary>One probe of the study.</summary>
/// <param name="Set">Which clean texts stand beside the toxic ones.</param>
/// <param name="Kind">What was trained.</param>
/// <param name="Result">What it came to.</param>
internal sealed record SplineFeatureProbe(string Set, string Kind, ProbeResult Result)
{
    public const string Elsewhere = "clean texts from elsewhere", Both = "clean texts from elsewhere and of the same sources", Same = "clean texts of the same sources";

    public const string Linear = "logistic", Forest = "forest", FewLabels = "logistic, 5 % of labels";

    public ProbeFinding Finding => Result.Findings[0];

    public double? Alone(ProbeAblations kind, int number) => Finding.Ablations.FirstOrDefault(item => item.Kind == kind && item.Number == number)?.Estimate.Auc;
}
