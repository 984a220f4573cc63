using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>One headless browser for all tests of the page; where Chromium or the built page is missing they are skipped with the reason.</summary>
public sealed class Chromium : IAsyncLifetime
{
    internal const float Patience = 60_000;

    // A browser that hangs answers nothing, not even that it is closed.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome-stable"];

    // WebGL without a graphics card.
    private static readonly string[] Arguments = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        if (typeof(StudioServer).Assembly.GetManifestResourceInfo("web/index.html") is null)
            _missing = "The page is not built: Node was not there when Crease.Studio was built.";
        else if (Array.Find(Places, File.Exists) is not string place)
            _missing = $"There is no Chromium: {string.Join(", ", Places)} do not exist. Install it with: apt-get install --no-install-recommends chromium";
        else
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = place, Headless = true, Args = Arguments });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync().AsTask().WaitAsync(Longest);
        _playwright?.Dispose();
    }

    /// <summary>Plays a scenario in a tab that has the cookie of the server and nothing else, and then asserts that the tab was quiet: no error, no request to elsewhere.</summary>
    /// <param name="studio">The server.</param>
    /// <param name="scenario">What a person does and sees.</param>
    /// <param name="look">Size and theme of the window.</param>
    /// <param name="name">Names the pictures; the test's name by default.</param>
    internal async Task Visit(RunningStudio studio, Func<StudioTab, Task> scenario, Look? look = null, [CallerMemberName] string name = "")
    {
        if (_missing is not null)
            Assert.Skip(_missing);
        await Play(studio, scenario, look ?? new Look(), name).WaitAsync(Longest, TestContext.Current.CancellationToken);
    }

    private async Task Play(RunningStudio studio, Func<StudioTab, Task> scenario, Look look, string name)
    {
        await using StudioTab tab = await StudioTab.Open(_browser!, studio, look, Patience, name);
        try
        {
            await scenario(tab);
        }
        catch (Exception)
        {
            await tab.Leave("failed");
            throw;
        }
        tab.AssertQuiet();
    }
}
