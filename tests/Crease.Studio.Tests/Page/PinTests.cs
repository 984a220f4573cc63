using System.Globalization;
using System.Text.RegularExpressions;
using Crease.Geometry;
using Crease.Lab;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What the page says of a point is what the library finds there.</summary>
[Collection(OneBrowser.Name)]
public sealed class PinTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    [Theory]
    [InlineData("moons", "", 0.31, 0.44)]
    [InlineData("spirals", "", 0.6, 0.3)]
    [InlineData("digits", "&viewport=0.2,0.1,0.3,0.3", 0.52, 0.47)]
    public Task A_click_tells_the_numbers_of_the_region(string name, string where, double right, double down) => chromium.Visit(studio, async tab =>
    {
        Network network = Examples.Network(name);
        DataSet data = DataSource.Load("example:" + name);
        Slice slice = DynamicsSlice.Through(data);
        await tab.Go($"#/view?network=example:{name}{where}");
        await tab.Cut();
        ShownView view = await tab.View(slice);
        (float x, float y) = ((float)Math.Round(view.Plot.X + right * view.Plot.Width), (float)Math.Round(view.Plot.Y + down * view.Plot.Height));
        await tab.Page.Mouse.ClickAsync(x, y);
        await tab.Keeps("[?&]pin=");
        double[] pin = tab.Kept("pin")!;
        (float px, float py) = view.Pixel(pin[0], pin[1]);
        Assert.True(Math.Abs(px - x) < 1 && Math.Abs(py - y) < 1, $"clicked at ({x}, {y}), pinned at ({px}, {py})");
        LocalGeometry geometry = LocalGeometry.Of(network, slice.Decode(pin));
        RegionAround region = RegionAround.At(new PlanarPartitioner(network), slice, pin[0], pin[1]);
        Assert.Equal(region.CodeHash.ToString("x16", CultureInfo.InvariantCulture), await tab.Fact("code").InnerTextAsync());
        Assert.Equal(data.ClassNames?[geometry.Class] ?? $"class {geometry.Class}", await tab.Fact("class").InnerTextAsync());
        Shown.Is(region.SlopeNorm, await tab.Fact("slope norm").InnerTextAsync(), 5);
        Assert.True(region.IsWhole);
        Shown.Is(region.Area, await tab.Fact("area").InnerTextAsync(), 4);
        Shown.Is(geometry.BoundaryDistance, await tab.Fact("to the boundary").InnerTextAsync(), 4);
        Assert.Equal(region.Depth, Shown.Number(await tab.Fact("depth").InnerTextAsync()));
        IReadOnlyList<string> outputs = await tab.Page.Locator("h3:text-is('Outputs') + ol > li > :last-child").AllInnerTextsAsync();
        Assert.Equal(geometry.Output.Length, outputs.Count);
        for (int k = 0; k < outputs.Count; k++)
            Shown.Is(geometry.Output[k], outputs[k], 3);
        string[] active = [.. await tab.Page.Locator("h3:text-is('Layers') + table tbody td:nth-child(2)").AllInnerTextsAsync()];
        Assert.Equal(geometry.Code.Pieces.Select(layer => $"{layer.Count(piece => piece != 0)} of {layer.Length}"), active.Select(text => text.Trim()));
        await tab.Shoot(name);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Let go" }).ClickAsync();
        await tab.Keeps("[?&]pin=", has: false);
        await Assertions.Expect(tab.Fact("code")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_pointer_that_rests_reads_the_value() => chromium.Visit(studio, async tab =>
    {
        Slice slice = DynamicsSlice.Through(DataSource.Load("example:spirals"));
        await tab.Go("#/view?network=example:spirals");
        await tab.Cut();
        ShownView view = await tab.View(slice);
        (float x, float y) = ((float)Math.Round(view.Plot.X + (0.3 * view.Plot.Width)), (float)Math.Round(view.Plot.Y + (0.6 * view.Plot.Height)));
        await tab.Page.Mouse.MoveAsync(x, y);
        ILocator value = tab.Page.Locator(".readout .value");
        await Assertions.Expect(value).ToHaveTextAsync(new Regex("value .*[0-9]"));
        double s = view.X + ((x - view.Plot.X - (view.Plot.Width / 2)) / view.Scale), t = view.Y - ((y - view.Plot.Y - (view.Plot.Height / 2)) / view.Scale);
        Shown.Is(Examples.Network("spirals").Evaluate(slice.Decode(s, t)).Max(), (await value.InnerTextAsync()).Replace("value", "", StringComparison.Ordinal), 3);
        string code = RegionAround.At(new PlanarPartitioner(Examples.Network("spirals")), slice, s, t).CodeHash.ToString("x16", CultureInfo.InvariantCulture)[..8];
        await Assertions.Expect(tab.Page.Locator(".readout .mono")).ToHaveTextAsync(code);
    });

    [Fact]
    public Task Images_of_the_input_and_of_the_templates_are_shown() => chromium.Visit(studio, async tab =>
    {
        await tab.Go("#/view?network=example:digits&viewport=0.2,0.1,0.3,0.3&pin=0.2,0.1");
        await tab.Cut();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { Name = "The input at the pin" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Template of ") })).ToHaveCountAsync(10);
        Picture input = await tab.Shoot(tab.Page.GetByRole(AriaRole.Img, new() { Name = "The input at the pin" }), "input");
        Assert.True(input.Colors > 5);
    });
}
