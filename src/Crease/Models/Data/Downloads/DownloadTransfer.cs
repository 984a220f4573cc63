using System.Net;
using System.Net.Http.Headers;

namespace Crease.Models;

/// <summary>Transfers one file over HTTP to a <c>.part</c> file, going on where an earlier transfer has ended.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="options">Attempts, pauses, patience.</param>
internal sealed class DownloadTransfer(HttpClient client, DownloadOptions options)
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Gets all bytes of a file.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="file">What it is.</param>
    /// <param name="part">Where the bytes go; what is there already is kept and completed.</param>
    /// <param name="cancellation">Ends the transfer; what has come stays.</param>
    /// <exception cref="DownloadException">The server refuses, gives too much, or cannot be reached; or the bytes cannot be written.</exception>
    public async Task Complete(Uri address, DownloadFile file, string part, CancellationToken cancellation)
    {
        int failed = 0;
        while (true)
        {
            long before = Length(part);
            try
            {
                if (await Once(address, file, part, before, cancellation).ConfigureAwait(false))
                    return;
            }
            // Only what the network does is tried again; the DownloadException of a refusal or a full disk is final.
            catch (Exception fault) when (fault is HttpRequestException or IOException or TimeoutException && fault is not DownloadException)
            {
                failed = Length(part) > before ? 1 : failed + 1;
                if (failed >= options.Attempts)
                    throw new DownloadException($"{address}: {Reason(fault)} ({options.Attempts} attempt{(options.Attempts == 1 ? "" : "s")}); call again to go on from {Length(part)} bytes, or name a mirror with {options.MirrorWord}", fault);
            }
            if (failed > 0)
                await Task.Delay(options.Pause * (1 << Math.Min(failed - 1, 5)), options.Clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Whether the file is complete; else the next request starts anew.</returns>
    private async Task<bool> Once(Uri address, DownloadFile file, string part, long have, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);
        using HttpResponseMessage response = await Patiently(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation).ConfigureAwait(false);
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            if (range?.Length == have)
                return true;
            File.Delete(part);
            return false;
        }
        if (!response.IsSuccessStatusCode)
            Refuse(address, response.StatusCode);
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && range?.From == have;
        if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn)
        {
            if (have == 0)
                throw new DownloadException($"{address}: the server sent a part of the file that was not asked for");
            File.Delete(part);
            return false;
        }
        // A server without ranges sends all of it again.
        long start = goesOn ? have : 0;
        long? total = goesOn ? range!.Length ?? start + response.Content.Headers.ContentLength : response.Content.Headers.ContentLength;
        if (total > file.LargestBytes)
            throw new DownloadException($"{address}: the server announces {total} bytes; at most {file.LargestBytes} are accepted for {file.Name}");
        await Copy(response, address, file, part, start, total, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task Copy(HttpResponseMessage response, Uri address, DownloadFile file, string part, long start, long? total, CancellationToken cancellation)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using FileStream target = Opened(part, start);
        var chunk = new byte[ChunkBytes];
        for (long length = start; ;)
        {
            options.Progress?.Report(new DownloadProgress(file.Name, length, total));
            int read = await Patiently(token => body.ReadAsync(chunk, token).AsTask(), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                if (length < total)
                    throw new HttpRequestException($"the connection ended after {length} of {total} bytes");
                return;
            }
            length += read;
            if (length > file.LargestBytes)
                throw new DownloadException($"{address}: sent more than the {file.LargestBytes} bytes that are accepted for {file.Name}");
            Write(target, chunk.AsSpan(0, read), part);
        }
    }

    private async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Patience, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await wait(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer for {options.Patience.TotalSeconds:G3} seconds", fault);
        }
    }

    private static void Refuse(Uri address, HttpStatusCode status)
    {
        string text = $"the server answers {(int)status} ({status})";
        // Busy and broken servers may recover; the others have said no.
        throw (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            ? new HttpRequestException(text, null, status)
            : new DownloadException($"{address}: {text}");
    }

    private static FileStream Opened(string part, long start)
    {
        try
        {
            var target = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1);
            target.SetLength(start);
            target.Position = start;
            return target;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{part}: cannot be written ({fault.Message})", fault);
        }
    }

    private static void Write(FileStream target, ReadOnlySpan<byte> bytes, string part)
    {
        try
        {
            target.Write(bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{part}: cannot be written ({fault.Message}); what has come is kept, call again to go on", fault);
        }
    }

    private static string Reason(Exception fault) => (fault is HttpRequestException { InnerException: { } inner } ? inner : fault).Message.TrimEnd('.');

    private static long Length(string part) => File.Exists(part) ? new FileInfo(part).Length : 0;
}
