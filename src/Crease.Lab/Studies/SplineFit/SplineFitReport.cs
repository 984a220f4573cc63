using System.Collections.Immutable;
using System.Globalization;
using Crease.Views;

namespace Crease.Lab;

/// <summary>The report of the study.</summary>
internal static class SplineFitReport
{
    // Pieces of the domain in which creases are counted for the figures.
    private const int Pieces = 40;

    public static StudyReport Of(SplineFitOptions options, IReadOnlyList<CurveFit> fits, ulong seed) => new()
    {
        Study = "spline-fit",
        Title = $"Regions along a curve: {options.Curve} learned by small networks",
        Introduction = string.Create(CultureInfo.InvariantCulture, $"Networks learn {options.Curve} on [-2π, 2π] at {options.Bins:N0} places, by Adam with a rate of {options.Rate} that falls along a cosine over {options.Steps:N0} steps of {options.Batch} places. A perceptron is given the place; its regions are cut exactly. A transformer of one block, width {CurveTransformer.TokenWidth}, heads of width {CurveTransformer.HeadWidth} and {options.Gates} gates is given the values before the one that it predicts; the patterns of its gates are looked at in {options.Finer} steps per place."),
        Options = options,
        Seeds = [.. Enumerable.Range(0, options.Repeats).Select(repeat => seed + (ulong)repeat)],
        Checks = [.. Checks(fits)],
        Figures = [.. Figures(options, fits)],
        Tables = [Means(fits), Networks(fits)],
        Caveats =
        [
            "Counts of transformers are from steps along the curve: two changes within a step are seen as one or none, so each is at least what is said.",
            "More heads and longer contexts also mean more weights; what is compared differs in size.",
            "Weights start from random numbers of our own, and the source names neither its optimizer nor its steps: counts are not comparable one by one.",
            "A count along one curve says nothing of regions elsewhere in the input space.",
        ],
        Citations = ["cosentino2024reasoning", "hanin2019complexity"],
    };

    private static IEnumerable<ReportCheck> Checks(IReadOnlyList<CurveFit> fits)
    {
        CurveFit[] perceptrons = [.. fits.Where(fit => fit.Heads == 0)];
        if (perceptrons.Length > 0)
        {
            bool holds = perceptrons.All(fit => fit.Regions.All(count => count <= RegionBound.Of(fit.Units, 1)));
            yield return new ReportCheck("regions of a perceptron of n units along a line", "at most n + 1", string.Join("; ", perceptrons.GroupBy(fit => fit.Units).Select(group => $"{group.Max(fit => fit.Regions.Max())} of {group.Key + 1}")), holds ? CheckOutcome.Met : CheckOutcome.Missed);
        }
        CurveFit[] transformers = [.. fits.Where(fit => fit.Heads > 0)];
        foreach ((string name, Func<CurveFit, int> varied, Func<CurveFit, int> fixedAt) in new[] { ("heads", (Func<CurveFit, int>)(fit => fit.Heads), (Func<CurveFit, int>)(fit => fit.Context)), ("context", fit => fit.Context, fit => fit.Heads) })
        {
            if (transformers.Select(varied).Distinct().Count() < 2)
                continue;
            foreach ((string when, int at) in new[] { ("before training", 0), ("after training", 1) })
            {
                var series = transformers.GroupBy(fixedAt).OrderBy(group => group.Key).Select(group => group.GroupBy(varied).OrderBy(same => same.Key).Select(same => same.Average(fit => fit.Regions[at])).ToArray()).ToArray();
                bool grows = series.All(means => Enumerable.Range(1, means.Length - 1).All(i => means[i] >= means[i - 1]));
                yield return new ReportCheck($"mean regions of transformers against {name}, {when}", "do not fall", string.Join("; ", series.Select(means => string.Join(" → ", means.Select(mean => mean.ToString("F1", CultureInfo.InvariantCulture))))), grows ? CheckOutcome.Met : CheckOutcome.Missed);
            }
        }
    }

    private static IEnumerable<ReportFigure> Figures(SplineFitOptions options, IReadOnlyList<CurveFit> fits)
    {
        foreach (CurveFit fit in fits.Where(fit => fit.Repeat == 0))
            yield return new ReportFigure(fit.FileName, $"{Capital(fit.Kind)}: the curve, what was learned, and where its regions end (dots: {fit.Creases.Length}); below, how many end in each of {Pieces} parts.", Drawn(options, fit).Save);
        CurveFit[] transformers = [.. fits.Where(fit => fit.Heads > 0)];
        if (transformers.Select(fit => fit.Heads).Distinct().Count() > 1 || transformers.Select(fit => fit.Context).Distinct().Count() > 1)
            yield return new ReportFigure("heads-and-context", "Mean number of regions along the curve against heads, for each context; bands: standard error over seeds.", Growth(options, transformers).Save);
    }

    private static CurvesFigure Drawn(SplineFitOptions options, CurveFit fit)
    {
        double step = 2 * TargetCurve.End / options.Bins;
        double[] places = [.. Enumerable.Range(0, options.Bins).Select(bin => -TargetCurve.End + (bin + 0.5) * step)];
        Func<double, double> curve = TargetCurve.Of(options.Curve);
        // A point between gaps is a dot.
        double[] dots = [.. fit.Creases.SelectMany(place => new[] { place, double.NaN })];
        double Fitted(double place) => double.IsNaN(place) ? place : fit.Values[Math.Clamp((int)((place + TargetCurve.End) / step), 0, options.Bins - 1)];
        var learned = new CurvePanel("value",
        [
            new Curve(options.Curve, places, Array.ConvertAll(places, place => curve(place))) { Role = CurveRole.Reference, ColorIndex = 0 },
            new Curve("learned", places, fit.Values) { ColorIndex = 0 },
            new Curve("ends of regions", dots, Array.ConvertAll(dots, Fitted)) { ColorIndex = 1 },
        ]);
        double width = 2 * TargetCurve.End / Pieces;
        int[] counts = [.. Enumerable.Range(0, Pieces).Select(piece => fit.Creases.Count(place => (int)Math.Clamp((place + TargetCurve.End) / width, 0, Pieces - 1) == piece))];
        double[] edges = [.. Enumerable.Range(0, Pieces).SelectMany(piece => new[] { -TargetCurve.End + piece * width, -TargetCurve.End + (piece + 1) * width })];
        var ends = new CurvePanel("ends of regions", [new Curve("", edges, [.. counts.SelectMany(count => new[] { (double)count, count })]) { ColorIndex = 1 }]) { Range = new AxisRange(0, 1.1 * Math.Max(1, counts.Max())) };
        return CurvesFigure.Of([learned, ends], CurvesFigureOptions.Default with
        {
            Title = $"{Capital(fit.Kind)}: {fit.Regions[1]} regions along {options.Curve}",
            Subtitle = string.Create(CultureInfo.InvariantCulture, $"{(fit.Heads == 0 ? "exact" : "at least, from steps along the curve")}; {fit.Regions[0]} before training; root mean squared error {fit.Errors[1]:G2}"),
            XLabel = "place (radians)",
            XRange = new AxisRange(-TargetCurve.End, TargetCurve.End),
            PanelHeight = 200,
        });
    }

    private static CurvesFigure Growth(SplineFitOptions options, CurveFit[] fits)
    {
        Curve Line(int context, int index, int at)
        {
            (int Heads, double[] Counts)[] points = [.. fits.Where(fit => fit.Context == context).GroupBy(fit => fit.Heads).OrderBy(group => group.Key).Select(group => (group.Key, group.Select(fit => (double)fit.Regions[at]).ToArray()))];
            return new Curve($"context {context}", [.. points.Select(point => (double)point.Heads)], [.. points.Select(point => point.Counts.Average())]) { ColorIndex = index, HalfWidths = [.. points.Select(point => StandardError.Of(point.Counts))] };
        }
        int[] contexts = [.. fits.Select(fit => fit.Context).Distinct().Order()];
        CurvePanel Panel(string title, int at) => new("regions", [.. contexts.Select((context, index) => Line(context, index, at))]) { Title = title };
        return CurvesFigure.Of([Panel("before training", 0), Panel("after training", 1)], CurvesFigureOptions.Default with { Title = $"Regions along {options.Curve} of transformers of one block", Subtitle = $"at least, from steps along the curve; means of {options.Repeats} seeds; bands: standard error", XLabel = "heads", XIsWhole = true, Columns = 2, PanelHeight = 240 });
    }

    private static ReportTable Means(IReadOnlyList<CurveFit> fits) => new("means", "Means over seeds", [new("network"), new("networks"), new("root mean squared error"), new("regions before training"), new("regions"), new("standard error"), new("most regions that units allow along a line"), new("sign changes of gates"), new("exactness")],
    [
        .. fits.GroupBy(fit => fit.Kind).Select(group => (group.Key, Fits: group.ToArray())).Select(item => (ImmutableArray<object?>)
        [
            item.Key, item.Fits.Length, item.Fits.Average(fit => fit.Errors[1]), item.Fits.Average(fit => fit.Regions[0]), item.Fits.Average(fit => fit.Regions[1]),
            item.Fits.Length < 2 ? null : StandardError.Of([.. item.Fits.Select(fit => (double)fit.Regions[1])]), item.Fits[0].Heads == 0 ? item.Fits[0].Units + 1 : null, item.Fits.Average(fit => fit.Crossings[1]), item.Fits[0].Heads == 0 ? "exact" : "sampled: at least",
        ]),
    ]);

    private static ReportTable Networks(IReadOnlyList<CurveFit> fits) => new("networks", "Each network", [new("network"), new("seed, from the first"), new("error before training"), new("error"), new("regions before training"), new("regions"), new("sign changes of gates")],
        [.. fits.Select(fit => (ImmutableArray<object?>)[fit.Kind, fit.Repeat, fit.Errors[0], fit.Errors[1], fit.Regions[0], fit.Regions[1], fit.Crossings[1]])])
    {
        IsFileOnly = true,
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
