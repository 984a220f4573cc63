using Crease.Geometry;
using Crease.Models;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>Figures of partitions and tables of their regions, as files: those that <c>crease partition</c> saves.</summary>
internal static class FigureEndpoints
{
    // Below this share of where it lies, coordinates of a view need digits that axes of the whole slice have not.
    private const double Deep = 1e-6;

    private static readonly string[] Pictures = ["svg", "png", "pdf", "html"], Tables = ["csv", "parquet"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/figures", (FigureQuery query, FigureParts parts, HttpContext context) => parts.Gate.Run(run => Made(query, parts, run, context), context.RequestAborted)).WithName("Figure")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    private static IResult Made(FigureQuery query, FigureParts parts, RunContext run, HttpContext context)
    {
        if (!Pictures.Contains(query.Format) && !Tables.Contains(query.Format))
            throw new ArgumentException($"the format is '{query.Format}'; expected {string.Join(", ", Pictures.Concat(Tables))}");
        CutOptions limits = parts.Options.Limits(query.Boundary, query.MaxRegions);
        if (query.Range is not (null or [_, _]))
            throw new ArgumentException($"the range has {query.Range.Length} numbers; expected those of both ends");
        RegionColor color = ColorOf(query.Color);
        PreparedNetwork network = parts.Shelf.Open(query.Network);
        (Slice slice, SliceReader.Anchor[] anchors) = parts.Reader.Read(query.Network, network.Network, query.Slice);
        Slice seen = Seen(slice, query.Viewport, out (double X, double Y) center);
        string name = NameOf(query.Network);
        if (Tables.Contains(query.Format))
            return FileAnswer.Of(context, parts.Workspace, $"{name}-regions.{query.Format}", stream => RegionTable.Write(stream, RegionTable.FormatOf("." + query.Format), network.Planar(query.Layers), seen, run, limits with { Boundary = false }));
        Partition partition = network.Planar(query.Layers).Cut(seen, run, limits);
        run.Cancellation.ThrowIfCancellationRequested();
        DataSet? data = parts.Suited.Open(query.Network, network.Network);
        PartitionFigureOptions options = PartitionFigureOptions.Default with
        {
            Color = color,
            ColorRange = query.Range is [double low, double high] ? new AxisRange(low, high) : null,
            Boundary = query.Boundary,
            Title = name + (center == (0, 0) ? "" : FormattableString.Invariant($", around ({center.X:R}, {center.Y:R})")),
            Points = [.. anchors.Select(anchor => new FigurePoint(anchor.S - center.X, anchor.T - center.Y, anchor.Label is int label && data is not null ? data.ClassName(label) : $"row {anchor.Row}", anchor.Label))],
            ClassNames = data is null ? null : [.. Enumerable.Range(0, Math.Max(2, network.Network.OutputShape.Size)).Select(data.ClassName)],
        };
        return FileAnswer.Of(context, parts.Workspace, $"{name}-{query.Color}.{query.Format}", stream => PartitionFigure.Of(partition, options).Write(stream, FormatOf(query.Format)));
    }

    /// <summary>The color of a word.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static RegionColor ColorOf(string word) => RegionColorWords.Of(word) ?? throw new ArgumentException($"the color is '{word}'; expected {string.Join(", ", RegionColorWords.All)}");

    /// <summary>The format of an ending without its dot.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static FigureFormat FormatOf(string ending) => ending switch
    {
        "svg" => FigureFormat.Svg,
        "png" => FigureFormat.Png,
        "pdf" => FigureFormat.Pdf,
        "html" => FigureFormat.Html,
        _ => throw new ArgumentException($"the format is '{ending}'; expected svg, png or pdf"),
    };

    /// <summary>The part of a slice that is seen: in the coordinates of the slice, or, deep in, in such as count from its center.</summary>
    public static Slice Seen(Slice slice, Viewport? view, out (double X, double Y) center)
    {
        center = (0, 0);
        if (view is null)
            return slice;
        if (Math.Min(view.Width, view.Height) < Deep * Math.Max(Math.Abs(view.X), Math.Abs(view.Y)))
        {
            center = (view.X, view.Y);
            return slice.Viewport([view.X, view.Y], view.Width, view.Height);
        }
        return slice.WithDomain(Domains.Box(view.X - view.Width / 2, view.X + view.Width / 2, view.Y - view.Height / 2, view.Y + view.Height / 2));
    }

    private static string NameOf(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace('@', '-').Replace(".onnx", "", StringComparison.OrdinalIgnoreCase);

    internal sealed record FigureQuery(
        string Network, SliceRequest? Slice = null, Viewport? Viewport = null, string Color = "slope", string Format = "svg", bool Boundary = true, int MaxRegions = 200_000, int? Layers = null,
        double[]? Range = null);
}
