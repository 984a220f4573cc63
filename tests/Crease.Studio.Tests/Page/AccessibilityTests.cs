using Crease.Lab;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Every page in both themes, for people who do not see it or do not use a mouse.</summary>
[Collection(OneBrowser.Name)]
public sealed class AccessibilityTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    private static readonly TrainingOptions Tiny = new()
    {
        Data = new() { Data = "synthetic:moons,samples=100,noise=0.1" },
        Network = new() { Net = "2-4-2" },
        Steps = 20,
        Batch = 10,
        Metrics = "every:5",
        Checkpoints = "every:10",
    };

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task No_page_has_a_serious_violation(ColorScheme theme) => chromium.Visit(studio, async tab =>
    {
        List<string> found = [];
        string run = "tiny-" + theme.ToString().ToLowerInvariant();
        await tab.Go("");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Show the partition of") }).First).ToBeVisibleAsync();
        await Examine(tab, "start", theme, found);
        await tab.Go("#/view?network=example:digits&viewport=0.2,0.1,0.3,0.3&pin=0.2,0.1&section=0.1,0.05,0.3,0.2");
        await tab.Cut();
        await Assertions.Expect(tab.Fact("code")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText(" breakpoints over a length of ")).ToBeVisibleAsync();
        await Examine(tab, "view", theme, found);
        await tab.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys and gestures" })).ToBeVisibleAsync();
        await Examine(tab, "help", theme, found);
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Go("#/network?network=example:digits");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "digits" })).ToBeVisibleAsync();
        await Examine(tab, "network", theme, found);
        await tab.Go("#/runs");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "Train a network" }).First).ToBeVisibleAsync();
        await Examine(tab, "runs", theme, found);
        await tab.Go("#/train");
        await tab.Page.GetByText("All options").ClickAsync();
        await Examine(tab, "train", theme, found);
        await tab.Go("#/runs");
        if (LibTorchCompat.TryLoad(out _))
            await Train(tab, run, theme, found);
        Assert.True(found.Count == 0, string.Join("\n", found));
    }, new Look { Theme = theme });

    private static async Task Train(StudioTab tab, string run, ColorScheme theme, List<string> found)
    {
        await tab.Train(run, Tiny);
        await tab.Is("complete");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Slider, new() { Name = "Checkpoint" })).ToBeVisibleAsync();
        await Examine(tab, "run", theme, found);
        Picture picture = await tab.Shoot("run-" + theme);
        Assert.True(picture.Share(2, theme == ColorScheme.Dark ? Palette.Dark : Palette.Light) > 0.02);
        string other = run + "-too";
        await tab.Train(other, Tiny);
        await tab.Is("complete");
        await tab.Go($"#/runs?runs={run},{other}");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Loss") })).ToBeVisibleAsync();
        await Examine(tab, "compare", theme, found);
    }

    // A theme changes colors and nothing else.
    private static async Task Examine(StudioTab tab, string part, ColorScheme theme, List<string> found)
    {
        AxeResult result = await tab.Page.RunAxe(theme == ColorScheme.Light ? new AxeRunOptions() : new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast") });
        Assert.True(result.Passes.Length >= (theme == ColorScheme.Light ? 6 : 1));
        found.AddRange(result.Violations.Where(rule => rule.Impact is "serious" or "critical")
            .Select(rule => $"{part}: {rule.Id} ({rule.Help}): {string.Join("; ", rule.Nodes.Select(node => node.Html))}"));
        await tab.Shoot($"{part}-{theme}");
    }
}
