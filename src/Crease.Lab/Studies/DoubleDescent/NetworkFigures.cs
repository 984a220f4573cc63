using System.Globalization;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of networks of one hidden layer.</summary>
internal static class NetworkFigures
{
    private const double LeastLoss = 1e-4;
    private const int MostCurves = 7;

    public static IEnumerable<ReportFigure> Of(DoubleDescentOptions asked, IReadOnlyList<NetworkPoint> points)
    {
        if (points.Count == 0)
            yield break;
        yield return new ReportFigure("networks", "Networks of one hidden layer: share of wrong classes, squared loss and norm of the weights against the number of parameters, after the last epoch; the line is at n C. Training errors count noisy labels as right. Nothing is claimed about a peak.", Capacity(asked, points).Save);
        yield return new ReportFigure("epochs", "The same networks over their training, dark: few units, light: many; below, the squared loss.", Epochs(asked, points).Save);
    }

    private static CurvesFigure Capacity(DoubleDescentOptions asked, IReadOnlyList<NetworkPoint> points)
    {
        NetworkPoint[][] groups = [.. points.GroupBy(point => point.Hidden).Select(group => group.ToArray())];
        double[] sizes = [.. groups.Select(group => (double)group[0].Parameters)];
        double[] Means(Func<NetworkPoint, double> value, double least = 0) => [.. groups.Select(group => group.Average(value)).Select(mean => mean >= least ? mean : double.NaN)];
        double threshold = (double)asked.Samples * points[0].Classes;
        Curve[] Pair(Func<NetworkPoint, double> test, Func<NetworkPoint, double> train, double least = 0) => [new("train", sizes, Means(train, least)) { ColorIndex = 1 }, new("test", sizes, Means(test)) { ColorIndex = 0 }];
        var zero = new Curve("zero predictor", sizes, FeatureFigures.Level(sizes.Length, 1)) { Role = CurveRole.Reference, ColorIndex = 4 };
        return CurvesFigure.Of(
            [
                new CurvePanel("share of wrong classes", Pair(point => point.TestError, point => point.TrainError)) { Range = new AxisRange(0, 1) },
                new CurvePanel("squared loss", [zero, .. Pair(point => point.TestLoss, point => point.TrainLoss, LeastLoss)]) { Scale = AxisScale.Logarithmic },
                new CurvePanel("norm of weights", [new Curve("norm", sizes, Means(point => point.Norm)) { ColorIndex = 0 }]) { Scale = AxisScale.Logarithmic },
            ],
            CurvesFigureOptions.Default with
            {
                Title = "Networks of one hidden layer",
                Subtitle = Setting(asked),
                XLabel = "parameters",
                XScale = AxisScale.Logarithmic,
                Marks = [new CurveMark(threshold, string.Create(CultureInfo.InvariantCulture, $"n C = {threshold:N0}"))],
                PanelHeight = 190,
            });
    }

    private static CurvesFigure Epochs(DoubleDescentOptions asked, IReadOnlyList<NetworkPoint> points)
    {
        NetworkPoint[] first = [.. points.Where(point => point.Repeat == 0)];
        NetworkPoint[] shown = first.Length <= MostCurves ? first : [.. Enumerable.Range(0, MostCurves).Select(i => first[i * (first.Length - 1) / (MostCurves - 1)])];
        Curve[] Curves(Func<TrainingMetrics, double> value) =>
            [.. shown.Select((point, i) => new Curve($"{point.Hidden} units", [.. point.Metrics.Select(line => line.Epoch)], [.. point.Metrics.Select(value)]) { Shade = Curve.ShadeOf(i, shown.Length) })];
        return CurvesFigure.Of(
            [
                new CurvePanel("test: share of wrong classes", Curves(line => NetworkPoint.ErrorOf(line.TestAccuracy))) { Range = new AxisRange(0, 1) },
                new CurvePanel("test: squared loss", Curves(line => line.TestLoss * points[0].Classes ?? double.NaN)) { Scale = AxisScale.Logarithmic },
            ],
            CurvesFigureOptions.Default with { Title = "Networks over their training", Subtitle = Setting(asked), XLabel = "epochs + 1", XScale = AxisScale.Logarithmic, XOffset = 1, PanelHeight = 220 });
    }

    private static string Setting(DoubleDescentOptions asked) => string.Create(CultureInfo.InvariantCulture, $"{asked.Data}, n = {asked.Samples:N0}, label noise {asked.NetworkNoise:P0}, {asked.Epochs:N0} epochs, {asked.NetworkRepeats} {(asked.NetworkRepeats == 1 ? "seed" : "seeds")}{(asked.WeightReuse ? ", weights reused below the threshold" : "")}");
}
