using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Tables of the study.</summary>
internal static class DescentTables
{
    private const string Advice = "ill-conditioned: add ridge, move N, take more seeds";

    public static IEnumerable<ReportTable> Of(DoubleDescentOptions asked, DescentResults results)
    {
        if (results.Features.Count > 0)
        {
            yield return Means("features", "Feature models: errors are means, the rest medians over seeds", results.Features, ReferenceDescent.Compares(asked, results) && asked.Sigma == ReferenceDescent.Sigma);
            yield return Baselines(results);
            yield return Decompositions(results);
            yield return Models("feature-models", "Each feature model", [.. results.Features, .. results.Sizes]);
            yield return Cutoffs(results);
        }
        if (results.Sizes.Count > 0)
            yield return Means("sizes", "The same over training rows", results.Sizes, false) with { IsFileOnly = true };
        if (results.Networks.Count > 0)
            yield return Networks(results.Networks);
        if (results.Gaussian.Count > 0)
        {
            yield return new ReportTable("gaussian", "Gaussian features", [new("p"), new("exact risk"), new("mean of draws"), new("standard error"), new("median of draws"), new("status")],
                [.. results.Gaussian.Select(trial => (ImmutableArray<object?>)[trial.Used, trial.Exact, trial.Mean, trial.Error, trial.Median, trial.Exact is null ? "infinite: move p away from n" : ""])]);
        }
    }

    private static ReportTable Means(string name, string title, IReadOnlyList<FeaturePoint> points, bool isCompared)
    {
        ReportColumn[] reference = isCompared ? [new("reference test error"), new("reference test loss"), new("reference norm")] : [];
        return new ReportTable(name, title,
            [new("features"), new("n"), new("N"), new("test error"), new("train error"), new("test loss"), new("norm"), new("trace(S)"), new("n mean ‖s‖², test rows"), new("ridge: test error"), new("ridge: test loss"), .. reference],
            [
                .. FeatureMeans.Kinds(points).SelectMany(kind => FeatureMeans.Of(kind, points)).Select(mean => (ImmutableArray<object?>)
                [
                    Word(mean.Kind), mean.Samples, mean.Count, mean.TestError, mean.TrainError, mean.TestLoss, mean.Norm, mean.TrainParameters, mean.TestParameters, mean.RidgeError, mean.RidgeLoss,
                    .. isCompared ? Reference(mean) : [],
                ]),
            ]);
    }

    private static object?[] Reference(FeatureMeans mean)
    {
        double? error = ReferenceDescent.Errors.Where(row => row.Count == mean.Count).Select(row => (double?)ReferenceDescent.ErrorOf(mean.Kind, row)).FirstOrDefault();
        (int Count, double Loss, double Norm)? loss = mean.Kind == FeatureKind.Fourier ? ReferenceDescent.Losses.Where(row => row.Count == mean.Count).Select(row => ((int, double, double)?)row).FirstOrDefault() : null;
        return [error, loss?.Loss, loss?.Norm];
    }

    private static ReportTable Baselines(DescentResults results) => new("baselines", "Baselines", [new("features"), new("model"), new("N"), new("test error"), new("test loss")],
    [
        ["none", "zero predictor", null, null, 1.0],
        .. FeatureMeans.Kinds(results.Features).SelectMany(kind =>
        {
            IReadOnlyList<FeatureMeans> means = FeatureMeans.Of(kind, results.Features);
            (string Name, FeatureMeans? Mean)[] rows =
            [
                ("best with N < n, by error", FeatureMeans.BestSmaller(means, mean => mean.TestError)), ("best with N < n, by loss", FeatureMeans.BestSmaller(means, mean => mean.TestLoss)), ("largest", means[^1]),
            ];
            return rows.Where(row => row.Mean is not null).Select(row => (ImmutableArray<object?>)[Word(kind), row.Name, row.Mean!.Count, row.Mean.TestError, row.Mean.TestLoss]);
        }),
    ]);

    private static ReportTable Decompositions(DescentResults results) => new("decompositions", "Decompositions of the first seed", [new("features"), new("N"), new("by"), new("rank"), new("largest singular value"), new("smallest kept"), new("largest dropped"), new("status")],
        [.. results.Features.Where(point => point.Repeat == 0).Select(point => (ImmutableArray<object?>)[Word(point.Kind), point.Count, By(point), point.Rank, point.Largest, point.SmallestKept, point.LargestDropped, Status(point)])]);

    private static ReportTable Models(string name, string title, IReadOnlyList<FeaturePoint> points) => new(name, title,
        [new("features"), new("n"), new("N"), new("seed, from the first"), new("test error"), new("train error"), new("test loss"), new("train loss"), new("largest squared residual"), new("norm"), new("by"), new("rank"), new("smallest kept"), new("largest dropped"), new("trace(S)"), new("n mean ‖s‖², test rows"), new("ridge λ"), new("ridge: test error"), new("ridge: test loss"), new("status")],
        [
            .. points.Select(point => (ImmutableArray<object?>)
                [Word(point.Kind), point.Samples, point.Count, point.Repeat, point.TestError, point.TrainError, point.TestLoss, point.TrainLoss, point.LargestResidual, point.Norm, By(point), point.Rank, point.SmallestKept, point.LargestDropped, point.TrainParameters, point.TestParameters, point.Ridge?.Strength, point.Ridge?.TestError, point.Ridge?.TestLoss, Status(point)]),
        ])
    {
        IsFileOnly = true,
    };

    private static ReportTable Cutoffs(DescentResults results) => new("cutoffs", "Other cutoffs of singular values", [new("features"), new("N"), new("seed, from the first"), new("cutoff"), new("rank"), new("test error"), new("test loss"), new("norm")],
        [.. results.Features.SelectMany(point => point.Cutoffs.Select(cut => (ImmutableArray<object?>)[Word(point.Kind), point.Count, point.Repeat, cut.Cutoff, cut.Rank, cut.TestError, cut.TestLoss, cut.Norm]))])
    {
        IsFileOnly = true,
    };

    private static ReportTable Networks(IReadOnlyList<NetworkPoint> points) => new("networks", "Networks of one hidden layer, after the last epoch", [new("hidden units"), new("seed, from the first"), new("parameters"), new("test error"), new("train error"), new("test loss"), new("train loss"), new("norm"), new("least test error over epochs")],
        [.. points.Select(point => (ImmutableArray<object?>)[point.Hidden, point.Repeat, point.Parameters, point.TestError, point.TrainError, point.TestLoss, point.TrainLoss, point.Norm, point.Metrics.Min(line => NetworkPoint.ErrorOf(line.TestAccuracy))])]);

    private static string Word(FeatureKind kind) => kind.ToString().ToLowerInvariant();

    private static string By(FeaturePoint point) => point.IsGram ? "Gram matrix" : "singular values";

    private static string Status(FeaturePoint point) => string.Join("; ", new[] { point.IsIllConditioned ? Advice : "", point.IsDeficient ? "rank-deficient: some features or rows are combinations of others" : "" }.Where(text => text.Length > 0));
}
