using Crease.Models;

namespace Crease.Studio;

/// <summary>How long a page waits: requests to a server of this process, over loopback, to the last byte.</summary>
public static class StudioBenchmark
{
    /// <summary>Regions that are in sight while zooming.</summary>
    public const int InSight = 50_000;

    private const double FirstPicture = 1, ZoomStep = 0.15, Patience = 0.3;
    // A browser takes longer to start and to load the page.
    private static readonly TimeSpan Browser = TimeSpan.FromSeconds(1);

    private const string Digits = "example:digits";
    private static readonly object Default = new { kind = "default" };

    /// <summary>Runs all cases.</summary>
    /// <param name="folder">Folder with <c>.onnx</c> networks; those of two inputs that have enough regions in [-1, 1]² are zoomed.</param>
    /// <param name="filter">Only networks whose name contains this.</param>
    /// <param name="repeats">Counted requests per case, at least 1.</param>
    /// <param name="cores">Threads of the server.</param>
    /// <param name="scratch">A folder that does not exist yet, for the workspace.</param>
    /// <returns>Timings, as they are measured.</returns>
    /// <exception cref="ModelException">A network cannot be read.</exception>
    public static async IAsyncEnumerable<StudioTiming> Run(string folder, string filter, int repeats, int cores, string scratch)
    {
        var options = new StudioOptions { Workspace = scratch, Cores = cores, WarmsUp = true };
        await using StudioServer server = await StudioServer.Start(options);
        await Task.Delay(Browser);
        using var page = new PageClient(server);
        // Whatever of it has not run before is compiled in it.
        yield return await PageClient.Time("first picture of digits, first request of all", 1, FirstPicture, _ => page.FirstPicture(Digits, Patience));
        yield return await PageClient.Time("first picture of digits", repeats, FirstPicture, _ => page.FirstPicture(Digits, Patience));
        yield return await PageClient.Time("pin of digits", repeats, null, i => page.Send("api/regions", new { network = Digits, slice = Default, at = new[] { 0.1 * i, 0.05 * i } }));
        yield return await Zoom(page, "digits", Digits, Default, repeats);
        foreach (string path in Networks(folder, filter))
        {
            string file = Path.GetFileName(path), id = NetworkShelf.Uploaded + file;
            await page.Upload(file, await File.ReadAllBytesAsync(path));
            object box = new { kind = "box", box = new[] { -1.0, 1, -1, 1 } };
            if ((await page.Cut(id, box, null)).Regions >= InSight)
                yield return await Zoom(page, Path.GetFileNameWithoutExtension(path), id, box, repeats);
        }
    }

    private static IEnumerable<string> Networks(string folder, string filter) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*.onnx").Where(path => Path.GetFileName(path).Contains(filter, StringComparison.Ordinal) && IsPlane(path)).Order(StringComparer.Ordinal) : [];

    private static bool IsPlane(string path) => Model.Load(path).InputShape.Size == 2;

    // Steps in and out in turn, each about another point, so that no two views are the same and all hold about as much.
    private static async Task<StudioTiming> Zoom(PageClient page, string name, string network, object slice, int repeats)
    {
        Viewport seen = await page.ViewOf(network, slice, InSight);
        return await PageClient.Time("zoom step of " + name, repeats, ZoomStep, i =>
        {
            double factor = i % 2 == 0 ? 1 : 1 / 1.05, shift = 0.002 * i;
            return page.Cut(network, slice, new Viewport(seen.X + (shift * seen.Width), seen.Y - (shift * seen.Height), seen.Width * factor, seen.Height * factor));
        });
    }
}
