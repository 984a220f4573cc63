using System.Net;
using System.Net.Http.Headers;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>What a server may take is what its options say.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task An_upload_that_is_too_large_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        await using StudioServer server = await StudioServer.Start(new StudioOptions { Workspace = folder.Path, UploadBytes = 100 });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        byte[] bytes = HostileModels.Valid();
        Assert.True(bytes.Length > 100);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "api/networks?name=chunked.onnx") { Content = new ByteArrayContent(bytes) };
        chunked.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage unknownLength = await client.SendAsync(chunked, TestContext.Current.CancellationToken);
        await RunningStudio.Error(unknownLength, HttpStatusCode.RequestEntityTooLarge);
        using HttpResponseMessage answer = await client.PostAsync("api/networks?name=large.onnx", new ByteArrayContent(bytes), TestContext.Current.CancellationToken);
        await RunningStudio.Error(answer, HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(70000, 1)]
    [InlineData(0, 0)]
    public async Task Options_out_of_range_are_refused(int port, int cores)
    {
        using var folder = new TemporaryFolder();
        await Assert.ThrowsAsync<ArgumentException>(() => StudioServer.Start(new StudioOptions { Workspace = folder.Path, Port = port, Cores = cores }));
    }
}
