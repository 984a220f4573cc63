using System.Net.Http.Json;
using Crease.Numerics;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Somebody zooms for an hour.</summary>
public sealed class SoakTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    // Room for cells is kept from cut to cut and grows to what the largest ones need; after so many requests it has.
    private const int Requests = 12_000, Settled = 8000, Checked = 500;
    private const long Room = 32L << 20;

    private static readonly string[] Networks = ["example:moons", "example:circles", "example:spirals", "example:digits"];

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public async Task Memory_stays_bounded_over_an_hour_of_zooming()
    {
        var random = new RandomSource(1);
        long settled = 0;
        for (int i = 0; i < Requests; i++)
        {
            await Ask(random, i);
            if (i < Settled || i % Checked != 0)
                continue;
            long held = GC.GetTotalMemory(forceFullCollection: true);
            settled = settled == 0 ? held : settled;
            Assert.True(held < settled + Room, $"{held >> 20} MiB are held after {i} requests, {settled >> 20} MiB after {Settled}");
        }
        CutGate gate = studio.Server.Service<CutGate>();
        await Eventually.Holds(() => gate.Active == 0, "all cuts end");
    }

    // Mostly views at depths down to 1e-6, some pins and sections, and one in twenty that nobody waits for.
    private async Task Ask(RandomSource random, int number)
    {
        string network = Networks[random.Index(Networks.Length)];
        var slice = new { kind = "default" };
        double depth = Math.Pow(10, -1 - (5 * random.Uniform())), x = random.Uniform() - 0.5, y = random.Uniform() - 0.5;
        switch (number % 20)
        {
            case 0:
                using (var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
                {
                    Task<HttpResponseMessage> asked = studio.Client.PostAsJsonAsync("api/partitions", new { network = "example:digits", slice }, patience.Token);
                    patience.CancelAfter(20);
                    try
                    {
                        (await asked).Dispose();
                    }
                    catch (OperationCanceledException)
                    {
                    }
                }
                break;
            case 1 or 2:
                await studio.Post("api/regions", new { network, slice, at = new[] { x, y } });
                break;
            case 3:
                await studio.Post("api/segments", new { network, slice, from = new[] { x, y }, to = new[] { x + depth, y } });
                break;
            default:
                await studio.Partition(new { network, slice, viewport = new { x, y, width = depth, height = depth } });
                break;
        }
    }
}
