using System.Collections.Frozen;
using System.Text.Json;
using Crease.Lab;
using Crease.Networks;
using Crease.Numerics;
using Crease.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>What a run leaves to keep: tables, figures, its report, and the movie of a slice.</summary>
internal static class RunFileEndpoints
{
    private const int MovieWidth = 700;

    // A report is a page of its own that needs nothing of the Studio: it may style itself and show figures, and neither runs scripts, nor asks this server for anything,
    // nor is of its origin, so that no name of a run or text in a figure can ever act as the Studio.
    private const string ReportPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, RunChart> Charts = Enum.GetValues<RunChart>().ToFrozenDictionary(chart => JsonNamingPolicy.CamelCase.ConvertName($"{chart}"));

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder run = api.MapGroup("/runs/{id}");
        run.MapGet("/metrics.csv", (string id, RunRecords records, WorkspaceFolder workspace, HttpContext context) =>
            FileAnswer.Of(context, workspace, $"{id}-metrics.csv", stream => MetricsTable.WriteCsv(records[id].Metrics, stream))).WithName("MetricsTable").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        run.MapGet("/dynamics.csv", (string id, RunRecords records, WorkspaceFolder workspace, HttpContext context) =>
        {
            DynamicsResult result = records.Measured(id);
            return FileAnswer.Of(context, workspace, $"{id}-dynamics.csv", stream => DynamicsTable.WriteCsv(result, stream));
        }).WithName("DynamicsTable").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        run.MapGet("/figures/{chart}.{format}", (string id, string chart, string format, RunRecords records, WorkspaceFolder workspace, CutGate gate, HttpContext context) =>
            gate.Run(_ => Drawn(context, workspace, $"{id}-{chart}", format, RunCurves.Of(records[id], ChartOf(chart), CurvesFigureOptions.Default with { Title = id })), context.RequestAborted))
            .WithName("RunFigure").Produces(StatusCodes.Status200OK, contentType: "image/svg+xml");
        run.MapGet("/report", (string id, RunRecords records, CutGate gate, HttpContext context) => gate.Run(_ =>
        {
            string page = RunReport.Page(records[id]);
            context.Response.Headers.ContentSecurityPolicy = ReportPolicy;
            return Results.Text(page, "text/html; charset=utf-8");
        }, context.RequestAborted)).WithName("RunReport").Produces(StatusCodes.Status200OK, contentType: "text/html");
        run.MapGet("/movie.{format}", (string id, string format, RunBoard board, FigureParts parts, HttpContext context, string color = "slope") =>
            Movie(board[id], new MovieQuery(format, SliceRequest.Default, null, color), parts, context)).WithName("Movie").Produces(StatusCodes.Status200OK, contentType: "text/html");
        run.MapPost("/movie", (string id, MovieQuery query, RunBoard board, FigureParts parts, HttpContext context) => Movie(board[id], query, parts, context))
            .WithName("MovieOfView").Produces(StatusCodes.Status200OK, contentType: "text/html");
    }

    /// <summary>The chart of a word.</summary>
    /// <exception cref="UnknownIdException">It is none.</exception>
    public static RunChart ChartOf(string word) => Charts.TryGetValue(word, out RunChart chart) ? chart : throw new UnknownIdException(word, $"expected {string.Join(", ", Charts.Keys.Order())}");

    /// <summary>A figure as a file.</summary>
    /// <exception cref="UnknownIdException">There is nothing to draw yet.</exception>
    public static IResult Drawn(HttpContext context, WorkspaceFolder workspace, string name, string format, CurvesFigure? figure)
    {
        if (format is not ("svg" or "png" or "pdf"))
            throw new ArgumentException($"the format is '{format}'; expected svg, png or pdf");
        return figure is null
            ? throw new UnknownIdException(name, "nothing of it is measured yet; ask again when the run has such numbers")
            : FileAnswer.Of(context, workspace, $"{name}.{format}", stream => figure.Write(stream, FigureEndpoints.FormatOf(format)));
    }

    private static Task<IResult> Movie(LiveRun live, MovieQuery query, FigureParts parts, HttpContext context) => parts.Gate.Run(run =>
    {
        if (query.Format is not ("gif" or "html"))
            throw new ArgumentException($"the format is '{query.Format}'; expected gif or html");
        RegionColor color = FigureEndpoints.ColorOf(query.Color);
        CheckpointSeries series = CheckpointSeries.Open(live.Folder);
        if (series.Checkpoints.Count == 0)
            throw new UnknownIdException($"movie of {live.Name}", "the run has no checkpoint yet");
        string network = NetworkShelf.OfRun + live.Name;
        (Slice slice, _) = parts.Reader.Read(network, parts.Shelf.Open(network).Network, query.Slice ?? SliceRequest.Default);
        Slice seen = FigureEndpoints.Seen(slice, query.Viewport, out _);
        PartitionFigureOptions frames = PartitionFigureOptions.Default with { PngWidth = MovieWidth, Color = color, Title = live.Name };
        return FileAnswer.Saved(context, parts.Workspace, $"{live.Name}-movie-{query.Color}.{query.Format}", path => DynamicsMovie.Save([path], series, seen, frames, null, run, limits: parts.Options.Limits(boundary: false, parts.Options.Regions)));
    }, context.RequestAborted);

    internal sealed record MovieQuery(string Format = "html", SliceRequest? Slice = null, Viewport? Viewport = null, string Color = "slope");
}
