using Crease.Lab;
using Microsoft.Playwright;

namespace Crease.Studio.Tests;

/// <summary>The form that starts a run, filled as a person fills it.</summary>
internal static class TrainingForm
{
    /// <summary>Opens the form, writes what the options say where it differs from the defaults of the form, and starts.</summary>
    public static async Task Train(this StudioTab tab, string name, TrainingOptions options)
    {
        await tab.Go("#/train");
        await tab.Fill("Name", name);
        await tab.Fill("Data", options.Data.Data);
        await tab.Fill("Network", options.Network.Net);
        await tab.Fill("Steps", Text(options.Steps));
        await tab.Fill("Batch", Text(options.Batch));
        await tab.Fill("Learning rate", Text(options.Optimizer.Rate));
        await tab.Fill("Weight decay", Text(options.Optimizer.WeightDecay));
        await tab.Page.GetByText("All options").ClickAsync();
        await tab.Fill("Metrics", options.Metrics);
        await tab.Fill("Checkpoints", options.Checkpoints);
        await tab.Shoot("form");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start training" }).ClickAsync();
        await tab.Keeps("#/run[?]run=" + name);
    }

    /// <summary>Waits until the run is said to be in a state.</summary>
    public static Task Is(this StudioTab tab, string state) => Assertions.Expect(tab.Page.Locator("header .numbers > :first-child")).ToHaveTextAsync(state);

    private static async Task Fill(this StudioTab tab, string label, string value) =>
        await tab.Page.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    private static string Text(IFormattable value) => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
