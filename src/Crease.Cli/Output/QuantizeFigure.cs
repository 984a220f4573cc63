using Crease.Lab;
using Crease.Measures;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>Curves against the number of bits; dashed: the network before quantization.</summary>
internal static class QuantizeFigure
{
    private const int MostLayers = 6;

    public static CurvesFigure Of(QuantizationCurve curve, QuantizationCuts? cuts, string network, QuantizeCall call, string? title, int? width)
    {
        double[] bits = [.. curve.Results.Select(result => (double)result.Bits!.Value)];
        var panels = new List<CurvePanel>();
        if (curve.Before.Accuracy is not null)
            panels.Add(Accuracy(curve, bits));
        if (!curve.Epsilons.IsEmpty)
            panels.Add(Losses(curve, bits));
        if (curve.Results[0].Change is CodeChange first)
        {
            panels.Add(Panel("share of units", "units on another piece at samples, by layer",
            [
                .. Enumerable.Range(0, Math.Min(MostLayers, first.HammingShares.Length)).Select(layer => Line($"layer {layer + 1}", bits, curve, result => result.Change!.HammingShares[layer], layer)),
            ]));
            panels.Add(Panel("share of samples", "samples whose region or class changes",
            [
                Line("other region", bits, curve, result => result.Change!.ChangedRegions, 0),
                Line("other class", bits, curve, result => result.Change!.ChangedClasses, 1),
            ]));
            panels.Add(Distances("nearest crease (L2)", bits, curve, change => change.Creases));
            panels.Add(Distances("nearest decision boundary (L2)", bits, curve, change => change.Boundaries));
        }
        if (cuts is not null)
        {
            panels.Add(Panel("regions of the slice", "slice: number of regions", [new Curve("quantized", bits, [.. cuts.After.Select(cut => (double)cut.Partition.RegionCount)]), Flat(bits, cuts.Before.RegionCount, 0)]));
            panels.Add(Panel("share of the area", "slice: area with another code or class", [new Curve("other code", bits, [.. cuts.After.Select(cut => cut.Overlay.ChangedCodes ?? double.NaN)]), new Curve("other class", bits, [.. cuts.After.Select(cut => cut.Overlay.ChangedClasses)]) { ColorIndex = 1 }]));
        }
        CurvesFigureOptions options = CurvesFigureOptions.Default with
        {
            Title = title ?? $"Weights of few bits: {network}",
            Subtitle = $"{call.Data}; {(call.Options.Grid.IsSymmetric ? "symmetric" : "asymmetric")}, per {(call.Options.Grid.PerChannel ? "channel" : "tensor")}; dashed: before quantization",
            XLabel = "bits per weight",
            XIsWhole = true,
            Columns = panels.Count > 1 ? 2 : 1,
            SharesY = false,
            LegendPerPanel = true,
            PanelHeight = 200,
            Width = 860,
            Note = curve.Epsilons.IsEmpty ? null : Note(curve),
        };
        return CurvesFigure.Of(panels, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    private static string Note(QuantizationCurve curve) => curve.Before.Audit.IsEmpty
        ? AuditCaption.NotRun("the same call without --no-audit")
        : AuditCaption.OfMany(curve.Epsilons.Max(), curve.Results.Prepend(curve.Before).Select(result =>
            (result.Bits is int bits ? QuantizationCuts.Named(bits) : "before quantization", 1, (IReadOnlyList<IReadOnlyList<string>>)(result.IsBelieved == false ? [[.. result.Audit.Where(line => !line.Passes).Select(line => line.Name)]] : []))));

    private static CurvePanel Accuracy(QuantizationCurve curve, double[] bits)
    {
        var curves = new List<Curve> { Line("accuracy", bits, curve, result => result.Accuracy, 0), Flat(bits, curve.Before.Accuracy, 0) };
        if (!curve.Epsilons.IsEmpty)
        {
            int e = Largest(curve);
            curves.AddRange([Line("under attack", bits, curve, result => result.Robust[e], 1), Flat(bits, curve.Before.Robust[e], 1), Line("transferred", bits, curve, result => result.Transferred[e], 3)]);
            if (!curve.Before.Certified.IsEmpty)
                curves.AddRange([Line("certified", bits, curve, result => QuantizeReport.At(result.Certified, e), 2), Flat(bits, QuantizeReport.At(curve.Before.Certified, e), 2)]);
        }
        return Panel("share of samples", curve.Epsilons.IsEmpty ? "accuracy" : FormattableString.Invariant($"accuracy; attack and proof at ε = {curve.Epsilons.Max():G3}"), curves) with { Range = new AxisRange(0, 1.02) };
    }

    private static CurvePanel Losses(QuantizationCurve curve, double[] bits)
    {
        int e = Largest(curve);
        return Panel("accuracy lost", FormattableString.Invariant($"losses at ε = {curve.Epsilons[e]:G3}"),
        [
            Line("quantization", bits, curve, result => result.QuantizationLoss(curve.Before), 0), Line("adversarial", bits, curve, result => result.AdversarialLoss(e), 1),
            Flat(bits, curve.Before.AdversarialLoss(e), 1), Line("joint", bits, curve, result => result.JointLoss(curve.Before, e), 2),
        ]);
    }

    private static CurvePanel Distances(string title, double[] bits, QuantizationCurve curve, Func<CodeChange, DistanceShift> shift)
    {
        var curves = new List<Curve>();
        foreach ((int place, string name) in new[] { (0, "5 %"), (1, "quarter"), (2, "median") })
            curves.AddRange([Line(name, bits, curve, result => shift(result.Change!).After[place], place), Flat(bits, shift(curve.Results[0].Change!).Before[place], place)]);
        return Panel("distance", title, curves) with { Scale = AxisScale.Logarithmic };
    }

    private static int Largest(QuantizationCurve curve) => curve.Epsilons.IndexOf(curve.Epsilons.Max());

    private static CurvePanel Panel(string label, string title, IReadOnlyList<Curve> curves) => new(label, curves) { Title = title };

    private static Curve Line(string name, double[] bits, QuantizationCurve curve, Func<QuantizedResult, double?> value, int color) =>
        new(name, bits, [.. curve.Results.Select(result => value(result) ?? double.NaN)]) { ColorIndex = color };

    // No name: the look of the curve it belongs to says which.
    private static Curve Flat(double[] bits, double? value, int color) => new("", bits, [.. bits.Select(_ => value ?? double.NaN)]) { ColorIndex = color, Role = CurveRole.Reference };
}
