using Crease.Lab;
using Crease.Models;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>The address holds what is seen: a reload, or another browser, shows the same.</summary>
[Collection(OneBrowser.Name)]
public sealed class ReloadTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    [Fact]
    public Task A_reload_restores_view_pin_and_section() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:spirals&viewport=0.12,0.08,0.9,0.7&color=random&pin=0.2,0.1&section=-0.1,-0.1,0.35,0.25&hidden=1&boundary=0");
        await Complete(tab);
        await tab.Stage.PressAsync("ArrowLeft");
        await tab.Stage.PressAsync("+");
        await tab.Becomes(() => tab.Kept("viewport") is [< 0.12, _, < 0.7, _]);
        await tab.Cut();
        string address = tab.Page.Url;
        (Picture before, string[] told) = (await tab.Shoot(tab.Stage, "before"), await Numbers(tab));
        await tab.Page.ReloadAsync();
        await Complete(tab);
        Assert.Equal(address, tab.Page.Url);
        Picture after = await tab.Shoot(tab.Stage, "after");
        Assert.True(before.Difference(after, 8) < 0.01, $"{before.Difference(after, 8):P1} of the stage changed");
        Assert.Equal(told, await Numbers(tab));
    });

    [Fact]
    public Task A_part_keeps_the_colors_of_the_whole() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:spirals");
        await tab.Cut();
        foreach (string key in (string[])["+", "+", "+", "+"])
            await tab.Stage.PressAsync(key);
        await tab.Keeps("range=");
        await tab.Cut();
        Picture before = await tab.Shoot(tab.Plot, "before");
        await tab.Page.ReloadAsync();
        await tab.Cut();
        Picture after = await tab.Shoot(tab.Plot, "after");
        Assert.True(before.Difference(after, 8) < 0.01, $"{before.Difference(after, 8):P1} of the plot changed");
    });

    [Fact]
    public Task A_pan_of_the_whole_slice_is_kept() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        ShownView whole = await tab.View(DynamicsSlice.Through(DataSource.Load("example:moons")));
        await tab.Stage.PressAsync("ArrowRight");
        await tab.Keeps("viewport=");
        double[] viewport = tab.Kept("viewport")!;
        Assert.Equal(whole.X + 60 / whole.Scale, viewport[0], 1e-9);
        Assert.Equal(whole.Width, viewport[2], 1e-9 * whole.Width);
        await tab.Page.ReloadAsync();
        await tab.Cut();
        Assert.Equal(viewport, tab.Kept("viewport"));
    });

    [Fact]
    public Task Back_leads_from_a_network_to_the_list() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show the partition of circles" }).ClickAsync();
        await tab.Cut();
        await tab.Stage.PressAsync("+");
        await tab.Keeps("viewport=");
        await tab.Page.GoBackAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "See where a network is affine" })).ToBeVisibleAsync();
        await tab.Page.GoForwardAsync();
        await tab.Cut();
        Assert.NotNull(tab.Kept("viewport"));
    });

    [Theory]
    [InlineData("#/view?network=example:nothing")]
    [InlineData("#/view?network=example:moons&slice=anchors:0,1,2:0.2:0:example:nothing")]
    [InlineData("#/network?network=example:nothing")]
    [InlineData("#/run?run=nothing")]
    public Task An_address_of_nothing_says_so(string address) => chromium.Visit(studio, async tab =>
    {
        tab.Expects("status of 4");
        await tab.Go(address);
        await Assertions.Expect(tab.Alert.First).ToContainTextAsync("nothing");
    });

    private static async Task Complete(StudioTab tab)
    {
        await tab.Cut();
        await Assertions.Expect(tab.Fact("code")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText(" breakpoints over a length of ")).ToBeVisibleAsync();
    }

    private static async Task<string[]> Numbers(StudioTab tab) =>
        [await tab.Fact("code").InnerTextAsync(), await tab.Fact("slope norm").InnerTextAsync(), await tab.Page.GetByText(" breakpoints over a length of ").InnerTextAsync(), await tab.Fact("width seen").InnerTextAsync()];
}
