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
    private const int Steps = 120;

    // Notes when the browser is ready for each further picture.
    private const string Watch = """
        () => {
          const watched = window.pace = { times: [], on: true };
          const tick = time => { watched.times.push(time); if (watched.on) requestAnimationFrame(tick); };
          requestAnimationFrame(tick);
        }
        """;

    private const string Tell = "() => { window.pace.on = false; return window.pace.times; }";

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task A_million_regions_follow_the_pointer() => chromium.Visit(studio, async tab =>
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=million.onnx", Million()))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await tab.Go("#/view?network=upload:million.onnx&slice=box:-1,1,-1,1&most=1000000");
        await tab.Cut();
        int regions = await tab.Regions();
        Assert.InRange(regions, 900_000, 1_000_000);
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        (float x, float y) = (plot.X + plot.Width / 2, plot.Y + plot.Height / 2);
        await tab.Page.Mouse.MoveAsync(x, y);
        // A view that is not the whole slice can be moved in all directions.
        await tab.Page.Mouse.WheelAsync(0, -400);
        await tab.Cut();
        Picture before = await tab.Shoot(tab.Plot, "before");
        await tab.Page.Mouse.DownAsync();
        await tab.Page.EvaluateAsync(Watch);
        for (int step = 1; step <= Steps; step++)
            await tab.Page.Mouse.MoveAsync(x + step, y + step / 2);
        double[] times = await tab.Page.EvaluateAsync<double[]>(Tell);
        Picture moved = await tab.Shoot(tab.Plot, "moved");
        await tab.Page.Mouse.UpAsync();
        Assert.True(before.Colors > 20 && moved.Colors > 20, $"{before.Colors} and {moved.Colors} colors");
        Assert.NotEqual(before.Pixels, moved.Pixels);
        double[] gaps = [.. times.Zip(times.Skip(1), (first, second) => second - first).Order()];
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{regions} regions, {gaps.Length} frames in {times[^1] - times[0]:F0} ms: median {gaps[gaps.Length / 2]:F1} ms, 95 % within {gaps[(int)(0.95 * gaps.Length)]:F1} ms, longest {gaps[^1]:F1} ms"));
    });

    private static byte[] Million() => new OnnxWriter().Input("x", -1, 2).Random("a", 2, 1180).Random("b", 1180).Node("Gemm", "x a b", "c").Node("Relu", "c", "d")
        .Random("e", 1180, 1180).Random("f", 1180).Node("Gemm", "d e f", "g").Node("Relu", "g", "h")
        .Random("i", 1180, 3).Random("j", 3).Node("Gemm", "h i j", "y").Output("y").Bytes();
}
