using System.Globalization;
using Crease.Lab;
using Crease.Measures;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>The pictures of <c>crease concentration</c>: crossings per length, and what was measured at the points.</summary>
internal sealed class ConcentrationFigures(ConcentrationResults results, string source, string? title, int? width)
{
    private const int MostLayers = 19;

    private string Pairs => string.Create(CultureInfo.InvariantCulture, $"{results.Twins.Count:N0} inputs and their adversarial twins ({source})");

    /// <summary>Crossings per length: all layers, then each.</summary>
    public DistributionFigure Densities()
    {
        int layers = Math.Min(MostLayers, results.Segments.Layers.Length);
        DistributionPanel[] panels = [Density("all layers", null), .. Enumerable.Range(0, layers).Select(layer => Density($"layer {layer + 1}: {results.Segments.Layers[layer].Name}", layer))];
        return DistributionFigure.Of(panels, Options($"Crossings per length, {results.Network.Name}", $"{Pairs}; a dot is an input, a box the middle half of them"));
    }

    /// <summary>What was measured at the inputs and at their twins.</summary>
    public DistributionFigure Points() => DistributionFigure.Of([.. results.Points.Take(MostLayers + 1).Select(metric => new DistributionPanel(metric.Name, metric.Unit switch
    {
        "distance" => "distance in input units",
        "share" => FormattableString.Invariant($"share of units within {results.Settings.Radius:G4} in L∞"),
        _ => FormattableString.Invariant($"{metric.Unit} within {results.Settings.Radius:G4}"),
    }, [new DistributionGroup("input", metric.Clean) { ColorIndex = 0 }, new DistributionGroup("adversarial twin", metric.Adversarial) { ColorIndex = 1 }])
    {
        Scale = metric.Unit == "distance" ? AxisScale.Logarithmic : AxisScale.Linear,
    })], Options($"Inputs and adversarial twins, {results.Network.Name}", Pairs));

    private DistributionPanel Density(string name, int? layer)
    {
        (SegmentKind Kind, string Name, int Color)[] kinds = [(SegmentKind.Adversarial, "to the adversarial twin", 1), (SegmentKind.Random, "random, as long", 0), (SegmentKind.Toward, "toward another class, as long", 2), (SegmentKind.Whole, "all the way to another class", 3)];
        return new DistributionPanel(name, "crossings per unit of L2 length",
            [.. kinds.Select(kind => new DistributionGroup(kind.Name, results.Segments.Densities(kind.Kind, layer)) { ColorIndex = kind.Color }).Where(group => group.Values.Count > 0)]);
    }

    private DistributionFigureOptions Options(string usual, string subtitle)
    {
        DistributionFigureOptions options = DistributionFigureOptions.Default with { Title = title ?? usual, Subtitle = subtitle };
        return width is int pixels ? options with { Width = pixels, PngWidth = pixels, Columns = pixels < 600 ? 1 : options.Columns } : options;
    }
}
