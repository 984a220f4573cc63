using System.IO.Compression;
using System.Security.Cryptography;

namespace Crease.Models;

/// <summary>Whether a fetched file is what it should be.</summary>
internal static class DownloadCheck
{
    /// <summary>What is wrong with a file; null where its checksum is right.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be.</param>
    public static string? Fault(string path, DownloadFile expected)
    {
        using FileStream file = File.OpenRead(path);
        return expected.Sha512 is string sha512 ? FileFault(file, sha512) : expected.ContentSha256 is string sha256 ? ContentFault(file, sha256, expected.ContentBytes) : ArchiveFault(file, expected.ArchiveMd5!);
    }

    private static string? FileFault(FileStream file, string sha512)
    {
        string found = Convert.ToBase64String(SHA512.HashData(file));
        return found == sha512 ? null : $"checksum mismatch: SHA-512 {found}, expected {sha512}";
    }

    // The published checksum of the archives is an MD5. It tells damage; against malice, the archive is unpacked as any untrusted one.
#pragma warning disable CA5351
    private static string? ArchiveFault(FileStream file, string md5)
    {
        string found = Convert.ToHexStringLower(MD5.HashData(file));
        return found == md5 ? null : $"checksum mismatch: MD5 {found}, expected {md5}";
    }
#pragma warning restore CA5351

    private static string? ContentFault(FileStream file, string sha256, long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[1 << 16];
        long length = 0;
        try
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            for (int read; length <= bytes && (read = gzip.Read(chunk)) > 0; length += read)
                hash.AppendData(chunk, 0, read);
        }
        catch (InvalidDataException)
        {
            return "checksum mismatch: no valid gzip data";
        }
        if (length != bytes)
            return $"checksum mismatch: unpacks to {(length > bytes ? $"more than {bytes}" : length)} bytes, expected {bytes}";
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == sha256 ? null : $"checksum mismatch: SHA-256 {found} of the content, expected {sha256}";
    }
}
