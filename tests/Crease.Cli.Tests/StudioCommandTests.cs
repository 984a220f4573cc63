using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary><c>crease studio</c> prints an address that works until it is interrupted.</summary>
public sealed class StudioCommandTests
{
    [Fact]
    public async Task The_printed_address_works_until_an_interrupt()
    {
        using var folder = new TemporaryFolder();
        using var interrupt = new CancellationTokenSource();
        var output = new FirstLine();
        Task<int> running = Task.Run(() => CommandLine.Run(["studio", "--no-browser", "--quiet", "--workspace", folder["workspace"]], output, TextWriter.Null, interrupt.Token), TestContext.Current.CancellationToken);
        var address = new Uri(await output.Line.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        using (var client = new HttpClient())
        {
            using HttpResponseMessage page = await client.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        await interrupt.CancelAsync();
        Assert.Equal(0, await running.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        Assert.True(Directory.Exists(folder["workspace/uploads"]));
        using var late = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => late.GetAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_taken_port_is_one_line()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var errors = new StringWriter();
        Assert.Equal(1, CommandLine.Run(["studio", "--no-browser", "--workspace", folder["workspace"], "--port", $"{port}"], TextWriter.Null, errors, TestContext.Current.CancellationToken));
        Assert.Equal($"crease: port {port} is in use; name another one, or 0 for a free one", errors.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("http")]
    public void A_port_that_is_none_is_refused(string port)
    {
        var errors = new StringWriter();
        Assert.Equal(2, CommandLine.Run(["studio", "--no-browser", "--port", port], TextWriter.Null, errors, TestContext.Current.CancellationToken));
        Assert.Single(errors.ToString().TrimEnd().Split('\n'));
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new();

        public Task<string> Line => _line.Task;

        public override void WriteLine(object? value) => _line.TrySetResult($"{value}");
    }
}
