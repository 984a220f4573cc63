using System.Text;

namespace Crease.Models;

/// <summary>Fetches known data sets over HTTP: resumable, verified, and nothing unverified under a final name.</summary>
/// <remarks>
/// A transfer that breaks is tried again and goes on where it ended, also in a later call: what has come waits in a <c>.part</c> file. MNIST and
/// Fashion-MNIST are verified by the SHA-256 of the unpacked content (mirrors pack the same content to different bytes), CIFAR archives by the
/// MD5 that their authors publish; those are unpacked, and the archive is deleted.
/// </remarks>
public static class DataDownload
{
    private static readonly HttpClient Shared = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30), AutomaticDecompression = System.Net.DecompressionMethods.None }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Names of the sets that can be fetched.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(DownloadCatalog.All, set => set.Name);

    /// <summary>What a set is, whose, and under which terms.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="FormatException">There is no such set.</exception>
    public static string About(string name) => Find(name).About;

    /// <summary>Fetches a set into a folder, which is made if it is not there; files that are there and right stay.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="options">Mirror, attempts, progress; null for the usual ones.</param>
    /// <param name="cancellation">Ends the job; what has come waits for the next call.</param>
    /// <returns>The files of the set and whether each had to be fetched.</returns>
    /// <exception cref="FormatException">There is no such set; the message lists those there are.</exception>
    /// <exception cref="DownloadException">A file could not be fetched or verified; the message is one line.</exception>
    public static Task<IReadOnlyList<DownloadedFile>> Fetch(string name, string folder, DownloadOptions? options = null, CancellationToken cancellation = default) =>
        Fetch(Find(name), folder, options ?? new DownloadOptions(), cancellation);

    internal static async Task<IReadOnlyList<DownloadedFile>> Fetch(DownloadSet set, string folder, DownloadOptions options, CancellationToken cancellation)
    {
        var files = new List<DownloadedFile>();
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"{folder}: the folder cannot be made ({fault.Message})", fault);
        }
        foreach (DownloadFile file in set.Files)
            files.AddRange(await Fetch(file, folder, options, cancellation).ConfigureAwait(false));
        string names = Path.Combine(folder, ClassNames.General);
        if (set.Classes is string[] classes && !File.Exists(names))
        {
            File.WriteAllText(names + ".part", string.Join('\n', classes) + "\n", new UTF8Encoding(false));
            File.Move(names + ".part", names, overwrite: true);
        }
        return files;
    }

    private static async Task<DownloadedFile[]> Fetch(DownloadFile file, string folder, DownloadOptions options, CancellationToken cancellation)
    {
        string final = Path.Combine(folder, file.Name), part = final + ".part";
        bool isArchive = file.Contents.Length > 0;
        if (isArchive ? file.Contents.All(content => IsThere(Path.Combine(folder, content.Name), content.Bytes)) : File.Exists(final))
        {
            if (!isArchive && DownloadCheck.Fault(final, file) is string wrong)
                throw new DownloadException($"{final}: is there already and is another file ({wrong}); move it away, or fetch to another folder with --to");
            return Files(file, folder, isFetched: false);
        }
        await Verified(file, part, options, cancellation).ConfigureAwait(false);
        if (isArchive)
        {
            ArchiveContents.Unpack(part, folder, file.Contents, cancellation);
            File.Delete(part);
        }
        else
        {
            File.Move(part, final);
        }
        return Files(file, folder, isFetched: true);
    }

    /// <summary>Leaves a complete file with the right checksum at <paramref name="part"/>, or throws.</summary>
    /// <exception cref="DownloadException">It could not be fetched or verified.</exception>
    internal static async Task Verified(DownloadFile file, string part, DownloadOptions options, CancellationToken cancellation)
    {
        var transfer = new DownloadTransfer(Shared, options);
        DownloadException? last = null;
        Uri[] addresses = options.From is Uri mirror ? [new Uri($"{mirror.AbsoluteUri.TrimEnd('/')}/{file.Name}")] : Array.ConvertAll(file.Addresses, address => new Uri(address));
        foreach (Uri address in addresses)
        {
            // What an earlier call has left may be of another file; then it is fetched once from its start.
            for (bool isOld = File.Exists(part); ; isOld = false)
            {
                try
                {
                    await transfer.Complete(address, file, part, cancellation).ConfigureAwait(false);
                }
                catch (DownloadException fault)
                {
                    last = fault;
                    break;
                }
                if (DownloadCheck.Fault(part, file) is not string wrong)
                    return;
                File.Delete(part);
                last = new DownloadException($"{address}: {wrong}; nothing was kept");
                if (!isOld)
                    break;
            }
        }
        throw last!;
    }

    private static DownloadedFile[] Files(DownloadFile file, string folder, bool isFetched) => file.Contents.Length == 0
        ? [new DownloadedFile(Path.Combine(folder, file.Name), isFetched)]
        : Array.ConvertAll(file.Contents, content => new DownloadedFile(Path.Combine(folder, content.Name), isFetched));

    private static bool IsThere(string path, long? bytes) => new FileInfo(path) is { Exists: true } file && (bytes is null || file.Length == bytes);

    private static DownloadSet Find(string name) => Array.Find(DownloadCatalog.All, set => set.Name == name)
        ?? throw new FormatException($"'{name}' is no set that can be fetched; accepted are {string.Join(", ", Names)}");
}
