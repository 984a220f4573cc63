using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Crease.Networks;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What a person does on the page of one partition, and what it shows.</summary>
internal static class Explorer
{
    /// <summary>Waits for a cut that is done and drawn.</summary>
    public static async Task Cut(this StudioTab tab)
    {
        await Assertions.Expect(tab.Fact("status").First).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Cutting" })).ToHaveCountAsync(0);
        await tab.Drawn();
    }

    /// <summary>Waits until what is seen is drawn as it should be and no older picture stands in.</summary>
    public static Task Drawn(this StudioTab tab) => Assertions.Expect(tab.Plot).ToHaveAttributeAsync("data-picture", "exact");

    /// <summary>The definition beside a term, such as <c>slope norm</c>.</summary>
    public static ILocator Fact(this StudioTab tab, string term) => tab.Page.Locator($"xpath=//aside//dt[normalize-space()='{term}']/following-sibling::dd[1]");

    /// <summary>Regions of the newest cut.</summary>
    public static async Task<int> Regions(this StudioTab tab) =>
        (int)Shown.Number(await tab.Page.Locator("xpath=//aside//dt[starts-with(normalize-space(), 'regions')]/following-sibling::dd[1]").InnerTextAsync());

    /// <summary>Numbers of the address, such as those of <c>pin</c>; null where it has none.</summary>
    public static double[]? Kept(this StudioTab tab, string name)
    {
        Match found = Regex.Match(tab.Page.Url, $"[?&]{name}=([^&]*)");
        return found.Success ? Array.ConvertAll(found.Groups[1].Value.Split(','), number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>Waits until the address has, or no longer has, a part that matches.</summary>
    public static Task Keeps(this StudioTab tab, string pattern, bool has = true) => tab.Becomes(() => Regex.IsMatch(tab.Page.Url, pattern) == has);

    /// <summary>Waits until the address is as a condition wants it, by looking again: the browser tells of a change only to those who already wait.</summary>
    public static async Task Becomes(this StudioTab tab, Func<bool> isSo)
    {
        var waited = Stopwatch.StartNew();
        for (; !isSo(); await Task.Delay(50, TestContext.Current.CancellationToken))
            Assert.True(waited.ElapsedMilliseconds < Chromium.Patience, $"the address stays {tab.Page.Url}");
    }

    /// <summary>Least and greatest coordinates of a slice.</summary>
    public static double[] Extent(Slice slice)
    {
        double[] domain = slice.Domain.ToArray();
        double[] s = [.. domain.Where((_, i) => i % 2 == 0)], t = [.. domain.Where((_, i) => i % 2 == 1)];
        return [s.Min(), s.Max(), t.Min(), t.Max()];
    }

    /// <summary>What is seen now.</summary>
    public static async Task<ShownView> View(this StudioTab tab, Slice slice)
    {
        LocatorBoundingBoxResult plot = (await tab.Plot.BoundingBoxAsync())!;
        return tab.Kept("viewport") is double[] viewport ? ShownView.Of(viewport, plot) : ShownView.Whole(Extent(slice), plot);
    }
}
