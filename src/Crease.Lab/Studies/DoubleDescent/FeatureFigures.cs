using System.Globalization;
using Crease.Views;

namespace Crease.Lab;

/// <summary>Figures of feature models.</summary>
internal static class FeatureFigures
{
    // Training losses beyond the threshold are rounding: they would stretch the axis over twenty decades.
    private const double LeastLoss = 1e-3;

    public static IEnumerable<ReportFigure> Of(DoubleDescentOptions asked, DescentResults results)
    {
        foreach (FeatureKind kind in FeatureMeans.Kinds(results.Features))
        {
            string word = kind.ToString().ToLowerInvariant(), name = Name(kind);
            IReadOnlyList<FeatureMeans> means = FeatureMeans.Of(kind, results.Features);
            yield return new ReportFigure($"{word}-capacity", $"{name}: share of wrong classes, squared loss and norm of the coefficients against N; the line is N = n. Errors are means, loss and norm medians over seeds. Ridge takes the λ that is best on the test rows, which no user knows: a bound, not a method.", Capacity(asked, means).Save);
            yield return new ReportFigure($"{word}-parameters", $"{name}: effective parameters against N: trace(S) on training rows, and n times the mean squared norm of a test row's row of S, where predictions are S y.", Parameters(asked, means).Save);
            yield return new ReportFigure($"{word}-folded", $"{name}: the same test losses against effective parameters on test rows: sizes up to n and sizes beyond are two curves of their own, and the peak is where they meet.", Folded(asked, means).Save);
            if (results.Sizes.Count > 0)
                yield return new ReportFigure($"{word}-samples", $"{name}: test error and squared loss against the number of training rows, N fixed: more rows make it worse up to n = N.", Samples(asked, FeatureMeans.Of(kind, results.Sizes)).Save);
        }
        if (results.Gaussian.Count > 0)
            yield return new ReportFigure("gaussian", "Gaussian features: the exact risk (infinite from n - 1 to n + 1) and what draws gave.", Gaussian(asked, results.Gaussian).Save);
    }

    public static double[] Level(int points, double value) => [.. Enumerable.Repeat(value, points)];

    private static string Name(FeatureKind kind) => kind == FeatureKind.Fourier ? "Random Fourier features" : "Random ReLU features";

    private static string Setting(DoubleDescentOptions asked) => string.Create(CultureInfo.InvariantCulture, $"{asked.Data}, n = {asked.Samples:N0}, {asked.Repeats} seeds{(asked.LabelNoise > 0 ? $", label noise {asked.LabelNoise:P0}" : "")}");

    private static CurvesFigure Capacity(DoubleDescentOptions asked, IReadOnlyList<FeatureMeans> means)
    {
        double[] counts = [.. means.Select(mean => (double)mean.Count)];
        var errors = new List<Curve>();
        var losses = new List<Curve>();
        if (FeatureMeans.BestSmaller(means, mean => mean.TestError) is FeatureMeans byError)
            errors.Add(new Curve("best model with N < n", counts, Level(counts.Length, byError.TestError)) { Role = CurveRole.Reference, ColorIndex = 3 });
        losses.Add(new Curve("zero predictor", counts, Level(counts.Length, 1)) { Role = CurveRole.Reference, ColorIndex = 4 });
        if (FeatureMeans.BestSmaller(means, mean => mean.TestLoss) is FeatureMeans byLoss)
            losses.Add(new Curve("best model with N < n", counts, Level(counts.Length, byLoss.TestLoss)) { Role = CurveRole.Reference, ColorIndex = 3 });
        if (means[0].RidgeError is not null)
        {
            errors.Add(new Curve("test, best ridge", counts, [.. means.Select(mean => mean.RidgeError!.Value)]) { ColorIndex = 2 });
            losses.Add(new Curve("test, best ridge", counts, [.. means.Select(mean => mean.RidgeLoss!.Value)]) { ColorIndex = 2 });
        }
        errors.Add(new Curve("train", counts, [.. means.Select(mean => mean.TrainError)]) { ColorIndex = 1 });
        losses.Add(new Curve("train", counts, [.. means.Select(mean => mean.TrainLoss >= LeastLoss ? mean.TrainLoss : double.NaN)]) { ColorIndex = 1 });
        errors.Add(new Curve("test, minimum norm", counts, [.. means.Select(mean => mean.TestError)]) { ColorIndex = 0, HalfWidths = asked.Repeats > 1 ? [.. means.Select(mean => mean.TestErrorError)] : null });
        losses.Add(new Curve("test, minimum norm", counts, [.. means.Select(mean => mean.TestLoss)]) { ColorIndex = 0 });
        return CurvesFigure.Of(
            [
                new CurvePanel("share of wrong classes", errors) { Range = new AxisRange(0, 1) },
                new CurvePanel("squared loss", losses) { Scale = AxisScale.Logarithmic },
                new CurvePanel("norm of coefficients", [new Curve("minimum norm", counts, [.. means.Select(mean => mean.Norm)]) { ColorIndex = 0 }]) { Scale = AxisScale.Logarithmic },
            ],
            Usual(asked, Name(means[0].Kind)) with { PanelHeight = 190 });
    }

    private static CurvesFigureOptions Usual(DoubleDescentOptions asked, string title) => CurvesFigureOptions.Default with
    {
        Title = title,
        Subtitle = Setting(asked),
        XLabel = "N, random features",
        XScale = AxisScale.Logarithmic,
        Marks = [new CurveMark(asked.Samples, string.Create(CultureInfo.InvariantCulture, $"N = n = {asked.Samples:N0}"))],
    };

    private static CurvesFigure Parameters(DoubleDescentOptions asked, IReadOnlyList<FeatureMeans> means)
    {
        double[] counts = [.. means.Select(mean => (double)mean.Count)];
        return CurvesFigure.Of(
            [new CurvePanel("effective parameters", [new Curve("training rows: trace(S)", counts, [.. means.Select(mean => mean.TrainParameters)]) { ColorIndex = 1 }, new Curve("test rows: n mean ‖s‖²", counts, [.. means.Select(mean => mean.TestParameters)]) { ColorIndex = 0 }]) { Scale = AxisScale.Logarithmic }],
            Usual(asked, $"{Name(means[0].Kind)}: effective parameters") with { PanelHeight = 260 });
    }

    private static CurvesFigure Folded(DoubleDescentOptions asked, IReadOnlyList<FeatureMeans> means)
    {
        Curve Part(string name, int color, Func<FeatureMeans, bool> isIn)
        {
            FeatureMeans[] part = [.. means.Where(isIn)];
            return new Curve(name, [.. part.Select(mean => mean.TestParameters)], [.. part.Select(mean => mean.TestLoss)]) { ColorIndex = color };
        }
        return CurvesFigure.Of(
            [new CurvePanel("squared loss on test rows", [Part("N ≤ n", 0, mean => mean.Count <= mean.Samples), Part("N > n", 1, mean => mean.Count > mean.Samples)]) { Scale = AxisScale.Logarithmic }],
            Usual(asked, $"{Name(means[0].Kind)}, by effective parameters") with { XLabel = "effective parameters on test rows: n mean ‖s‖²", Marks = [], PanelHeight = 260 });
    }

    private static CurvesFigure Samples(DoubleDescentOptions asked, IReadOnlyList<FeatureMeans> means)
    {
        double[] sizes = [.. means.Select(mean => (double)mean.Samples)];
        CurvePanel Panel(string label, Func<FeatureMeans, double> plain, Func<FeatureMeans, double?> ridge) => new(label,
        [
            .. means[0].RidgeError is null ? [] : new[] { new Curve("test, best ridge", sizes, [.. means.Select(mean => ridge(mean)!.Value)]) { ColorIndex = 2 } },
            new Curve("test, minimum norm", sizes, [.. means.Select(plain)]) { ColorIndex = 0 },
        ]);
        return CurvesFigure.Of(
            [Panel("share of wrong classes", mean => mean.TestError, mean => mean.RidgeError) with { Range = new AxisRange(0, 1) }, Panel("squared loss", mean => mean.TestLoss, mean => mean.RidgeLoss) with { Scale = AxisScale.Logarithmic }],
            Usual(asked, $"{Name(means[0].Kind)}: more rows, N = {means[0].Count.ToString("N0", CultureInfo.InvariantCulture)}") with { Subtitle = string.Create(CultureInfo.InvariantCulture, $"{asked.Data}, {asked.Repeats} seeds"), XLabel = "n, training rows", Marks = [new CurveMark(means[0].Count, "n = N")], PanelHeight = 200 });
    }

    private static CurvesFigure Gaussian(DoubleDescentOptions asked, IReadOnlyList<GaussianTrial> trials)
    {
        const int Samples = GaussianTrial.Samples;
        double[] all = [.. Enumerable.Range(1, GaussianTrial.Features).Select(used => (double)used)];
        double Exact(double used) => GaussianRisk.Of(Samples, (int)used, used / GaussianTrial.Features, 1 - used / GaussianTrial.Features, GaussianTrial.Noise * GaussianTrial.Noise);
        double[] drawn = [.. trials.Select(trial => (double)trial.Used)];
        return CurvesFigure.Of(
            [
                new CurvePanel("expected squared error",
                [
                    new Curve("exact", all, Array.ConvertAll(all, Exact)) { ColorIndex = 0 },
                    // A point between gaps is a dot.
                    new Curve("mean of draws", [.. drawn.SelectMany(used => new[] { used, double.NaN })], [.. trials.SelectMany(trial => new[] { trial.Mean, double.NaN })]) { ColorIndex = 1 },
                    new Curve("median of draws", [.. drawn.SelectMany(used => new[] { used, double.NaN })], [.. trials.SelectMany(trial => new[] { trial.Median, double.NaN })]) { ColorIndex = 2 },
                ])
                { Scale = AxisScale.Logarithmic },
            ],
            CurvesFigureOptions.Default with
            {
                Title = "Gaussian features, p of 100 used",
                Subtitle = string.Create(CultureInfo.InvariantCulture, $"n = {Samples}, noise of deviation {GaussianTrial.Noise}, all coefficients 0.1; {asked.GaussianDraws:N0} draws per size"),
                XLabel = "p, features used",
                XIsWhole = true,
                Marks = [new CurveMark(Samples, "p = n")],
                PanelHeight = 300,
            });
    }
}
