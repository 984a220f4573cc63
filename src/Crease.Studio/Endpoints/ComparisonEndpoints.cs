using Crease.Lab;
using Crease.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crease.Studio;

/// <summary>Several runs beside each other, as figures and tables; the runs are named by the query: <c>?run=a&amp;run=b</c>.</summary>
internal static class ComparisonEndpoints
{
    private const int Most = 24;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder comparison = api.MapGroup("/comparison");
        comparison.MapGet("/metrics.csv", (string[] run, RunRecords records, WorkspaceFolder workspace, HttpContext context) =>
        {
            RunRecord[] all = Read(run, records);
            return FileAnswer.Of(context, workspace, $"{NameOf(run)}-metrics.csv", stream => MetricsTable.WriteCsv(all, stream));
        }).WithName("MetricsOfRuns").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        comparison.MapGet("/dynamics.csv", (string[] run, RunRecords records, WorkspaceFolder workspace, HttpContext context) =>
        {
            RunRecord[] all = Read(run, records);
            return FileAnswer.Of(context, workspace, $"{NameOf(run)}-dynamics.csv", stream => DynamicsTable.WriteCsv(all, stream));
        }).WithName("DynamicsOfRuns").Produces(StatusCodes.Status200OK, contentType: "text/csv");
        comparison.MapGet("/figures/{chart}.{format}", (string chart, string format, string[] run, RunRecords records, WorkspaceFolder workspace, CutGate gate, HttpContext context, double? epsilon = null) => gate.Run(_ =>
        {
            RunRecord[] all = Read(run, records);
            CurvesFigureOptions options = CurvesFigureOptions.Default with { Subtitle = chart == "robustness" ? null : "test rows dashed" };
            return RunFileEndpoints.Drawn(context, workspace, $"{NameOf(run)}-{chart}", format, RunCurves.Of(all, RunFileEndpoints.ChartOf(chart), epsilon, options));
        }, context.RequestAborted)).WithName("FigureOfRuns").Produces(StatusCodes.Status200OK, contentType: "image/svg+xml");
    }

    private static RunRecord[] Read(string[] names, RunRecords records)
    {
        if (names.Length is < 1 or > Most || names.Distinct().Count() != names.Length)
            throw new ArgumentException($"the query names {names.Length} runs; expected 1 to {Most} different ones, as run=NAME&run=NAME");
        return Array.ConvertAll(names, name => records[name]);
    }

    private static string NameOf(string[] names) => names.Length <= 2 ? string.Join("-and-", names) : $"{names.Length}-runs";
}
