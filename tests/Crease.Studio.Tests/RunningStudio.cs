using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>A server on a free port with a workspace of its own, and a client that has the token.</summary>
public sealed class RunningStudio : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal StudioServer Server { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    internal string Workspace => _folder.At("workspace");

    internal Uri Root => new($"http://127.0.0.1:{Server.Port}/");

    public ValueTask InitializeAsync() => new(Begin(0));

    public async ValueTask DisposeAsync()
    {
        await End();
        _folder.Dispose();
    }

    /// <summary>Ends the server and starts another one on the same workspace.</summary>
    internal async Task Restart()
    {
        await End();
        await Begin(0);
    }

    /// <summary>Starts a server on the workspace.</summary>
    /// <param name="port">Its port; 0 for a free one.</param>
    internal async Task Begin(int port)
    {
        Server = await StudioServer.Start(new StudioOptions { Workspace = Workspace, Port = port, Cores = 2, TimeLimit = TimeSpan.FromHours(1) });
        Client = Bare();
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Server.Token);
    }

    /// <summary>Ends the server; what it was remains to be read.</summary>
    internal async Task End()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>A client without the token that follows nothing and keeps no cookies.</summary>
    internal HttpClient Bare() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 100 }) { BaseAddress = Root };

    internal async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(path, Token);
        return await Json(answer);
    }

    internal async Task<JsonElement> Post(string path, object body)
    {
        using HttpResponseMessage answer = await Client.PostAsJsonAsync(path, body, Token);
        return await Json(answer);
    }

    internal Task<HttpResponseMessage> Upload(string path, byte[] bytes) => Client.PostAsync(path, new ByteArrayContent(bytes), Token);

    internal async Task<BinaryPartition> Partition(object query)
    {
        using HttpResponseMessage answer = await Client.PostAsJsonAsync("api/partitions", query, Token);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 400))));
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        return BinaryPartition.Parse(bytes);
    }

    /// <summary>The one line of an error; its form is checked.</summary>
    internal static async Task<string> Error(HttpResponseMessage answer, HttpStatusCode expected)
    {
        string body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {body}");
        JsonElement json = JsonDocument.Parse(body).RootElement;
        string error = Assert.Single(json.EnumerateObject(), property => property.Name == "error").Value.GetString()!;
        Assert.False(error.Contains('\n') || error.Contains("   at ", StringComparison.Ordinal) || error.Contains("internal error", StringComparison.Ordinal), error);
        Assert.NotEmpty(error);
        return error;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}
