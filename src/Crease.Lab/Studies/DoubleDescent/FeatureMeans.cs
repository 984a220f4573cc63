using Crease.Numerics;

namespace Crease.Lab;

/// <summary>Feature models of one kind and size over seeds: errors are means; losses and norms, whose tails are heavy, are medians.</summary>
internal sealed record FeatureMeans(FeatureKind Kind, int Samples, int Count, IReadOnlyList<FeaturePoint> Points)
{
    public double TestError => Points.Average(point => point.TestError);

    public double TestErrorError => StandardError.Of([.. Points.Select(point => point.TestError)]);

    public double TrainError => Points.Average(point => point.TrainError);

    public double TestLoss => Median.Of(Points.Select(point => point.TestLoss));

    public double TrainLoss => Median.Of(Points.Select(point => point.TrainLoss));

    public double Norm => Median.Of(Points.Select(point => point.Norm));

    public double TrainParameters => Points.Average(point => point.TrainParameters);

    public double TestParameters => Median.Of(Points.Select(point => point.TestParameters));

    public double? RidgeError => Points[0].Ridge is null ? null : Points.Average(point => point.Ridge!.TestError);

    public double? RidgeLoss => Points[0].Ridge is null ? null : Points.Average(point => point.Ridge!.TestLoss);

    /// <summary>All sizes of a kind, in their order.</summary>
    public static IReadOnlyList<FeatureMeans> Of(FeatureKind kind, IEnumerable<FeaturePoint> points) =>
        [.. points.Where(point => point.Kind == kind).GroupBy(point => (point.Samples, point.Count)).Select(group => new FeatureMeans(kind, group.Key.Samples, group.Key.Count, [.. group]))];

    /// <summary>The kinds that were measured.</summary>
    public static IEnumerable<FeatureKind> Kinds(IEnumerable<FeaturePoint> points) => points.Select(point => point.Kind).Distinct();

    /// <summary>The best of those with fewer features than rows, by a number; null where there is none.</summary>
    public static FeatureMeans? BestSmaller(IEnumerable<FeatureMeans> means, Func<FeatureMeans, double> number) => means.Where(mean => mean.Count < mean.Samples).MinBy(number);
}
