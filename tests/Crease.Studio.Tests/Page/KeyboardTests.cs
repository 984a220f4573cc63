using Crease.Lab;
using Crease.Models;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>The page without a mouse.</summary>
[Collection(OneBrowser.Name)]
public sealed class KeyboardTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private const string Focused = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()";

    [Fact]
    public Task Tab_goes_over_the_bar_to_the_stage_and_on_to_its_buttons() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        List<string> order = [];
        for (int i = 0; i < 9; i++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            order.Add(await tab.Page.EvaluateAsync<string>(Focused));
        }
        Assert.Equal(["Crease Studio", "Networks", "Runs", "Use the dark theme", "Help and keys"], order.Take(5));
        Assert.StartsWith("Partition.", order[5], StringComparison.Ordinal);
        Assert.Equal(["Zoom in", "Zoom out", "Show the whole slice"], order.Skip(6));
    });

    [Fact]
    public Task Keys_pan_zoom_pin_and_let_go() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        ShownView whole = await tab.View(DynamicsSlice.Through(DataSource.Load("example:moons")));
        await tab.Stage.FocusAsync();
        await Press(tab, "+", whole.X, whole.Y, whole.Width / 1.4);
        double step = 60 / (whole.Scale * 1.4);
        await Press(tab, "ArrowLeft", whole.X - step, whole.Y, whole.Width / 1.4);
        await Press(tab, "ArrowUp", whole.X - step, whole.Y + step, whole.Width / 1.4);
        await Press(tab, "ArrowRight", whole.X, whole.Y + step, whole.Width / 1.4);
        await Press(tab, "ArrowDown", whole.X, whole.Y, whole.Width / 1.4);
        await Press(tab, "+", whole.X, whole.Y, whole.Width / 1.96);
        await Press(tab, "-", whole.X, whole.Y, whole.Width / 1.4);
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Keeps("pin=");
        Assert.Equal([whole.X, whole.Y], tab.Kept("pin")!.Select(value => Math.Round(value, 9)), (a, b) => Math.Abs(a - b) < 1e-8);
        await Assertions.Expect(tab.Fact("code")).ToBeVisibleAsync();
        await tab.Shoot("pinned");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Keeps("pin=", has: false);
        await tab.Page.Keyboard.PressAsync("0");
        await tab.Keeps("viewport=", has: false);
        await tab.Page.Keyboard.PressAsync("c");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Radio, new() { Name = "Class" })).ToBeCheckedAsync();
    });

    [Fact]
    public Task A_section_is_drawn_by_keys() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons");
        await tab.Cut();
        ShownView whole = await tab.View(DynamicsSlice.Through(DataSource.Load("example:moons")));
        await tab.Stage.FocusAsync();
        await tab.Page.Keyboard.PressAsync("s");
        await Press(tab, "ArrowRight", whole.X + 60 / whole.Scale, whole.Y, whole.Width);
        await tab.Page.Keyboard.PressAsync("s");
        await tab.Keeps("section=");
        Assert.Equal([whole.X, whole.Y, whole.X + 60 / whole.Scale, whole.Y], tab.Kept("section")!, (a, b) => Math.Abs(a - b) < 1e-8);
        await Assertions.Expect(tab.Page.GetByText(" breakpoints over a length of ")).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("s");
        await tab.Keeps("section=", has: false);
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Keyboard.PressAsync("s");
        Assert.Null(tab.Kept("section"));
    });

    [Fact]
    public Task A_section_is_let_go_after_the_pin() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:moons&pin=0.2,0.1&section=-0.1,-0.1,0.35,0.25");
        await tab.Cut();
        await tab.Stage.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Keeps("pin=", has: false);
        Assert.NotNull(tab.Kept("section"));
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Keeps("section=", has: false);
    });

    [Fact]
    public Task Help_opens_with_a_key_and_closes_with_another() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("");
        await tab.Page.Keyboard.PressAsync("?");
        ILocator help = tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys and gestures" });
        await Assertions.Expect(help).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(help).ToHaveCountAsync(0);
    });

    private static async Task Press(StudioTab tab, string key, double x, double y, double width)
    {
        await tab.Page.Keyboard.PressAsync(key);
        await tab.Becomes(() => tab.Kept("viewport") is [double atX, double atY, double seen, _] && Math.Abs(atX - x) + Math.Abs(atY - y) + Math.Abs(seen - width) < 1e-8);
    }
}
