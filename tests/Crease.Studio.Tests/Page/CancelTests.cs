using System.Net;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What nobody waits for is not computed.</summary>
[Collection(OneBrowser.Name)]
public sealed class CancelTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private const string Endless = "#/view?network=upload:endless.onnx&slice=box:-9,9,-9,9&most=1000000";

    [Fact]
    public Task A_tab_that_is_closed_stops_its_cut() => chromium.Visit(studio, async tab =>
    {
        await CutWithoutEnd(tab);
        await tab.Page.CloseAsync();
        await Idle();
    });

    [Fact]
    public Task Another_page_stops_the_cut() => chromium.Visit(studio, async tab =>
    {
        await CutWithoutEnd(tab);
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Runs" })).ToBeVisibleAsync();
        await Idle();
    });

    [Fact]
    public Task A_zoom_during_a_long_cut_takes_its_place() => chromium.Visit(studio, async tab =>
    {
        await CutWithoutEnd(tab);
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(plot.X + plot.Width / 2, plot.Y + plot.Height / 2);
        var given = new TaskCompletionSource<string?>();
        tab.Page.RequestFailed += (_, request) => given.TrySetResult(request.Failure);
        await tab.Page.Mouse.WheelAsync(0, -7000);
        Assert.Equal("net::ERR_ABORTED", await given.Task.WaitAsync(Eventually.Most, TestContext.Current.CancellationToken));
        await tab.Cut();
        Assert.InRange(await tab.Regions(), 1, 100_000);
        await Idle();
        await tab.Shoot("zoomed");
    });

    private CutGate Gate => studio.Server.Service<CutGate>();

    private async Task CutWithoutEnd(StudioTab tab)
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=endless.onnx", RequestTests.Endless()))
            Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict);
        await Idle();
        await tab.Page.RunAndWaitForRequestAsync(() => tab.Go(Endless), request => request.Url.EndsWith("/api/partitions", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Cutting" })).ToBeVisibleAsync();
        await Eventually.Holds(() => Gate.Active > 0, "the cut begins");
    }

    // Nothing but the person ends the cut within the time that the test waits.
    private Task Idle() => Eventually.Holds(() => Gate.Active == 0, "no cut goes on");
}
