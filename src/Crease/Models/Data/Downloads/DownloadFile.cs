namespace Crease.Models;

/// <summary>A known file, and how it is verified.</summary>
internal sealed record DownloadFile
{
    /// <summary>Name on the server, and here.</summary>
    public required string Name { get; init; }

    /// <summary>Known addresses, in the order in which they are tried.</summary>
    public required string[] Addresses { get; init; }

    /// <summary>The most bytes that are accepted.</summary>
    public required long LargestBytes { get; init; }

    /// <summary>SHA-256 of the content of a <c>.gz</c> file, in lower-case hexadecimal; null for an archive.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>Bytes of that content.</summary>
    public long ContentBytes { get; init; }

    /// <summary>MD5 of an archive, in lower-case hexadecimal: the checksum that its makers publish.</summary>
    public string? ArchiveMd5 { get; init; }

    /// <summary>SHA-512 of the file itself in base 64, as package registries publish it; null where another checksum is known.</summary>
    public string? Sha512 { get; init; }

    /// <summary>Files that are taken out of an archive, with their sizes; null for any up to a mebibyte.</summary>
    public (string Name, long? Bytes)[] Contents { get; init; } = [];
}
