using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Requests that are wrong, too large, too many, or given up.</summary>
public sealed class RequestTests(RunningStudio studio) : IClassFixture<RunningStudio>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slices", "", 400)]
    [InlineData("slices", "{", 400)]
    [InlineData("slices", "[]", 400)]
    [InlineData("slices", "null", 400)]
    [InlineData("slices", "{}", 400)]
    [InlineData("slices", "{\"network\": null}", 400)]
    [InlineData("slices", "{\"network\": \"example:moons\"}", 400)]
    [InlineData("slices", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"cube\"}}", 400)]
    [InlineData("slices", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"box\"}}", 400)]
    [InlineData("slices", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"box\", \"box\": [1, 0, 0, 1]}}", 400)]
    [InlineData("slices", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"box\", \"box\": [0, 1e999, 0, 1]}}", 400)]
    [InlineData("slices", "{\"network\": \"example:digits\", \"slice\": {\"kind\": \"box\", \"box\": [0, 1, 0, 1]}}", 400)]
    [InlineData("slices", "{\"network\": \"example:digits\", \"slice\": {\"kind\": \"anchors\", \"data\": \"example:moons\", \"rows\": [0, 1, 2]}}", 400)]
    [InlineData("slices", "{\"network\": \"example:digits\", \"slice\": {\"kind\": \"anchors\", \"data\": \"example:digits\", \"rows\": [0, 0, 2]}}", 400)]
    [InlineData("slices", "{\"network\": \"example:digits\", \"slice\": {\"kind\": \"anchors\", \"data\": \"example:digits\", \"rows\": [0, 1, -2]}}", 422)]
    [InlineData("slices", "{\"network\": \"example:digits\", \"slice\": {\"kind\": \"anchors\", \"data\": \"/etc/passwd\", \"rows\": [0]}}", 404)]
    [InlineData("slices", "{\"network\": \"nothing\"}", 404)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"maxRegions\": 0}", 400)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"patience\": 0}", 400)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"maxRegions\": 2000000000}", 400)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"color\": \"blue\"}", 400)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"layers\": -3}", 400)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"viewport\": {\"x\": 0, \"y\": 0, \"width\": 0, \"height\": 1}}", 400)]
    [InlineData("partitions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"viewport\": {\"x\": 0}}", 400)]
    [InlineData("regions", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}}", 400)]
    [InlineData("segments", "{\"network\": \"example:moons\", \"slice\": {\"kind\": \"default\"}, \"from\": [0, 0], \"to\": [0, 0]}", 400)]
    [InlineData("runs", "{\"name\": \"x\"}", 400)]
    [InlineData("runs", "{\"name\": \"x\", \"options\": {}}", 400)]
    [InlineData("runs", "{\"name\": \"../x\", \"options\": {\"data\": {\"data\": \"example:moons\"}, \"network\": {\"net\": \"2-4-2\"}}}", 400)]
    [InlineData("runs", "{\"name\": \"x\", \"options\": {\"data\": {\"data\": \"/etc/passwd\"}, \"network\": {\"net\": \"2-4-2\"}}}", 404)]
    [InlineData("runs", "{\"name\": \"x\", \"options\": {\"data\": {\"data\": \"example:moons\"}, \"network\": {\"net\": \"no such\"}}}", 400)]
    public async Task Wrong_requests_are_refused_in_one_line(string resource, string body, int status)
    {
        using HttpResponseMessage answer = await studio.Client.PostAsync("api/" + resource, new StringContent(body, Encoding.UTF8, "application/json"), Token);
        await RunningStudio.Error(answer, (HttpStatusCode)status);
        Assert.False(Directory.Exists(Path.Combine(studio.Workspace, "runs", "x")));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        string body = "{\"network\": \"" + new string('x', 2 << 20) + "\"}";
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan }) { BaseAddress = studio.Root };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/slices") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = studio.Client.DefaultRequestHeaders.Authorization;
        // The server hangs up on what it will not read: a client that has asked first hears why.
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage answer = await client.SendAsync(request, Token);
        await RunningStudio.Error(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Fifty_clients_get_the_same_answer()
    {
        var query = new { network = "example:spirals", slice = new { kind = "default" } };
        byte[][] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using HttpResponseMessage answer = await studio.Client.PostAsJsonAsync("api/partitions", query, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            byte[] bytes = await answer.Content.ReadAsByteArrayAsync(Token);
            BinaryPartition partition = BinaryPartition.Parse(bytes);
            return System.Runtime.InteropServices.MemoryMarshal.AsBytes(partition.Vertices.AsSpan()).ToArray();
        }));
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public async Task A_request_that_is_given_up_stops_its_cut()
    {
        using (HttpResponseMessage answer = await studio.Upload("api/networks?name=endless.onnx", Endless()))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        CutGate gate = studio.Server.Service<CutGate>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<HttpResponseMessage> asked = studio.Client.PostAsJsonAsync("api/partitions", new { network = "upload:endless.onnx", slice = new { kind = "box", box = new[] { -9.0, 9, -9, 9 } }, maxRegions = 1_000_000 }, patience.Token);
        await Eventually.Holds(() => gate.Active > 0, "the cut begins");
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        // Nothing but this ends the cut within the time that the test waits.
        await Eventually.Holds(() => gate.Active == 0, "the cut ends");
        Assert.Equal("complete", (await studio.Partition(new { network = "example:moons", slice = new { kind = "default" } })).Head.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_interface_describes_itself()
    {
        JsonElement paths = (await studio.Get("api/openapi.json")).GetProperty("paths");
        string[] expected = ["/api/about", "/api/networks", "/api/networks/{id}", "/api/data", "/api/data/{id}/rows", "/api/slices", "/api/partitions", "/api/regions", "/api/segments", "/api/runs", "/api/runs/{id}/events", "/api/options"];
        Assert.Subset(paths.EnumerateObject().Select(path => path.Name).ToHashSet(), expected.ToHashSet());
        Assert.Equal(studio.Workspace, (await studio.Get("api/about")).GetProperty("workspace").GetString());
    }

    // Convolutions make each of its million regions cost milliseconds, and the first layer alone is quick.
    internal static byte[] Endless() => new OnnxWriter().Input("x", -1, 2).Random("a", 2, 12).Random("b", 12).Node("Gemm", "x a b", "c").Node("Relu", "c", "d")
        .Random("e", 12, 768).Random("f", 768).Node("Gemm", "d e f", "g").Integers("s", -1, 3, 16, 16).Node("Reshape", "g s", "h")
        .Random("k1", 64, 3, 3, 3).Random("l1", 64).Node("Conv", "h k1 l1", "m1", ("pads", new long[] { 1, 1, 1, 1 })).Node("Relu", "m1", "n1")
        .Random("k2", 64, 64, 3, 3).Random("l2", 64).Node("Conv", "n1 k2 l2", "m2", ("pads", new long[] { 1, 1, 1, 1 })).Node("Relu", "m2", "n2")
        .Random("k3", 64, 64, 3, 3).Random("l3", 64).Node("Conv", "n2 k3 l3", "m3", ("pads", new long[] { 1, 1, 1, 1 })).Node("Relu", "m3", "n3")
        .Node("Flatten", "n3", "o").Random("i", 16384, 2).Random("j", 2).Node("Gemm", "o i j", "y").Output("y").Bytes();
}
