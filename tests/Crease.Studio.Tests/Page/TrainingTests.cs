using Crease.Lab;
using Crease.Lab.Tests;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Trainings that are started, watched, paused and gone through on the page.</summary>
[Collection(OneBrowser.Name)]
public sealed class TrainingTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private static readonly TrainingOptions Moons = new()
    {
        Data = new() { Data = "synthetic:moons,samples=400,noise=0.1" },
        Network = new() { Net = "2-16-16-2" },
        Optimizer = new() { Rate = 1e-2, WeightDecay = 0 },
        Steps = 400,
        Batch = 50,
        Metrics = "every:20",
        Checkpoints = "every:100",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_short_training_runs_to_its_end_and_is_gone_through() => chromium.Visit(studio, async tab =>
    {
        LibTorch.Require();
        await tab.Train("short", Moons);
        await tab.Is("complete");
        await Assertions.Expect(tab.Page.Locator("output")).ToHaveTextAsync("step 400");
        await Measured("short", 5);
        // What is measured is asked for now and then; a reload asks at once.
        await tab.Page.ReloadAsync();
        foreach (string name in (string[])["Loss", "Accuracy", "Local complexity"])
        {
            ILocator chart = tab.Page.GetByRole(AriaRole.Img, new() { Name = name + " against steps" });
            await Assertions.Expect(chart).ToBeVisibleAsync();
            Picture drawn = await tab.Shoot(chart, name.ToLowerInvariant().Replace(' ', '-'));
            Assert.True(drawn.Share(24, Palette.FirstLine) > 0.001, $"{name}: {drawn.Share(24, Palette.FirstLine):P2} in the color of the first line");
        }
        ILocator slider = tab.Page.GetByRole(AriaRole.Slider, new() { Name = "Checkpoint" });
        ILocator shown = tab.Page.Locator("output");
        await Assertions.Expect(shown).ToHaveTextAsync("step 400");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Cutting" })).ToHaveCountAsync(0);
        await tab.Shoot("end");
        await tab.Page.GetByText("Colors, lines and the pinned region").ClickAsync();
        await slider.PressAsync("Home");
        foreach (long step in (long[])[0, 100, 200, 300])
        {
            await Assertions.Expect(shown).ToHaveTextAsync($"step {step}");
            await tab.Keeps($"step={step}(&|$)");
            await Assertions.Expect(tab.Page.Locator("xpath=//aside//dt[normalize-space()='regions']/following-sibling::dd[1]")).ToHaveTextAsync((await Regions("short", step)).ToString(System.Globalization.CultureInfo.InvariantCulture));
            await slider.PressAsync("ArrowRight");
        }
        await Assertions.Expect(shown).ToHaveTextAsync("step 400");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Play the checkpoints" }).ClickAsync();
        await Assertions.Expect(shown).ToHaveTextAsync("step 0");
        await Assertions.Expect(shown).ToHaveTextAsync("step 400");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Play the checkpoints" })).ToBeVisibleAsync();
        await tab.Cut();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("short complete 2-16-16-2") })).ToBeVisibleAsync();
        await tab.Shoot("runs");
    });

    [Fact]
    public Task Paused_and_resumed_it_has_the_bytes_of_a_run_that_never_stopped() => chromium.Visit(studio, async tab =>
    {
        LibTorch.Require();
        await tab.Train("paused", Moons with { Network = new() { Net = "2-8-2" }, Steps = 1_000_000, Metrics = "every:500", Checkpoints = "every:1000" });
        ILocator steps = tab.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Steps done" });
        await Assertions.Expect(steps).Not.ToHaveAttributeAsync("aria-valuenow", "0");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await tab.Is("paused");
        long done = await Done("paused");
        await tab.Shoot("paused");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Eventually.Holds(async () => await Done("paused") >= Math.Max(4000, done + 1), "the run goes on");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await tab.Is("paused");
        UnbrokenRun.AssertSame(Path.Combine(studio.Workspace, "runs", "paused"), 4000);
        await tab.Shoot("resumed");
    });

    [Fact]
    public Task A_complete_training_goes_further() => chromium.Visit(studio, async tab =>
    {
        LibTorch.Require();
        await tab.Train("further", Moons with { Network = new() { Net = "2-8-2" }, Steps = 100 });
        await tab.Is("complete");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Train further" }).ClickAsync();
        ILocator steps = tab.Page.GetByLabel("Steps in all");
        await Assertions.Expect(steps).ToHaveValueAsync("200");
        await steps.FillAsync("300");
        await tab.Shoot("asked");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("step 300 of 300")).ToBeVisibleAsync();
        await tab.Is("complete");
        await Measured("further", 4);
        await Assertions.Expect(tab.Page.Locator("output")).ToHaveTextAsync("step 300");
        Assert.Equal(300, await Done("further"));
    });

    [Fact]
    public Task What_cannot_be_trained_is_said_in_one_line() => chromium.Visit(studio, async tab =>
    {
        LibTorch.Require();
        tab.Expects("status of 4");
        await tab.Go("#/train");
        ILocator network = tab.Page.GetByLabel("Network", new() { Exact = true });
        await network.FillAsync("no such");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start training" }).ClickAsync();
        await Assertions.Expect(tab.Alert).ToContainTextAsync("no such");
        await tab.Shoot("refused");
    });

    private async Task<long> Done(string name) => (await studio.Get("api/runs/" + name)).GetProperty("done").GetInt64();

    private async Task Measured(string name, int checkpoints)
    {
        await Eventually.Holds(async () => (await studio.Get($"api/runs/{name}/dynamics")).GetProperty("rows").GetArrayLength() >= checkpoints, "all checkpoints are measured");
    }

    private async Task<int> Regions(string run, long step) => (await studio.Partition(new { network = $"run:{run}@{step}", slice = new { kind = "default" } })).Regions;
}
