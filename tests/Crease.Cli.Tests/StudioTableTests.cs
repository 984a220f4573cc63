using System.Net;
using System.Net.Http.Headers;
using Crease.Lab;
using Crease.Lab.Tests;
using Crease.Studio;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>The Studio and the command give the same table and figure of a run.</summary>
public sealed class StudioTableTests
{
    [Fact]
    public async Task The_table_of_the_studio_is_that_of_the_command()
    {
        LibTorch.Require();
        using var folder = new TemporaryFolder();
        string run = folder["workspace/runs/moons"];
        Directory.CreateDirectory(folder["workspace/runs"]);
        Assert.Equal(0, Call.Of($"train --data synthetic:moons,samples=200,noise=0.1 --samples 120 --net 2-8-8-2 --steps 60 --batch 20 --rate 0.01 --metrics ends --checkpoints every:20 --quiet -o {run}".Split(' ')).Status);
        await using StudioServer server = await StudioServer.Start(new StudioOptions { Workspace = folder["workspace"] });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        byte[] sent = [];
        // Rows come as they are measured.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (sent.Count(character => character == '\n') < 5)
        {
            await Task.Delay(20, patience.Token);
            using HttpResponseMessage answer = await client.GetAsync("api/runs/moons/dynamics.csv", TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK)
                sent = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            else
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        (string table, string figure, string store) = (folder["moons.csv"], folder["moons.svg"], folder["apart.jsonl"]);
        Assert.Equal(0, Call.Of("dynamics", run, "--store", store, "--title", "moons", "-o", table, "-o", figure, "--quiet").Status);
        Assert.Equal(await File.ReadAllBytesAsync(table, TestContext.Current.CancellationToken), sent);
        Assert.Equal(await File.ReadAllBytesAsync(figure, TestContext.Current.CancellationToken), await client.GetByteArrayAsync("api/runs/moons/figures/dynamics.svg", TestContext.Current.CancellationToken));
    }
}
