using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Pictures that stand in during a gesture leave nothing behind.</summary>
[Collection(OneBrowser.Name)]
public sealed class GestureTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private const int Colorings = 5;

    [Theory]
    [InlineData("moons")]
    [InlineData("digits")]
    public Task The_picture_after_a_gesture_is_that_of_a_direct_draw(string name) => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:" + name);
        await tab.Cut();
        await tab.Drawn();
        await Move(tab);
        Picture moved = await tab.Shoot(tab.Plot, name + "-moved");
        Assert.True(moved.Colors > 20 && moved.Largest < 0.9, $"{moved.Colors} colors, the first on {moved.Largest:P0}");
        await tab.Stage.FocusAsync();
        for (int coloring = 1; coloring <= Colorings; coloring++)
        {
            await tab.Page.Keyboard.PressAsync("c");
            await tab.Keeps("color=", has: coloring < Colorings);
            await tab.Drawn();
        }
        Assert.Equal(moved.Pixels, (await tab.Shoot(tab.Plot, name + "-direct")).Pixels);
    });

    [Fact]
    public Task A_lost_drawing_surface_comes_back_with_its_picture() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:spirals");
        await tab.Cut();
        await tab.Drawn();
        await Move(tab);
        Picture before = await tab.Shoot(tab.Plot, "before");
        await tab.Plot.EvaluateAsync("""
            plot => new Promise(done => {
              const surface = plot.getContext('webgl2').getExtension('WEBGL_lose_context');
              plot.addEventListener('webglcontextlost', () => setTimeout(() => surface.restoreContext()), { once: true });
              plot.addEventListener('webglcontextrestored', () => done(), { once: true });
              plot.dataset.picture = 'lost';
              surface.loseContext();
            })
            """);
        await tab.Drawn();
        Assert.Equal(before.Pixels, (await tab.Shoot(tab.Plot, "after")).Pixels);
    });

    // Turns the wheel, drags, and lets the view come to rest.
    private static async Task Move(StudioTab tab)
    {
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        (float x, float y) = (plot.X + (plot.Width / 2), plot.Y + (plot.Height / 2));
        await tab.Page.Mouse.MoveAsync(x, y);
        for (int turn = 0; turn < 5; turn++)
            await tab.Page.Mouse.WheelAsync(0, -100);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x + 70, y - 41, new() { Steps = 10 });
        await tab.Page.Mouse.UpAsync();
        await tab.Keeps("viewport=");
        await tab.Cut();
        await tab.Drawn();
        await Assertions.Expect(tab.Stage).Not.ToHaveAttributeAsync("data-mode", "pan");
    }
}
