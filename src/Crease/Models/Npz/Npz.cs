using System.IO.Compression;

namespace Crease.Models;

/// <summary>Named arrays in numpy's <c>.npz</c> format.</summary>
public static class Npz
{
    private const long LargestArray = 1L << 30;

    // A small array may be all zeros and shrink a thousandfold; a large one that does is a bomb.
    private const int SmallArray = 1 << 24;
    private const int LargestRatio = 200;

    /// <summary>Reads arrays by name; nothing is unpacked to disk.</summary>
    /// <param name="path">A <c>.npz</c> file.</param>
    /// <param name="names">The arrays wanted.</param>
    /// <returns>The arrays, in the order of <paramref name="names"/>.</returns>
    /// <exception cref="ModelException">The file is not readable or an array is missing or malformed.</exception>
    public static Npy[] Read(string path, params ReadOnlySpan<string> names)
    {
        byte[] bytes = Model.Bytes(path, packed: false);
        string file = Path.GetFileName(path);
        CheckArchive(bytes, file, $"one with {string.Join(", ", names.ToArray())}");
        var arrays = new Npy[names.Length];
        for (int i = 0; i < arrays.Length; i++)
            arrays[i] = Read(bytes, file, names[i], content => Npy.Parse(content));
        return arrays;
    }

    /// <summary>Reads one array in a form of the caller's.</summary>
    /// <param name="path">A <c>.npz</c> file.</param>
    /// <param name="name">The array wanted.</param>
    /// <param name="parse">Takes the content of the <c>.npy</c> file.</param>
    internal static T Read<T>(string path, string name, Func<byte[], T> parse)
    {
        byte[] bytes = Model.Bytes(path, packed: false);
        string file = Path.GetFileName(path);
        CheckArchive(bytes, file, $"one with {name}");
        return Read(bytes, file, name, parse);
    }

    /// <summary>Names of the arrays in a file.</summary>
    /// <param name="path">A <c>.npz</c> file.</param>
    /// <exception cref="ModelException">The file is not readable.</exception>
    public static string[] Names(string path)
    {
        byte[] bytes = Model.Bytes(path, packed: false);
        CheckArchive(bytes, Path.GetFileName(path), "named arrays in numpy's .npz format");
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return [.. zip.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)).Select(Stem)];
    }

    private static void CheckArchive(byte[] bytes, string file, string accepted)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            _ = zip.Entries.Count;
        }
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(file, $"is not a .npz archive ({Model.Reason(fault)}); expected {accepted}", fault);
        }
    }

    /// <summary>Writes arrays into an archive stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">Name and writer of each array.</param>
    public static void Write(Stream stream, params ReadOnlySpan<(string Name, Action<Stream> Write)> arrays)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Action<Stream> write) in arrays)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest);
            // A fixed date keeps the bytes of equal results equal.
            entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            write(content);
        }
    }

    private static T Read<T>(byte[] bytes, string file, string name, Func<byte[], T> parse)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            ZipArchiveEntry entry = zip.GetEntry(name + ".npy")
                ?? throw new ModelException(file, $"there is no array '{name}'; it has {string.Join(", ", zip.Entries.Take(8).Select(found => $"'{Stem(found)}'"))}");
            // The archive's own sizes are claims; what is granted is bounded by the bytes that are there.
            long largest = Math.Min(LargestArray, SmallArray + (long)LargestRatio * bytes.Length);
            if (entry.Length > largest)
                throw new ModelException(file, $"array '{name}' claims {entry.Length} bytes; accepted are {largest} for a file of {bytes.Length}");
            var content = new byte[entry.Length];
            using Stream stream = entry.Open();
            stream.ReadExactly(content);
            return parse(content);
        }
        catch (EndOfStreamException fault)
        {
            throw new ModelException(file, $"array '{name}' is truncated; expected as many bytes as the archive says", fault);
        }
        // ZipArchive reports damage in several ways.
        catch (Exception fault) when (fault is not ModelException)
        {
            throw new ModelException(file, $"array '{name}': {Model.Reason(fault)}", fault);
        }
    }

    private static string Stem(ZipArchiveEntry entry) => entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
}
