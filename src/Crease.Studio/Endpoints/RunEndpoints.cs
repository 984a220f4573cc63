using System.Globalization;
using Crease.Lab;
using Crease.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Crease.Studio;

/// <summary>Trainings: started here, trained in the background, watched from anywhere.</summary>
internal static class RunEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/options", (DataShelf data) => RunForm.Of(data.Ids())).WithName("Options");
        RouteGroupBuilder runs = api.MapGroup("/runs");
        runs.MapGet("", (RunBoard board) => board.All.Select(board.Row).ToArray()).WithName("Runs");
        runs.MapPost("", async (NewRun wanted, RunBoard board, CutGate gate, HttpContext context) =>
        {
            LiveRun run = await gate.Run(surroundings => board.Create(wanted.Name, wanted.Options, surroundings), context.RequestAborted);
            return Results.Json(board.Row(run), statusCode: StatusCodes.Status201Created);
        }).WithName("StartRun").Produces<RunRow>(StatusCodes.Status201Created);
        runs.MapGet("/{id}", (string id, RunBoard board) => board.Row(board[id])).WithName("Run");
        runs.MapPost("/{id}/pause", async (string id, RunBoard board) =>
        {
            LiveRun run = board[id];
            await run.Pause();
            return board.Row(run);
        }).WithName("PauseRun");
        runs.MapPost("/{id}/resume", (string id, long? steps, RunBoard board) =>
        {
            board.Resume(id, steps);
            return board.Row(board[id]);
        }).WithName("ResumeRun");
        runs.MapDelete("/{id}", (string id, RunBoard board) =>
        {
            board.Remove(id);
            return Results.NoContent();
        }).WithName("RemoveRun");
        runs.MapGet("/{id}/metrics", (string id, RunBoard board) => board[id].LinesAfter(-1)).WithName("Metrics");
        runs.MapGet("/{id}/options", (string id, RunBoard board) => board[id].Options).WithName("RunOptions");
        runs.MapGet("/{id}/checkpoints", (string id, RunBoard board) => WeightsLocation.CheckpointsIn(board[id].Folder).Select(item => item.Step).ToArray()).WithName("Checkpoints");
        runs.MapGet("/{id}/dynamics", (string id, RunBoard board, DynamicsBoard dynamics) =>
            DynamicsAnswer.Of(dynamics.Measured(board[id]), WeightsLocation.CheckpointsIn(board[id].Folder).Count)).WithName("Dynamics");
        runs.MapGet("/{id}/events", (string id, RunBoard board, IHostApplicationLifetime lifetime, HttpContext context) => Events(board[id], lifetime, context)).WithName("Events");
    }

    // EventSource names the last event it saw when it connects again.
    private static async Task Events(LiveRun run, IHostApplicationLifetime lifetime, HttpContext context)
    {
        string last = context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : context.Request.Query["after"].ToString();
        long after = long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : -1;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await TypedResults.ServerSentEvents(RunEvents.Of(run, after, ended.Token)).ExecuteAsync(context);
    }

    internal sealed record NewRun(string Name, TrainingOptions Options);
}
