using Crease.Geometry;
using Crease.Lab;
using Crease.Models;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>From the printed address to a partition.</summary>
[Collection(OneBrowser.Name)]
public sealed class StartPageTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    [Fact]
    public Task The_printed_address_shows_the_examples_and_a_click_opens_one() => chromium.Visit(studio, async tab =>
    {
        await tab.SignOut();
        await tab.Page.GotoAsync(studio.Server.Address.ToString());
        Assert.Equal(studio.Root.ToString(), tab.Page.Url);
        foreach (string name in Examples.Names)
            await Assertions.Expect(Card(tab, name)).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        Picture start = await tab.Shoot("start");
        Assert.True(start.Share(3, Palette.Light) > 0.1);
        Assert.True(start.Share(3, Palette.Steepest) > 0.002);
        await Card(tab, "moons").ClickAsync();
        await tab.Cut();
        Assert.Contains("network=example:moons", tab.Page.Url, StringComparison.Ordinal);
        Partition found = new PlanarPartitioner(Examples.Network("moons")).Cut(DynamicsSlice.Through(DataSource.Load("example:moons")));
        Assert.Equal(found.RegionCount, await tab.Regions());
        Picture picture = await tab.Shoot(tab.Plot, "partition");
        Assert.True(picture.Colors > 100 && picture.Largest < 0.5, $"{picture.Colors} colors, the first on {picture.Largest:P0}");
        Assert.True(picture.Share(6, Palette.Steepest) > 0.002);
        Assert.True(picture.Share(6, Palette.Flattest) > 0.002);
    });

    [Fact]
    public Task Without_the_address_nothing_is_shown_but_what_to_do() => chromium.Visit(studio, async tab =>
    {
        tab.Expects("401");
        await tab.SignOut();
        await tab.Go("");
        await Assertions.Expect(tab.Page.GetByText("The Studio opens with the address that 'crease studio' printed")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Classes_have_their_colors_and_names() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons&color=class");
        await tab.Cut();
        Picture picture = await tab.Shoot(tab.Plot, "class");
        foreach (int color in Palette.Classes)
            Assert.True(picture.Share(3, color) > 0.1, $"{color:x6}");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Class" })).ToBeCheckedAsync();
    });

    private static ILocator Card(StudioTab tab, string network) => tab.Page.GetByRole(AriaRole.Link, new() { Name = $"Show the partition of {network}" });
}
