using Crease.Lab;
using Crease.Lab.Tests;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>A server that is gone, and one that came back.</summary>
[Collection(OneBrowser.Name)]
public sealed class RestartTests(Chromium chromium)
{
    private static readonly TrainingOptions Endless = new()
    {
        Data = new() { Data = "synthetic:moons,samples=400,noise=0.1" },
        Network = new() { Net = "2-16-2" },
        Steps = 1_000_000,
        Batch = 50,
        Metrics = "every:1000",
        Checkpoints = "ends",
    };

    [Fact]
    public Task A_page_without_a_server_says_how_to_get_one() => OnServer(studio => chromium.Visit(studio, async tab =>
    {
        tab.Expects("net::ERR_CONNECTION_REFUSED");
        tab.Expects("status of 401");
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        int port = studio.Server.Port;
        await studio.End();
        await tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "at most" }).SelectOptionAsync("20000");
        await Assertions.Expect(tab.Alert).ToContainTextAsync("The server does not answer. Start it again with: crease studio");
        await tab.Shoot("gone");
        await studio.Begin(port);
        ILocator again = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await again.ClickAsync();
        await Assertions.Expect(tab.Alert).ToContainTextAsync("This page is not signed in. Open the address that crease studio printed.");
        await tab.Shoot("stranger");
        await tab.SignIn();
        await again.ClickAsync();
        await Assertions.Expect(tab.Alert).ToHaveCountAsync(0);
        await tab.Cut();
    }));

    [Fact]
    public Task A_run_is_still_there_after_a_restart_and_goes_on() => OnServer(studio => chromium.Visit(studio, async tab =>
    {
        LibTorch.Require();
        tab.Expects("net::ERR_");
        tab.Expects("status of 401");
        // The last request of a page that opens.
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Train("long", Endless), response => response.Url.Contains("/rows", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Cutting" })).ToHaveCountAsync(0);
        int port = studio.Server.Port;
        await studio.End();
        await Assertions.Expect(tab.Alert).ToContainTextAsync("The server does not answer. Start it again with: crease studio");
        await tab.Shoot("gone");
        await studio.Begin(port);
        await Assertions.Expect(tab.Alert).ToContainTextAsync("This page is not signed in.");
        await tab.SignIn();
        await Assertions.Expect(tab.Alert).ToHaveCountAsync(0);
        await tab.Is("paused");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await tab.Is("running");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await tab.Is("paused");
        await tab.Shoot("back");
    }));

    private static async Task OnServer(Func<RunningStudio, Task> scenario)
    {
        await using var studio = new RunningStudio();
        await studio.InitializeAsync();
        await scenario(studio);
    }
}
