using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Crease.Lab;
using Crease.Lab.Tests;
using Crease.Models;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Trainings live longer than requests and servers.</summary>
public sealed class RunTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static readonly TrainingOptions Moons = new()
    {
        Data = new() { Data = "synthetic:moons,samples=400,noise=0.1", Samples = 300 },
        Network = new() { Net = "2-16-16-2" },
        Optimizer = new() { Rate = 1e-2, WeightDecay = 0 },
        Steps = 400,
        Batch = 50,
        Metrics = "every:20",
        Checkpoints = "every:100",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_small_training_runs_to_its_end()
    {
        LibTorch.Require();
        await Create("moons", Moons);
        List<long> steps = [];
        string? last = null;
        using CancellationTokenSource patience = Eventually.Source();
        using Stream stream = await studio.Client.GetStreamAsync("api/runs/moons/events", Token);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            JsonElement json = JsonDocument.Parse(item.Data).RootElement;
            if (item.EventType == "metrics")
                steps.Add(json.GetProperty("step").GetInt64());
            if (item.EventType == "state" && (last = json.GetProperty("state").GetString()) is "complete" or "failed")
                break;
        }
        Assert.Equal("complete", last);
        Assert.Equal(Enumerable.Range(0, 21).Select(i => 20L * i), steps);
        JsonElement row = await studio.Get("api/runs/moons");
        Assert.Equal(400, row.GetProperty("done").GetInt64());
        Assert.True(row.GetProperty("testAccuracy").GetDouble() > 0.9);
        Assert.Equal(21, (await studio.Get("api/runs/moons/metrics")).GetArrayLength());
        Assert.Equal([0, 100, 200, 300, 400], (await studio.Get("api/runs/moons/checkpoints")).EnumerateArray().Select(step => step.GetInt64()));
        BinaryPartition partition = await studio.Partition(new { network = "run:moons@400", slice = new { kind = "default" } });
        Assert.Equal("complete", partition.Head.GetProperty("status").GetString());
        Assert.Contains((await studio.Get("api/networks")).EnumerateArray(), network => network.GetProperty("id").GetString() == "run:moons");
        await Measured("moons", 5);
        using HttpResponseMessage twice = await studio.Client.PostAsJsonAsync("api/runs", new { name = "Moons", options = Body(Moons) }, Token);
        await RunningStudio.Error(twice, HttpStatusCode.Conflict);
        using HttpResponseMessage again = await studio.Client.PostAsync("api/runs/moons/resume", null, Token);
        await RunningStudio.Error(again, HttpStatusCode.Conflict);
        using HttpResponseMessage removed = await studio.Client.DeleteAsync("api/runs/moons", Token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.True(RunSummary.IsRun(Path.Combine(studio.Workspace, "removed", "moons")));
    }

    [Fact]
    public async Task A_complete_run_is_given_more_steps()
    {
        LibTorch.Require();
        TrainingOptions options = Moons with { Steps = 100, Checkpoints = "ends" };
        await Create("further", options);
        await Complete("further", 100);
        TrainingRun.Create(Path.Combine(studio.Workspace, "unbroken"), options with { Steps = 160 }).Train();
        using (HttpResponseMessage fewer = await studio.Client.PostAsync("api/runs/further/resume?steps=100", null, Token))
            Assert.Equal("'steps' is 100 and the run has 100; expected more.", await RunningStudio.Error(fewer, HttpStatusCode.BadRequest));
        using (HttpResponseMessage more = await studio.Client.PostAsync("api/runs/further/resume?steps=160", null, Token))
            Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        await Complete("further", 160);
        Assert.Equal([0, 100, 160], (await studio.Get("api/runs/further/checkpoints")).EnumerateArray().Select(step => step.GetInt64()));
        JsonElement[] lines = [.. (await studio.Get("api/runs/further/metrics")).EnumerateArray()];
        Assert.Equal(Enumerable.Range(0, 9).Select(i => 20L * i), lines.Select(line => line.GetProperty("step").GetInt64()));
        // What stood at the end of the shorter run knows the step that follows now.
        Assert.All(lines[..^1], line => Assert.True(line.GetProperty("gradientNorm").GetDouble() > 0));
        foreach (string file in (string[])["metrics.jsonl", "checkpoints/step-00000160.safetensors"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(studio.Workspace, "unbroken", file)), File.ReadAllBytes(Path.Combine(studio.Workspace, "runs", "further", file)));
        await Create("spread", options with { Schedule = new() { Kind = ScheduleKind.Cosine } });
        await Complete("spread", 100);
        Assert.False((await studio.Get("api/runs/spread")).GetProperty("canGoFurther").GetBoolean());
        using HttpResponseMessage spread = await studio.Client.PostAsync("api/runs/spread/resume?steps=160", null, Token);
        Assert.Contains("spread over its 100 steps", await RunningStudio.Error(spread, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_survives_a_restart_and_goes_on_with_the_same_bytes()
    {
        LibTorch.Require();
        await Create("long", Moons with { Steps = 1_000_000, Metrics = "every:50", Checkpoints = "every:500" });
        await Does("long", 100);
        await studio.Restart();
        JsonElement paused = await studio.Get("api/runs/long");
        Assert.Equal("paused", paused.GetProperty("state").GetString());
        long done = paused.GetProperty("done").GetInt64();
        using (HttpResponseMessage resumed = await studio.Client.PostAsync("api/runs/long/resume", null, Token))
            Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        await Does("long", Math.Max(done + 100, 1600));
        using (HttpResponseMessage again = await studio.Client.PostAsync("api/runs/long/pause", null, Token))
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        UnbrokenRun.AssertSame(Path.Combine(studio.Workspace, "runs", "long"), 1600);
        Assert.True((await studio.Get("api/runs/long/metrics")).GetArrayLength() >= 32);
    }

    [Fact]
    public async Task A_run_that_is_paused_can_be_removed_and_one_that_runs_cannot()
    {
        LibTorch.Require();
        await Create("endless", Moons with { Steps = 1_000_000, Metrics = "ends", Checkpoints = "ends" });
        using (HttpResponseMessage refused = await studio.Client.DeleteAsync("api/runs/endless", Token))
            await RunningStudio.Error(refused, HttpStatusCode.Conflict);
        using (HttpResponseMessage paused = await studio.Client.PostAsync("api/runs/endless/pause", null, Token))
            Assert.Equal("paused", (await paused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("state").GetString());
        using HttpResponseMessage removed = await studio.Client.DeleteAsync("api/runs/endless", Token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using HttpResponseMessage gone = await studio.Client.GetAsync("api/runs/endless", Token);
        await RunningStudio.Error(gone, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_is_told_what_it_needs()
    {
        JsonElement options = await studio.Get("api/options");
        Assert.Equal("adamW", options.GetProperty("defaults").GetProperty("optimizer").GetProperty("kind").GetString());
        Assert.Contains("relu", options.GetProperty("words").GetProperty("activation").EnumerateArray().Select(word => word.GetString()));
    }

    private static JsonElement Body(TrainingOptions options) => JsonSerializer.SerializeToElement(options, JsonForm.Options);

    private async Task Create(string name, TrainingOptions options)
    {
        using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("api/runs", new { name, options = Body(options) }, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
    }

    private Task Complete(string name, long steps) => Eventually.Holds(async () =>
    {
        JsonElement row = await studio.Get("api/runs/" + name);
        return row.GetProperty("state").GetString() == "complete" && row.GetProperty("done").GetInt64() == steps;
    }, $"{name} is complete after {steps} steps");

    private Task Does(string name, long steps) => Eventually.Holds(async () =>
    {
        JsonElement row = await studio.Get("api/runs/" + name);
        Assert.Equal("running", row.GetProperty("state").GetString());
        return row.GetProperty("done").GetInt64() >= steps;
    }, $"{name} has done {steps} steps");

    private async Task Measured(string name, int checkpoints)
    {
        JsonElement rows = default;
        await Eventually.Holds(async () => (rows = (await studio.Get($"api/runs/{name}/dynamics")).GetProperty("rows")).GetArrayLength() >= checkpoints, "all checkpoints are measured");
        Assert.Equal([0, 100, 200, 300, 400], rows.EnumerateArray().Select(row => row.GetProperty("step").GetInt64()));
        Assert.True(rows[4].GetProperty("test").GetProperty("accuracy").GetDouble() > 0.9);
        string stored = Dynamics.StoreIn(Path.Combine(studio.Workspace, "runs", name));
        Assert.Equal(checkpoints, File.ReadLines(stored).Count());
    }
}
