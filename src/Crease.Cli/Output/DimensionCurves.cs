using Crease.Measures;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Figures of intrinsic dimension: against the scale, or from layer to layer.</summary>
internal static class DimensionCurves
{
    public static CurvesFigure Of(DimensionResults results, CurvesFigureOptions options) => results.Layers.Length > 0 ? Layers(results, options) : Scales(results, options);

    private static CurvesFigure Scales(DimensionResults results, CurvesFigureOptions options)
    {
        var curves = new List<Curve>();
        if (results.Ranks.Length > 0)
            curves.Add(Curve("GRIDE, ranks 1, 2, 4, ...", results.Ranks, 0));
        if (results.Blocks.Length > 0)
            curves.Add(Curve("TwoNN, points in 1, 2, 4, ... parts", results.Blocks, 1));
        return CurvesFigure.Of([new CurvePanel("intrinsic dimension", curves)], options with
        {
            Title = options.Title ?? $"{results.Name}: dimension against scale",
            Subtitle = $"bands hold 95 %; {results.Cloud!.Count:N0} points",
            XLabel = "mean distance of the neighbors looked at",
            XScale = AxisScale.Logarithmic,
        });
    }

    private static CurvesFigure Layers(DimensionResults results, CurvesFigureOptions options)
    {
        double[] depth = [.. Enumerable.Range(0, results.Layers.Length).Select(layer => (double)layer)];
        Curve[] curves = [.. Enumerable.Range(0, results.Call.Estimators.Count).Select(e => new Curve(results.Call.Estimators[e].Name, depth, [.. results.Layers.Select(layer => layer.Estimates[e].Value ?? double.NaN)])
        {
            HalfWidths = [.. results.Layers.Select(layer => Half(layer.Estimates[e]))],
            ColorIndex = e,
        })];
        return CurvesFigure.Of([new CurvePanel("intrinsic dimension", curves)], options with
        {
            Title = options.Title ?? $"{results.Name}: dimension of activations",
            Subtitle = "layer 0 is the input; bands hold 95 %",
            XLabel = "layer",
            XIsWhole = true,
        });
    }

    private static Curve Curve(string name, IReadOnlyList<DimensionScale> scales, int color) => new(name, [.. scales.Select(scale => scale.Distance)], [.. scales.Select(scale => scale.Estimate.Value ?? double.NaN)])
    {
        HalfWidths = [.. scales.Select(scale => Half(scale.Estimate))],
        ColorIndex = color,
    };

    private static double Half(DimensionEstimate estimate) => estimate.Interval is { } interval ? (interval.High - interval.Low) / 2 : double.NaN;
}
