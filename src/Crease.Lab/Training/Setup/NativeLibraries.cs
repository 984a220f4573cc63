using System.IO.Compression;
using Crease.Models;

namespace Crease.Lab;

/// <summary>Takes the native libraries out of a package; the folder appears with all of them, or not at all.</summary>
/// <remarks>
/// A package may come from anywhere, so it is untrusted even where its checksum is right: files of one folder are written under their last names, and
/// a path that leads outside, a link, a name twice or more bytes than announced refuse the whole package.
/// </remarks>
internal static class NativeLibraries
{
    private const int MostEntries = 1000, ChunkBytes = 1 << 18, LinkType = 0xA000, TypeMask = 0xF000;
    private const long LargestTotal = 4L << 30;

    /// <summary>Unpacks.</summary>
    /// <param name="package">File of the package.</param>
    /// <param name="from">Folder of the libraries in it, with a slash at its end.</param>
    /// <param name="required">Names that must be there.</param>
    /// <param name="folder">The new folder; one that is there is replaced.</param>
    /// <param name="cancellation">Ends the job; nothing appears then.</param>
    /// <exception cref="DownloadException">The package is not as expected, or the folder cannot be written.</exception>
    public static void Unpack(string package, string from, IReadOnlyList<string> required, string folder, CancellationToken cancellation)
    {
        string temporary = $"{folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            using (ZipArchive zip = ZipFile.OpenRead(package))
            {
                ZipArchiveEntry[] libraries = Libraries(zip, from, required);
                foreach (ZipArchiveEntry library in libraries)
                    Write(library, Path.Combine(temporary, library.FullName[from.Length..]), cancellation);
            }
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(temporary, folder);
        }
        // Whatever an untrusted package brings about, the caller sees one type of error.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new DownloadException($"{package}: cannot be unpacked to {folder}: {fault.Message}", fault);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static ZipArchiveEntry[] Libraries(ZipArchive zip, string from, IReadOnlyList<string> required)
    {
        if (zip.Entries.Count > MostEntries)
            throw new InvalidDataException($"holds {zip.Entries.Count} entries; at most {MostEntries} are accepted");
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            string[] steps = entry.FullName.Split('/');
            if (entry.FullName.StartsWith('/') || entry.FullName.AsSpan().ContainsAny('\\', ':', '\0') || steps.Contains(".."))
                throw new InvalidDataException($"names a place outside of its folder: '{entry.FullName}'");
            if (((entry.ExternalAttributes >> 16) & TypeMask) == LinkType)
                throw new InvalidDataException($"'{entry.FullName}' is a link; expected files");
        }
        ZipArchiveEntry[] libraries = [.. zip.Entries.Where(entry => entry.FullName.StartsWith(from, StringComparison.Ordinal) && entry.FullName.Length > from.Length)];
        string[] names = Array.ConvertAll(libraries, library => library.FullName[from.Length..]);
        if (names.FirstOrDefault(name => name.Contains('/')) is string nested)
            throw new InvalidDataException($"holds '{from}{nested}'; expected no folder in '{from}'");
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"holds '{twice.Key}' twice");
        if (required.FirstOrDefault(name => !names.Contains(name)) is string missing)
            throw new InvalidDataException($"holds no '{from}{missing}'");
        long total = 0;
        foreach (ZipArchiveEntry library in libraries)
        {
            // One by one, so that announced lengths cannot pass by overflowing.
            total = library.Length is >= 0 and <= LargestTotal ? total + library.Length : long.MaxValue;
            if (total > LargestTotal)
                throw new InvalidDataException($"unpacks to more than the {LargestTotal} bytes that are accepted");
        }
        return libraries;
    }

    private static void Write(ZipArchiveEntry library, string path, CancellationToken cancellation)
    {
        using Stream source = library.Open();
        // Mode bits of the package are none of ours.
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var chunk = new byte[ChunkBytes];
        long length = 0;
        for (int read; (read = source.Read(chunk)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            length += read;
            if (length > library.Length)
                break;
            target.Write(chunk.AsSpan(0, read));
        }
        if (length != library.Length)
            throw new InvalidDataException($"'{library.FullName}' has {(length > library.Length ? "more" : "fewer")} bytes than the {library.Length} announced");
        target.Flush(flushToDisk: true);
    }
}
