using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Crease.Tests.Corpus;

/// <summary>A tiny web server on this machine that can be told to misbehave.</summary>
public sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private int _breaks;

    public FileServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data");
        _loop = Task.Run(Serve);
    }

    public Uri Address { get; }

    /// <summary>What there is, by name.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Whether a range may be asked for; else all of a file is sent.</summary>
    public bool HasRanges { get; set; } = true;

    /// <summary>Bytes of a body after which the connection breaks, as often as <see cref="Breaks"/> says.</summary>
    public int BreakAfter { get; set; }

    public int Breaks { get => _breaks; set => _breaks = value; }

    /// <summary>Whether the length of a body is left unsaid; its end is that of the connection.</summary>
    public bool HidesLength { get; set; }

    /// <summary>Answer to every request instead of a file, or null.</summary>
    public int? Status { get; set; }

    /// <summary>Requests so far: name and first byte wanted.</summary>
    public ConcurrentQueue<(string Name, long From)> Requests { get; } = new();

    public void Dispose()
    {
        _end.Cancel();
        // The loop may not have begun yet, and accepts only while the listener listens.
        _loop.Wait();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                await Answer(client.GetStream());
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        string? name = null;
        long from = 0;
        try
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
            {
                name ??= line.Split(' ')[1].Split('/')[^1];
                if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                    from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
            if (name is null)
                return;
            Requests.Enqueue((name, from));
            await Send(stream, name, from);
        }
        catch (IOException)
        {
        }
    }

    private async Task Send(NetworkStream stream, string name, long from)
    {
        bool isThere = Files.TryGetValue(name, out byte[]? bytes), isRange = HasRanges && from > 0;
        int length = bytes?.Length ?? 0, status = Status ?? (!isThere ? 404 : isRange && from >= length ? 416 : isRange ? 206 : 200);
        byte[] body = status is 200 ? bytes! : status is 206 ? bytes![(int)from..] : [];
        var head = new StringBuilder($"HTTP/1.1 {status} Answer\r\nConnection: close\r\n");
        if (!HidesLength || status is not 200)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        if (status is 206)
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{length - 1}/{length}\r\n");
        if (status is 416)
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes */{length}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        int sent = body.Length;
        if (body.Length > BreakAfter && BreakAfter > 0 && _breaks > 0)
            (sent, _breaks) = (BreakAfter, _breaks - 1);
        await stream.WriteAsync(body.AsMemory(0, sent), _end.Token);
    }
}
