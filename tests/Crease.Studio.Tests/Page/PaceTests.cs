using System.Globalization;
using System.Net;
using Crease.Tests.Corpus;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>How smoothly the page moves a partition of about a million regions. What it measures goes to the output; it is recorded in <c>benchmarks/results</c>.</summary>
[Collection(OneBrowser.Name)]
public sealed class PaceTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private const int Frames = 150;

    // Moves the pointer, or turns the wheel, once before every picture, and tells when the browser was ready for each: as fast as pictures go, whoever controls the browser.
    private const string Drive = """
        ([kind, frames, x, y]) => new Promise(done => {
          const stage = document.querySelector('canvas.plot').parentElement.closest('[role=application]');
          const times = [];
          const send = {
            pan: i => stage.dispatchEvent(new PointerEvent('pointermove', { pointerId: window.pointer, pointerType: 'mouse', bubbles: true, clientX: x + i, clientY: y + i / 2 })),
            zoom: i => stage.dispatchEvent(new WheelEvent('wheel', { deltaY: i % 60 < 30 ? -8 : 8, bubbles: true, cancelable: true, clientX: x, clientY: y })),
          }[kind];
          const tick = time => {
            times.push(time);
            if (times.length > frames) done(times);
            else { requestAnimationFrame(tick); send(times.length); }
          };
          requestAnimationFrame(tick);
        })
        """;

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task A_million_regions_follow_the_pointer_and_the_wheel() => chromium.Visit(studio, async tab =>
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=million.onnx", Million()))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await tab.Go("#/view?network=upload:million.onnx&slice=box:-1,1,-1,1&most=1000000");
        await tab.Cut();
        int regions = await tab.Regions();
        Assert.InRange(regions, 950_000, 1_000_000);
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        (float x, float y) = (plot.X + plot.Width / 2, plot.Y + plot.Height / 2);
        await tab.Page.Mouse.MoveAsync(x, y);
        // A view that is not the whole slice can be moved in all directions.
        await tab.Page.Mouse.WheelAsync(0, -400);
        await tab.Cut();
        await tab.Page.EvaluateAsync("() => addEventListener('pointerdown', event => window.pointer = event.pointerId, true)");
        foreach (string kind in (string[])["pan", "zoom"])
        {
            Picture before = await tab.Shoot(tab.Plot, kind + "-before");
            await tab.Page.Mouse.MoveAsync(x, y);
            if (kind == "pan")
                await tab.Page.Mouse.DownAsync();
            double[] times = await tab.Page.EvaluateAsync<double[]>(Drive, new object[] { kind, Frames, (double)x, (double)y });
            Picture moved = await tab.Shoot(tab.Plot, kind + "-moved");
            if (kind == "pan")
                await tab.Page.Mouse.UpAsync();
            await tab.Cut();
            Assert.True(before.Colors > 20 && moved.Colors > 20, $"{before.Colors} and {moved.Colors} colors");
            Assert.NotEqual(before.Pixels, moved.Pixels);
            double[] gaps = [.. times.Zip(times.Skip(1), (first, second) => second - first).Order()];
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind}: {regions} regions, {gaps.Length} pictures in {times[^1] - times[0]:F0} ms ({1000 * gaps.Length / (times[^1] - times[0]):F1} per second): median {gaps[gaps.Length / 2]:F1} ms, 95 % within {gaps[(int)(0.95 * gaps.Length)]:F1} ms, longest {gaps[^1]:F1} ms"));
        }
    });

    private static byte[] Million() => new OnnxWriter().Input("x", -1, 2).Random("a", 2, 1200).Random("b", 1200).Node("Gemm", "x a b", "c").Node("Relu", "c", "d")
        .Random("e", 1200, 1200).Random("f", 1200).Node("Gemm", "d e f", "g").Node("Relu", "g", "h")
        .Random("i", 1200, 3).Random("j", 3).Node("Gemm", "h i j", "y").Output("y").Bytes();
}
