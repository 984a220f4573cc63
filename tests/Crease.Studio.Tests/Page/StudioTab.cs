using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>One tab of a browser that shows the Studio, with everything in it that should not have happened.</summary>
internal sealed class StudioTab : IAsyncDisposable
{
    // The browser itself says nothing of a violated policy that a test could tell from other lines.
    private const string TellViolations = "document.addEventListener('securitypolicyviolation', e => console.error(`policy violated: ${e.violatedDirective} ${e.blockedURI}`))";

    private readonly IBrowserContext _context;
    private readonly string _name;
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly List<string> _expected = [];

    private StudioTab(IBrowserContext context, IPage page, RunningStudio studio, string name) => (_context, Page, Studio, _name) = (context, page, studio, name);

    public IPage Page { get; }

    public RunningStudio Studio { get; }

    /// <summary>The stage: the application that draws the partition.</summary>
    public ILocator Stage => Page.GetByRole(AriaRole.Application, new() { NameRegex = new("^Partition") });

    /// <summary>The part of the stage that regions are drawn on.</summary>
    public ILocator Plot => Stage.Locator("canvas.plot");

    public ILocator Alert => Page.GetByRole(AriaRole.Alert);

    public static async Task<StudioTab> Open(IBrowser browser, RunningStudio studio, Look look, float patience, string name)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = look.Width, Height = look.Height },
            ColorScheme = look.Theme,
            HasTouch = look.IsTouch,
            IsMobile = look.IsTouch,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(patience);
        await context.AddInitScriptAsync(TellViolations);
        var tab = new StudioTab(context, await context.NewPageAsync(), studio, name);
        await tab.SignIn();
        tab.Listen();
        return tab;
    }

    /// <summary>Gives the browser the cookie that the printed address would have given it.</summary>
    public Task SignIn() => _context.AddCookiesAsync([new() { Name = $"crease-{Studio.Server.Port}", Value = Studio.Server.Token, Url = Studio.Root.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Strict }]);

    public Task SignOut() => _context.ClearCookiesAsync();

    /// <summary>Opens an address below the server's root, such as <c>#/runs</c>.</summary>
    public Task Go(string hash) => Page.GotoAsync(Studio.Root + hash);

    /// <summary>A line of the console that contains this text is no fault: the scenario provokes it.</summary>
    public void Expects(string text) => _expected.Add(text);

    /// <summary>Takes a picture of the page and keeps it among the artifacts.</summary>
    public async Task<Picture> Shoot(string part) => Kept(await Page.ScreenshotAsync(), part);

    /// <summary>Takes a picture of one element.</summary>
    public async Task<Picture> Shoot(ILocator element, string part) => Kept(await element.ScreenshotAsync(), part);

    /// <summary>Keeps a last picture of a scenario that failed, if the tab still lives, beside what it had said.</summary>
    public async Task Leave(string part)
    {
        foreach (string fault in _faults)
            TestContext.Current.TestOutputHelper?.WriteLine(fault);
        if (Page.IsClosed)
            return;
        TestContext.Current.TestOutputHelper?.WriteLine(Page.Url);
        await Shoot(part);
    }

    public void AssertQuiet()
    {
        string[] faults = [.. _faults.Where(fault => !_expected.Exists(text => fault.Contains(text, StringComparison.Ordinal)))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Listen()
    {
        string root = Studio.Root.ToString();
        Page.Console += (_, line) => Note(line.Type == "error", $"console: {line.Text} ({line.Location})");
        Page.PageError += (_, error) => Note(true, $"error: {error}");
        Page.Request += (_, request) => Note(!request.Url.StartsWith(root, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:" + root, StringComparison.Ordinal), $"request to {request.Url}");
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
            _faults.Enqueue(text);
    }

    private Picture Kept(byte[] png, string part)
    {
        string file = Path.Combine(Artifacts.Screenshots, string.Create(CultureInfo.InvariantCulture, $"{_name}-{part}.png"));
        File.WriteAllBytes(file, png);
        return Picture.Decode(png);
    }
}
