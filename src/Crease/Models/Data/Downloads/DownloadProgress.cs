namespace Crease.Models;

/// <summary>How far a transfer has come.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Bytes">Bytes that are there.</param>
/// <param name="Total">Bytes of the whole file, or null where the server does not say.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long? Total);
