namespace Crease.Models;

/// <summary>How data sets are fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>Address of a folder to fetch from instead of the known ones: a mirror. Null for the known ones.</summary>
    public Uri? From { get; init; }

    /// <summary>How often a transfer is tried that gets no further, at least 1. One that gets further starts counting anew.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Pause after the first failed attempt; doubled after each further one. At least 0.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may send nothing before the connection counts as broken.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The option of the command that names a mirror, for messages.</summary>
    internal string MirrorWord { get; init; } = "--from";

    /// <summary>Told after every piece; null for nobody.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }
}
