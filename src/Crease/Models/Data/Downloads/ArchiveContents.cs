using System.Formats.Tar;
using System.IO.Compression;

namespace Crease.Models;

/// <summary>Takes the expected files out of a <c>.tar.gz</c> archive; all of them appear, or none.</summary>
/// <remarks>
/// The archive is untrusted: only regular files whose names are expected are written, into one folder and under their last name; a path that
/// leads outside, a link, or a size that is not expected refuses the whole archive.
/// </remarks>
internal static class ArchiveContents
{
    private const int MostEntries = 1000;
    private const long LargestText = 1 << 20, LargestTotal = 1L << 30;

    /// <summary>Unpacks.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">Where the files go; those of the same name are replaced.</param>
    /// <param name="contents">Names and sizes that are expected.</param>
    /// <param name="cancellation">Ends the job; nothing appears then.</param>
    /// <exception cref="DownloadException">The archive is not as expected.</exception>
    public static void Unpack(string archive, string folder, (string Name, long? Bytes)[] contents, CancellationToken cancellation)
    {
        var unpacked = new Dictionary<string, string>();
        try
        {
            using FileStream file = File.OpenRead(archive);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            long total = 0;
            int entries = 0;
            while (tar.GetNextEntry() is TarEntry entry)
            {
                cancellation.ThrowIfCancellationRequested();
                total += entry.Length;
                if (++entries > MostEntries || total > LargestTotal)
                    throw new InvalidDataException($"holds more than {MostEntries} entries or {LargestTotal} bytes");
                if (Expected(entry, contents) is not { } found)
                    continue;
                if (unpacked.ContainsKey(found.Name))
                    throw new InvalidDataException($"holds '{found.Name}' twice");
                string temporary = Path.Combine(folder, $"{found.Name}.{Guid.NewGuid():N}.tmp");
                unpacked.Add(found.Name, temporary);
                // Mode bits of the archive are none of ours.
                using var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write);
                entry.DataStream?.CopyTo(target);
            }
            if (contents.FirstOrDefault(content => !unpacked.ContainsKey(content.Name)).Name is string missing)
                throw new InvalidDataException($"holds no '{missing}'");
            foreach ((string name, string temporary) in unpacked)
                File.Move(temporary, Path.Combine(folder, name), overwrite: true);
        }
        // Whatever an untrusted archive brings about, the caller sees one type of error.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new DownloadException($"{Path.GetFileName(archive)}: cannot be unpacked: {fault.Message}", fault);
        }
        finally
        {
            foreach (string temporary in unpacked.Values)
                File.Delete(temporary);
        }
    }

    private static (string Name, long? Bytes)? Expected(TarEntry entry, (string Name, long? Bytes)[] contents)
    {
        string[] steps = entry.Name.Split('/', '\\');
        if (entry.Name.StartsWith('/') || Path.IsPathRooted(entry.Name) || steps.Contains(".."))
            throw new InvalidDataException($"names a place outside of its folder: '{entry.Name}'");
        if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
            return null;
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new InvalidDataException($"'{entry.Name}' is a {entry.EntryType}; expected regular files");
        int at = Array.FindIndex(contents, content => content.Name == steps[^1]);
        if (at < 0)
            return null;
        bool isRight = contents[at].Bytes is long bytes ? entry.Length == bytes : entry.Length <= LargestText;
        return isRight
            ? contents[at]
            : throw new InvalidDataException($"'{entry.Name}' has {entry.Length} bytes; expected {contents[at].Bytes ?? LargestText}");
    }
}
