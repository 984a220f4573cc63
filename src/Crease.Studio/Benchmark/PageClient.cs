using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Crease.Numerics;

namespace Crease.Studio;

/// <summary>Asks a server what its page asks, and reads answers to the last byte.</summary>
internal sealed class PageClient : IDisposable
{
    private const int MostRegions = 1_000_000;

    private readonly HttpClient _client;

    public PageClient(StudioServer server)
    {
        _client = new HttpClient { BaseAddress = new Uri(server.Address, "/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
    }

    /// <summary>Sends the same kind of request again and again.</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="repeats">How often.</param>
    /// <param name="limit">Seconds that it may take, or null.</param>
    /// <param name="ask">The request of a number.</param>
    public static async Task<StudioTiming> Time(string name, int repeats, double? limit, Func<int, Task<Answer>> ask)
    {
        var seconds = new double[repeats];
        var answers = new Answer[repeats];
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            answers[i] = await ask(i);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        return new StudioTiming(name, (int)Median.Of(answers.Select(answer => (double)answer.Regions)), (long)Median.Of(answers.Select(answer => (double)answer.Bytes)), seconds,
            Median.Of(answers.Select(answer => answer.CutSeconds)), limit);
    }

    /// <summary>All that comes before a picture, in the page's order.</summary>
    public async Task<Answer> FirstPicture(string network, double patience)
    {
        object slice = new { kind = "default" };
        await _client.GetByteArrayAsync("api/networks/" + Uri.EscapeDataString(network));
        await Send("api/slices", new { network, slice });
        return await Send("api/partitions", new { network, slice, color = "slope", maxRegions = 200_000, patience });
    }

    public Task<Answer> Cut(string network, object slice, Viewport? viewport) => Send("api/partitions", new { network, slice, viewport, color = "slope", maxRegions = MostRegions });

    /// <summary>The view about the center of a slice that holds about so many regions.</summary>
    public async Task<Viewport> ViewOf(string network, object slice, int regions)
    {
        Answer whole = await Cut(network, slice, null);
        Viewport all = whole.Viewport!;
        double low = 0, high = 1;
        for (int tries = 0; tries < 8 && whole.Regions > regions; tries++)
        {
            double middle = (low + high) / 2;
            int found = (await Cut(network, slice, Part(middle))).Regions;
            if (Math.Abs(found - regions) < regions / 50)
                return Part(middle);
            (low, high) = found > regions ? (low, middle) : (middle, high);
        }
        return Part(high);

        Viewport Part(double share) => new(all.X, all.Y, all.Width * share, all.Height * share);
    }

    public async Task Upload(string name, byte[] bytes)
    {
        using HttpResponseMessage answer = await _client.PostAsync("api/networks?name=" + Uri.EscapeDataString(name), new ByteArrayContent(bytes));
        await Read(answer);
    }

    public async Task<Answer> Send(string path, object body)
    {
        using HttpResponseMessage answer = await _client.PostAsJsonAsync(path, body);
        byte[] bytes = await Read(answer);
        if (answer.Content.Headers.ContentType?.MediaType != PartitionAnswer.ContentType)
            return new Answer(0, bytes.Length, 0, null);
        PartitionHead head = JsonSerializer.Deserialize<PartitionHead>(bytes.AsSpan(4, BinaryPrimitives.ReadInt32LittleEndian(bytes)), JsonForm.Options)!;
        return new Answer(head.Regions, bytes.Length, head.Seconds, head.Viewport);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]> Read(HttpResponseMessage answer)
    {
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? bytes : throw new HttpRequestException(System.Text.Encoding.UTF8.GetString(bytes));
    }

    /// <summary>What matters of an answer.</summary>
    internal readonly record struct Answer(int Regions, long Bytes, double CutSeconds, Viewport? Viewport);
}
