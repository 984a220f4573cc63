using System.Text.Json;
using Crease.Lab;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Every chart of accuracy under attack stands above the line of the masking audit, as every figure does.</summary>
[Collection(OneBrowser.Name)]
public sealed class AuditLineTests(RunningStudio studio, Chromium chromium) : IClassFixture<RunningStudio>
{
    [Fact]
    public async Task Charts_of_accuracy_under_attack_carry_the_line_of_the_figures()
    {
        foreach ((string name, TrainingOptions options) in new[] { ("attacked", TrainedRun.Digits), ("attacked-too", TrainedRun.Digits with { Seed = 1 }), ("plain", TrainedRun.Options) })
            TrainedRun.In(Path.Combine(studio.Workspace, "runs", name), options);
        await studio.Restart();
        var sent = new Dictionary<string, JsonElement>();
        foreach (string name in (string[])["attacked", "attacked-too", "plain"])
        {
            await Eventually.Holds(async () => (sent[name] = await studio.Get($"api/runs/{name}/dynamics")).GetProperty("rows").GetArrayLength() >= 5, "five checkpoints are measured");
        }
        await chromium.Visit(studio, async tab =>
        {
            await tab.Go("#/run?run=attacked");
            await Carries(tab, "Robust accuracy against steps", Line(sent["attacked"]));
            await tab.Go("#/runs?runs=attacked,attacked-too");
            string[] names = ["attacked", "attacked-too"];
            await Carries(tab, "Robust accuracy of 2 runs against steps", Line(names.Select(name => sent[name]).MaxBy(Share)));
            // What is not attacked has no such chart, and no such line.
            Assert.Equal(JsonValueKind.Null, sent["plain"].GetProperty("audit").ValueKind);
            await tab.Go("#/run?run=plain");
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { Name = "Local complexity against steps" })).ToBeVisibleAsync();
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Robust accuracy") })).ToHaveCountAsync(0);
            await Assertions.Expect(Note(tab)).ToHaveCountAsync(0);
        });
    }

    private static async Task Carries(StudioTab tab, string chart, string line)
    {
        ILocator drawn = tab.Page.GetByRole(AriaRole.Img, new() { Name = chart });
        await Assertions.Expect(drawn).ToBeVisibleAsync();
        await Assertions.Expect(Note(tab)).ToHaveTextAsync(line);
        await Note(tab).ScrollIntoViewIfNeededAsync();
        await tab.Shoot(chart.Contains("runs", StringComparison.Ordinal) ? "compared" : "run");
        LocatorBoundingBoxResult above = (await drawn.BoundingBoxAsync())!, below = (await Note(tab).BoundingBoxAsync())!;
        Assert.InRange(below.Y - (above.Y + above.Height), -1, 60);
        Assert.True(below.Width <= above.Width + 1 && below.Height > 10);
    }

    private static ILocator Note(StudioTab tab) => tab.Page.GetByRole(AriaRole.Note, new() { Name = "Masking audit" });

    private static string Line(JsonElement dynamics)
    {
        string line = dynamics.GetProperty("audit").GetString()!;
        Assert.Equal(AuditCaption.NotRun("crease attack RUN --data DATA --norm linf --epsilon 0.2 --audit", Share(dynamics)), line);
        return line;
    }

    private static double Share(JsonElement dynamics)
    {
        double share = dynamics.GetProperty("zeroGradientShare").GetDouble();
        Assert.Equal(dynamics.GetProperty("rows").EnumerateArray().Max(row => row.GetProperty("robustness").GetProperty("zeroGradientShare").GetDouble()), share);
        return share;
    }
}
