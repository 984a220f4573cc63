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

    // How long the page itself works for each picture.
    private const string Watch = """
        window.worked = [];
        const ask = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = draw => ask(time => { const start = performance.now(); draw(time); window.worked.push(performance.now() - start); });
        """;

    // Moves the pointer, or turns the wheel, once before every picture, and tells when the browser was ready for each: as fast as pictures go, whoever controls the browser.
    // Behind the times: when the last move's picture was no longer an enlarged one, and when it was exact.
    private const string Drive = """
        ([kind, frames, x, y]) => new Promise(done => {
          const plot = document.querySelector('canvas.plot'), stage = plot.closest('[role=application]');
          const times = [];
          const send = {
            pan: i => stage.dispatchEvent(new PointerEvent('pointermove', { pointerId: window.pointer, pointerType: 'mouse', bubbles: true, clientX: x + i, clientY: y + (i >> 1) })),
            zoom: i => stage.dispatchEvent(new WheelEvent('wheel', { deltaY: i % 60 < 30 ? -8 : 8, bubbles: true, cancelable: true, clientX: x, clientY: y })),
          }[kind];
          let sharp = 0;
          const rest = time => {
            if (sharp === 0 && plot.dataset.picture !== 'scaled') sharp = time;
            if (plot.dataset.picture === 'exact') done([...times, sharp, time]);
            else requestAnimationFrame(rest);
          };
          const tick = time => {
            times.push(time);
            requestAnimationFrame(times.length > frames ? rest : tick);
            if (times.length <= frames) send(times.length);
          };
          window.worked.length = 0;
          requestAnimationFrame(tick);
        })
        """;

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task A_million_regions_follow_the_pointer_and_the_wheel() => chromium.Visit(studio, async tab =>
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=million.onnx", Million()))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await tab.Page.AddInitScriptAsync(Watch);
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
            await tab.Drawn();
            if (kind == "pan")
                await tab.Page.Mouse.DownAsync();
            double[] times = await tab.Page.EvaluateAsync<double[]>(Drive, new object[] { kind, Frames, (double)x, (double)y });
            double[] worked = await tab.Page.EvaluateAsync<double[]>("() => window.worked");
            Picture moved = await tab.Shoot(tab.Plot, kind + "-moved");
            if (kind == "pan")
                await tab.Page.Mouse.UpAsync();
            await tab.Cut();
            await tab.Drawn();
            Assert.True(before.Colors > 20 && moved.Colors > 20, $"{before.Colors} and {moved.Colors} colors");
            Assert.NotEqual(before.Pixels, moved.Pixels);
            (double last, double sharp, double exact) = (times[^3], times[^2], times[^1]);
            double[] gaps = [.. times[..^2].Zip(times[1..^2], (first, second) => second - first).Order()];
            Array.Sort(worked);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind}: {regions} regions, {gaps.Length} pictures in {last - times[0]:F0} ms ({1000 * gaps.Length / (last - times[0]):F1} per second): median {gaps[gaps.Length / 2]:F1} ms, 95 % within {gaps[(int)(0.95 * gaps.Length)]:F1} ms, longest {gaps[^1]:F1} ms"));
            TestContext.Current.TestOutputHelper.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind}: the page works {worked[worked.Length / 2]:F2} ms per picture, 95 % within {worked[(int)(0.95 * worked.Length)]:F2} ms, at most {worked[^1]:F2} ms; sharp {sharp - last:F0} ms and exact {exact - last:F0} ms after the last move; load of the machine {Load()}"));
        }
    });

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static byte[] Million() => new OnnxWriter().Input("x", -1, 2).Random("a", 2, 1200).Random("b", 1200).Node("Gemm", "x a b", "c").Node("Relu", "c", "d")
        .Random("e", 1200, 1200).Random("f", 1200).Node("Gemm", "d e f", "g").Node("Relu", "g", "h")
        .Random("i", 1200, 3).Random("j", 3).Node("Gemm", "h i j", "y").Output("y").Bytes();
}
