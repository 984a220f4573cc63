using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Nobody gets in but by the printed address.</summary>
public sealed class EntranceTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=0b2e7d4ab7e577a05e3067ab62bbbcedbfb0db889d10090a")]
    [InlineData("api/about")]
    [InlineData("api/openapi.json")]
    [InlineData("assets/index.js")]
    [InlineData("api/partitions")]
    public async Task Requests_without_the_token_are_refused(string path)
    {
        using HttpClient client = studio.Bare();
        using HttpResponseMessage answer = await client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("crease studio", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Bearer", "0b2e7d4ab7e577a05e3067ab62bbbcedbfb0db889d10090a")]
    [InlineData("Bearer", "x")]
    [InlineData("Basic", null)]
    public async Task Another_token_is_refused(string scheme, string? token)
    {
        using HttpClient client = studio.Bare();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, token ?? studio.Server.Token);
        using HttpResponseMessage answer = await client.GetAsync("api/about", Token);
        await RunningStudio.Error(answer, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_printed_address_gives_a_cookie_that_opens_everything()
    {
        using HttpClient client = studio.Bare();
        using HttpResponseMessage entrance = await client.GetAsync(studio.Server.Address, Token);
        Assert.Equal(HttpStatusCode.Found, entrance.StatusCode);
        Assert.Equal("/", entrance.Headers.Location!.OriginalString);
        string cookie = Assert.Single(entrance.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        foreach (string path in (string[])["", "api/about", "api/openapi.json"])
        {
            using HttpResponseMessage answer = await client.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example:{0}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost")]
    [InlineData("[::1]:{0}")]
    public async Task Another_host_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/about");
        request.Headers.Host = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, studio.Server.Port);
        using HttpResponseMessage answer = await studio.Client.SendAsync(request, Token);
        await RunningStudio.Error(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Localhost_is_another_name_of_the_same_place()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/about");
        request.Headers.Host = $"localhost:{studio.Server.Port}";
        request.Headers.Add("Origin", $"http://localhost:{studio.Server.Port}");
        using HttpResponseMessage answer = await studio.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1:{0}")]
    public async Task Another_origin_is_refused(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/slices");
        request.Headers.Add("Origin", string.Format(System.Globalization.CultureInfo.InvariantCulture, origin, studio.Server.Port));
        using HttpResponseMessage answer = await studio.Client.SendAsync(request, Token);
        await RunningStudio.Error(answer, HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("api/about", true)]
    [InlineData("api/nothing", true)]
    [InlineData("api/about", false)]
    public async Task Every_answer_carries_the_headers(string path, bool hasToken)
    {
        using HttpClient client = studio.Bare();
        if (hasToken)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", studio.Server.Token);
        using HttpResponseMessage answer = await client.GetAsync(path, Token);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_taken_port_is_one_line()
    {
        using var folder = new TemporaryFolder();
        IOException fault = await Assert.ThrowsAsync<IOException>(() => StudioServer.Start(new StudioOptions { Workspace = folder.Path, Port = studio.Server.Port }));
        Assert.Equal($"port {studio.Server.Port} is in use; name another one, or 0 for a free one", fault.Message);
    }
}
