using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;

namespace Crease.Cli.Output;

/// <summary>One slice cut by a network before and after quantization.</summary>
internal sealed class QuantizationCuts
{
    // Two networks of so many regions have about a million cells together, which take a minute per number of bits.
    private const int MostExactRegions = 60_000, Points = 1 << 16;

    private const int MostColumns = 4;

    private readonly double[][] _anchors;

    private QuantizationCuts(Partition before, double[][] anchors) => (Before, _anchors) = (before, anchors);

    /// <summary>The partition before quantization.</summary>
    public Partition Before { get; }

    /// <summary>The partition at every number of bits, and how it lies over the one before.</summary>
    public List<(int Bits, Partition Partition, PartitionOverlay Overlay)> After { get; } = [];

    /// <summary>Status of the first cut that was left before its end; complete where there is none.</summary>
    public Status Status => End.Status;

    /// <summary>Regions of that cut.</summary>
    public int EndRegions => End.Regions;

    private (Status Status, int Regions) End => After.SelectMany(each => new (Status Status, int Regions)[] { (each.Partition.Status, each.Partition.RegionCount), (each.Overlay.Status, each.Overlay.Cells) })
        .Prepend((Before.Status, Before.RegionCount)).FirstOrDefault(cut => cut.Status != Status.Complete);

    public static QuantizationCuts Of(QuantizationCurve curve, Slice slice, double[][] anchors, int maxRegions, RunContext run)
    {
        var options = new CutOptions { Boundary = true, MaxRegions = maxRegions };
        run = run with { Progress = null };
        Partition Cut(Network network) => new PlanarPartitioner(network).Cut(slice, run, options);
        var cuts = new QuantizationCuts(Cut(curve.Before.Network), anchors);
        foreach (QuantizedResult result in curve.Results)
        {
            Partition after = Cut(result.Network);
            bool isSmall = (long)cuts.Before.RegionCount + after.RegionCount <= MostExactRegions;
            cuts.After.Add((result.Bits!.Value, after, isSmall
                ? PartitionOverlay.Of(curve.Before.Network, result.Network, slice, run, options)
                : PartitionOverlay.Sampled(curve.Before.Network, result.Network, slice, Points, run)));
        }
        return cuts;
    }

    /// <summary>What to know of the shares, or null where all are exact.</summary>
    public string? Sampling => After.Select(each => each.Overlay).Where(overlay => overlay.IsSampled).Select(overlay => FormattableString.Invariant($"of slices with more than {MostExactRegions:N0} regions, before and after together, the changed area is that of {overlay.Cells:N0} points and not exact")).FirstOrDefault();

    /// <summary>The length of the decision boundary, in units of the slice.</summary>
    public static double Length(Partition partition) => partition.Boundary?.Length ?? 0;

    /// <summary>A panel per number of bits and one of the network before.</summary>
    public CreasePanelsFigure Panels(string? title, int? width)
    {
        CreasePanel Panel(string name, Partition partition, string more, params CreaseTrace[] boundaries) =>
            new(FormattableString.Invariant($"{name}: {partition.RegionCount:N0}{more}"), [new CreaseTrace(partition, CreaseRole.Earlier), .. boundaries]);
        var panels = new List<CreasePanel>();
        foreach ((int bits, Partition partition, PartitionOverlay overlay) in After)
            panels.Add(Panel(Named(bits), partition, FormattableString.Invariant($"; {100 * overlay.ChangedClasses:F1} %"), new CreaseTrace(partition, CreaseRole.Boundary), new CreaseTrace(Before, CreaseRole.OtherBoundary)));
        panels.Add(Panel("before", Before, "", new CreaseTrace(Before, CreaseRole.OtherBoundary)));
        var options = new CreasePanelsFigureOptions
        {
            Columns = Math.Min(MostColumns, panels.Count),
            Points = PictureWords.Markers(Before.Slice, _anchors),
            Title = title ?? $"Weights of few bits: {Before.Network.Name}",
            Subtitle = "gray: creases; orange: decision boundary; black: that before; numbers: regions; area that is given another class",
        };
        return CreasePanelsFigure.Of(panels, width is int pixels ? options with { Width = pixels, PngWidth = pixels } : options);
    }

    public static string Named(int bits) => bits == 1 ? "1 bit" : $"{bits} bits";
}
