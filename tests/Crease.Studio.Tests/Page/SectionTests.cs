using Crease.Geometry;
using Crease.Lab;
using Crease.Models;
using Crease.Networks;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>A line drawn on the picture is cut as the library cuts it.</summary>
[Collection(OneBrowser.Name)]
public sealed class SectionTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("moons", "")]
    [InlineData("spirals", "")]
    [InlineData("digits", "&viewport=0.2,0.1,0.3,0.3")]
    public Task A_drag_with_shift_counts_the_breakpoints(string name, string where) => chromium.Visit(studio, async tab =>
    {
        Slice slice = DynamicsSlice.Through(DataSource.Load("example:" + name));
        await tab.Go($"#/view?network=example:{name}{where}");
        await tab.Cut();
        ShownView view = await tab.View(slice);
        LocatorBoundingBoxResult plot = view.Plot;
        (float x, float y) = (MathF.Round(plot.X + 0.62f * plot.Width), MathF.Round(plot.Y + 0.21f * plot.Height));
        await tab.Page.Keyboard.DownAsync("Shift");
        await tab.Page.Mouse.MoveAsync(plot.X + 0.3f * plot.Width, plot.Y + 0.7f * plot.Height);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x, y, new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await tab.Page.Keyboard.UpAsync("Shift");
        ILocator told = tab.Page.GetByText(" breakpoints over a length of ");
        await Assertions.Expect(told).ToBeVisibleAsync();
        // Ends on the way there are kept as well.
        await tab.Becomes(() => tab.Kept("section") is [_, _, double s, double t] && view.Pixel(s, t) is var (endX, endY) && Math.Abs(endX - x) + Math.Abs(endY - y) < 1);
        double[] ends = tab.Kept("section")!;
        SegmentPartition found = new SegmentPartitioner(Examples.Network(name)).Cut(Slice.Segment(slice.Decode(ends[0], ends[1]), slice.Decode(ends[2], ends[3])), null, new CutOptions { Boundary = true });
        string[] words = (await told.InnerTextAsync()).Split("over a length of ");
        Assert.Equal(found.Breakpoints.Length, Shown.Number(words[0]));
        Shown.Is(found.Length, words[1].Split(';')[0].Split(". ")[0].TrimEnd('.'), 3);
        int changes = found.Boundary!.Positions.Length;
        Assert.Equal(changes > 0, words[1].Contains("the class changes", StringComparison.Ordinal));
        if (changes > 1)
            Assert.Contains($"the class changes {changes} times", words[1], StringComparison.Ordinal);
        ILocator chart = tab.Page.GetByRole(AriaRole.Img, new() { Name = "Outputs along the section" });
        Picture picture = await tab.Shoot(chart, name + "-chart");
        Assert.True(picture.Colors > 50);
        await tab.Shoot(name);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await tab.Keeps("[?&]section=", has: false);
    });
}
