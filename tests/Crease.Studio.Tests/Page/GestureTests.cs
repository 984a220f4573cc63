using System.Net;
using Crease.Tests.Corpus;
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

    [Fact]
    public Task A_change_of_color_keeps_what_lies_around_the_view() => chromium.Visit(studio, async tab =>
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=many.onnx", Many()))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await tab.Go("#/view?network=upload:many.onnx&slice=box:-1,1,-1,1&most=1000000");
        await tab.Cut();
        await tab.Drawn();
        Assert.InRange(await tab.Regions(), 40_000, 200_000);
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        (float x, float y) = (plot.X + plot.Width / 2, plot.Y + plot.Height / 2);
        await tab.Page.Mouse.MoveAsync(x, y);
        foreach (int delta in (int[])[-40, -600])
        {
            await tab.Page.Mouse.WheelAsync(0, delta);
            await tab.Cut();
            await tab.Drawn();
        }
        await tab.Stage.FocusAsync();
        await tab.Page.Keyboard.PressAsync("c");
        await tab.Keeps("color=");
        await tab.Drawn();
        await Assertions.Expect(tab.Plot).ToHaveAttributeAsync("data-around", "drawn");
        // The first picture of a zoom back: nothing was drawn for it yet.
        double[] first = await tab.Page.EvaluateAsync<double[]>(FirstPicture, new object[] { (double)x, (double)y, 350.0 });
        Assert.Equal(0, first[0]);
        Assert.True(first[1] < 0.001, $"{first[1]:P2} of the picture is empty");
        await tab.Shoot("around");
        await tab.Cut();
        await tab.Drawn();
    });

    // Turns the wheel; of the picture that follows at once: whether it is exact, and the share of its pixels that are empty.
    private const string FirstPicture = """
        async ([x, y, delta]) => {
          const plot = document.querySelector('canvas.plot'), copy = document.createElement('canvas');
          [copy.width, copy.height] = [plot.width, plot.height];
          plot.closest('[role=application]').dispatchEvent(new WheelEvent('wheel', { deltaY: delta, bubbles: true, cancelable: true, clientX: x, clientY: y }));
          // The page asks for its picture in a microtask of the event; what is asked for after that comes after it, and before the surface is shown and emptied.
          for (let turn = 0; turn < 20; turn++) await null;
          return new Promise(done => requestAnimationFrame(() => {
            const context = copy.getContext('2d');
            context.drawImage(plot, 0, 0);
            const { data } = context.getImageData(0, 0, copy.width, copy.height);
            let empty = 0;
            for (let i = 3; i < data.length; i += 4) empty += data[i] === 0;
            done([plot.dataset.picture === 'exact' ? 1 : 0, (4 * empty) / data.length]);
          }));
        }
        """;

    private static byte[] Many() => new OnnxWriter().Input("x", -1, 2).Random("a", 2, 320).Random("b", 320).Node("Gemm", "x a b", "c").Node("Relu", "c", "d")
        .Random("e", 320, 320).Random("f", 320).Node("Gemm", "d e f", "g").Node("Relu", "g", "h")
        .Random("i", 320, 3).Random("j", 3).Node("Gemm", "h i j", "y").Output("y").Bytes();

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
