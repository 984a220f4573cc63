using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Small windows and dark ones.</summary>
[Collection(OneBrowser.Name)]
public sealed class WindowTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private static readonly Look Phone = new() { Width = 390, Height = 844, IsTouch = true };

    // Parts that scroll by themselves may be wider than what is seen of them; the page and its column may not.
    private const string Overflow = """
        [document.documentElement, ...document.querySelectorAll('main, aside, header, .stage, .column')]
            .filter(e => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className).join(', ')
        """;

    [Theory]
    [InlineData("start", "", "See where a network is affine")]
    [InlineData("view", "#/view?network=example:digits&viewport=0.2,0.1,0.3,0.3&pin=0.2,0.1&section=0.1,0.05,0.3,0.2", "digits")]
    [InlineData("network", "#/network?network=example:digits", "digits")]
    [InlineData("runs", "#/runs", "Runs")]
    [InlineData("train", "#/train", "Train a network")]
    public Task Nothing_is_cut_off_on_a_phone(string part, string address, string heading) => chromium.Visit(studio, async tab =>
    {
        await tab.Go(address);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        if (part == "view")
            await tab.Cut();
        await tab.Shoot(part);
        Assert.Equal("", await tab.Page.EvaluateAsync<string>(Overflow));
    }, Phone);

    [Fact]
    public Task Stage_and_controls_are_at_hand_on_a_phone() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        Assert.True(plot.Width > 250 && plot.Height > 300, $"{plot.Width} x {plot.Height}");
        await Assertions.Expect(tab.Stage).ToBeInViewportAsync();
        Picture picture = await tab.Shoot(tab.Plot, "stage");
        Assert.True(picture.Colors > 100 && picture.Largest < 0.6);
        // A finger on the stage is heard at once; on a button the browser itself would tell taps from long presses by their time.
        await tab.Page.Touchscreen.TapAsync(plot.X + plot.Width / 2, plot.Y + plot.Height / 2);
        await tab.Keeps("pin=");
        await Assertions.Expect(tab.Fact("code")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        await tab.Keeps("viewport=");
        ILocator random = tab.Page.GetByText("Random", new() { Exact = true });
        await random.ClickAsync();
        await tab.Keeps("color=random");
        await tab.Shoot("panel");
    }, Phone);

    [Fact]
    public Task Two_fingers_zoom_about_the_point_between_them() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        Slice slice = DynamicsSlice.Through(DataSource.Load("example:moons"));
        ShownView whole = await tab.View(slice);
        (double x, double y) = (whole.Plot.X + (0.4 * whole.Plot.Width), whole.Plot.Y + (0.6 * whole.Plot.Height));
        ICDPSession fingers = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        foreach ((string type, double apart) in ((string, double)[])[("touchStart", 20), ("touchMove", 30), ("touchMove", 40), ("touchEnd", 0)])
        {
            object[] points = type == "touchEnd" ? [] : [new { x = x - apart, y, id = 0 }, new { x = x + apart, y, id = 1 }];
            await fingers.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = points });
        }
        await tab.Becomes(() => tab.Kept("viewport") is [_, _, double width, _] && Math.Abs((whole.Width / width) - 2) < 0.02);
        ShownView seen = await tab.View(slice);
        Assert.Equal(whole.X + ((x - whole.Plot.X - (whole.Plot.Width / 2)) / whole.Scale), seen.X + ((x - whole.Plot.X - (whole.Plot.Width / 2)) / seen.Scale), 2 / whole.Scale);
        Assert.Equal(whole.Y - ((y - whole.Plot.Y - (whole.Plot.Height / 2)) / whole.Scale), seen.Y - ((y - whole.Plot.Y - (whole.Plot.Height / 2)) / seen.Scale), 2 / whole.Scale);
    }, Phone);

    [Fact]
    public Task The_theme_is_the_systems_until_one_is_chosen() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:circles");
        await tab.Cut();
        Assert.True((await tab.Shoot("dark")).Share(2, Palette.Dark) > 0.1);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Use the light theme" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Use the dark theme" })).ToBeVisibleAsync();
        Assert.True((await tab.Shoot("light")).Share(2, Palette.Light) > 0.1);
        await tab.Page.ReloadAsync();
        await tab.Cut();
        Assert.True((await tab.Shoot("reloaded")).Share(2, Palette.Light) > 0.1);
    }, new Look { Theme = ColorScheme.Dark });
}
