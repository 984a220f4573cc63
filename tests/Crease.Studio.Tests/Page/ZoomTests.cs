using Crease.Geometry;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Deep zooms are cut anew, and what they show is the library's.</summary>
[Collection(OneBrowser.Name)]
public sealed class ZoomTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private const int Wheel = 1000;

    // Around the view, the page cuts this much more in width and height.
    private const double Room = 1.3;

    // What one turn of the wheel does to the width.
    private static readonly double Shrinks = Math.Exp(-0.0018 * Wheel);

    [Fact]
    public Task Ten_zooms_at_a_vertex_keep_it_in_sight() => chromium.Visit(studio, async tab =>
    {
        Network network = Examples.Network("spirals");
        Slice slice = DynamicsSlice.Through(DataSource.Load("example:spirals"));
        Partition whole = new PlanarPartitioner(network).Cut(slice);
        (double s, double t) = InnerVertex(whole, slice);
        await tab.Go("#/view?network=example:spirals");
        await tab.Cut();
        Assert.Equal(whole.RegionCount, await tab.Regions());
        double width = (await tab.View(slice)).Width;
        for (int zoom = 1; zoom <= 10; zoom++)
        {
            (float x, float y) = (await tab.View(slice)).Pixel(s, t);
            await tab.Page.Mouse.MoveAsync(x, y);
            await tab.Page.Mouse.WheelAsync(0, -Wheel);
            double expected = width *= Shrinks;
            await tab.Becomes(() => tab.Kept("viewport") is [_, _, double seen, _] && Math.Abs(seen / expected - 1) < 1e-6);
            await tab.Cut();
            Picture picture = await tab.Shoot(tab.Plot, $"zoom-{zoom}");
            Assert.True(picture.Colors > 20 && picture.Largest < 0.9, $"zoom {zoom}: {picture.Colors} colors, the first on {picture.Largest:P0}");
            await Assertions.Expect(tab.Alert).ToHaveCountAsync(0);
        }
        double[] viewport = tab.Kept("viewport")!;
        Assert.InRange(viewport[2], 1e-9, 1e-6);
        Assert.InRange(s, viewport[0] - viewport[2] / 2, viewport[0] + viewport[2] / 2);
        await tab.Page.ReloadAsync();
        await tab.Cut();
        Assert.Equal(viewport, tab.Kept("viewport"));
        Assert.Equal(Seen(network, slice, viewport).RegionCount, await tab.Regions());
        await tab.Shoot("deep");
    });

    [Theory]
    [InlineData("moons", 0.31, 0.2, 0.5)]
    [InlineData("spirals", -0.21, 0.33, 0.011)]
    [InlineData("spirals", 0.5, -0.4, 3e-4)]
    [InlineData("digits", 0.2, 0.1, 0.05)]
    public Task Regions_of_a_viewport_are_the_librarys(string name, double s, double t, double width) => chromium.Visit(studio, async tab =>
    {
        Slice slice = DynamicsSlice.Through(DataSource.Load("example:" + name));
        await tab.Go(FormattableString.Invariant($"#/view?network=example:{name}&viewport={s},{t},{width},{width}"));
        await tab.Cut();
        // The window decides how much more than the square is seen.
        ShownView view = await tab.View(slice);
        double[] seen = [s, t, view.Width, view.Height];
        Assert.Equal(Seen(Examples.Network(name), slice, seen).RegionCount, await tab.Regions());
        await tab.Shoot(FormattableString.Invariant($"{name}-{width}"));
    });

    // The view with room around it, inside the slice.
    private static Partition Seen(Network network, Slice slice, double[] viewport)
    {
        double[] extent = Explorer.Extent(slice);
        (double x0, double x1) = (Math.Max(viewport[0] - viewport[2] * Room / 2, extent[0]), Math.Min(viewport[0] + viewport[2] * Room / 2, extent[1]));
        (double y0, double y1) = (Math.Max(viewport[1] - viewport[3] * Room / 2, extent[2]), Math.Min(viewport[1] + viewport[3] * Room / 2, extent[3]));
        return new PlanarPartitioner(network).Cut(slice.Viewport([(x0 + x1) / 2, (y0 + y1) / 2], x1 - x0, y1 - y0));
    }

    // A corner well inside the slice, where regions of different slopes meet.
    private static (double S, double T) InnerVertex(Partition partition, Slice slice)
    {
        double[] extent = Explorer.Extent(slice);
        double[] center = [(extent[0] + extent[1]) / 2, (extent[2] + extent[3]) / 2];
        double[] vertices = partition.Vertices.ToArray();
        double[] nearest = vertices.Chunk(2).MinBy(vertex => Math.Abs(vertex[0] - center[0]) + Math.Abs(vertex[1] - center[1]))!;
        return (nearest[0], nearest[1]);
    }
}
