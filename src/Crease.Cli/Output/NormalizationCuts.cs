using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>One slice cut by the variants of a network, and by the batches of its jitter where a figure asks for them.</summary>
internal sealed class NormalizationCuts
{
    private const int MostLayers = 6, MostBatches = 30, MostSizes = 4;
    private const double PanelRoom = 225;

    private readonly List<(int Size, List<Partition> Batches)> _jitter = [];
    private readonly FigurePoint[] _points;

    private NormalizationCuts(FigurePoint[] points) => _points = points;

    /// <summary>The variants, most plain first.</summary>
    public List<(string Name, Partition Partition)> Variants { get; } = [];

    /// <summary>Status of the first cut that was left before its end; complete where there is none.</summary>
    public Status Status => End.Status;

    /// <summary>Regions of that cut.</summary>
    public int EndRegions => End.Regions;

    private (Status Status, int Regions) End => Variants.Select(variant => variant.Partition).Concat(_jitter.SelectMany(size => size.Batches))
        .Select(partition => (partition.Status, partition.RegionCount)).FirstOrDefault(cut => cut.Status != Status.Complete);

    public static NormalizationCuts Of(NormalizationReport report, DataSet data, Slice slice, NormalizationCall call, RunContext run)
    {
        var cuts = new NormalizationCuts(slice.Inputs == 2 ? [.. data.Inputs.Select((row, i) => Point(slice, row, data.Labels?[i]))] : []);
        var options = new CutOptions { Boundary = true, MaxRegions = call.MaxRegions };
        Partition Cut(Network network) => new PlanarPartitioner(network).Cut(slice, run, options);
        cuts.Variants.Add(("without", Cut(report.Without)));
        cuts.Variants.Add(("batch statistics", Cut(report.Batch.Network)));
        if (report.HasOwn)
            cuts.Variants.Add(("running statistics", Cut(report.Given)));
        JitterOptions jitter = call.Options.Jitter;
        foreach (int size in call.JitterFigure is null ? [] : jitter.BatchSizes.Take(MostSizes))
        {
            cuts._jitter.Add((size, [.. Enumerable.Range(0, Math.Min(MostBatches, jitter.Batches))
                .Select(index => Cut(CreaseJitter.Batch(report.Given, data.Inputs, size, index, run.Seed, jitter.Epsilon).Network))]));
        }
        return cuts;
    }

    /// <summary>A row of panels per variant, a column per layer.</summary>
    public CreasePanelsFigure Layers(string? title, int? width)
    {
        int layers = Math.Min(MostLayers, Variants[0].Partition.Layers.Length);
        var panels = new List<CreasePanel>();
        foreach ((_, Partition partition) in Variants)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                var traces = new List<CreaseTrace>();
                if (layer > 0)
                    traces.Add(new CreaseTrace(partition, CreaseRole.Earlier, 0, layer - 1));
                traces.Add(new CreaseTrace(partition, CreaseRole.Current, layer, layer));
                panels.Add(new CreasePanel(FormattableString.Invariant($"layer {layer + 1}: {partition.RegionsPerLayer[layer]:N0} regions"), traces));
            }
        }
        double room = Math.Max(CreasePanelsFigureOptions.Default.Width, PanelRoom * layers);
        return CreasePanelsFigure.Of(panels, Sized(new CreasePanelsFigureOptions { Width = room, PngWidth = (int)(1.8 * room), Columns = Math.Max(1, layers), RowNames = [.. Variants.Select(variant => variant.Name)], Points = _points, Title = title }, width));
    }

    /// <summary>A panel per batch size with all batches over each other, and one of the statistics of evaluation.</summary>
    public CreasePanelsFigure Jitter(string? title, int? width)
    {
        (string name, Partition whole) = Variants[^1];
        var panels = new List<CreasePanel>();
        foreach ((int size, List<Partition> batches) in _jitter)
            panels.Add(new CreasePanel($"{batches.Count} batches of {size}", [.. batches.Select(batch => new CreaseTrace(batch, CreaseRole.OneOfMany)), .. batches.Select(batch => new CreaseTrace(batch, CreaseRole.BoundaryOfMany))]));
        panels.Add(new CreasePanel(name == "running statistics" ? "evaluation: running statistics" : "statistics of all data", [new CreaseTrace(whole, CreaseRole.Current), new CreaseTrace(whole, CreaseRole.Boundary)]));
        CreasePanelsFigureOptions options = new() { Columns = panels.Count, Points = [], Title = title, Subtitle = "faint blue: creases of single batches; blue: creases with the statistics of evaluation; orange: decision boundary" };
        return CreasePanelsFigure.Of(panels, Sized(options, width));
    }

    private static CreasePanelsFigureOptions Sized(CreasePanelsFigureOptions options, int? width) => width is int given ? options with { Width = given, PngWidth = given } : options;

    private static FigurePoint Point(Slice slice, double[] row, int? label)
    {
        double[] at = slice.Encode(row);
        return new FigurePoint(at[0], at[1], null, label is int c && c >= 0 ? c : null);
    }
}
