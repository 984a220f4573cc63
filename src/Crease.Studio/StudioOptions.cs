using Crease.Geometry;

namespace Crease.Studio;

/// <summary>Where the Studio keeps things, and what it may take.</summary>
public sealed record StudioOptions
{
    /// <summary>Folder of uploads and runs; made where there is none.</summary>
    public required string Workspace { get; init; }

    /// <summary>Port on loopback, from 1 to 65535; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Cuts and trainings at a time, at least 1; more of them wait.</summary>
    public int Cores { get; init; } = Numerics.RunContext.Default.Threads;

    /// <summary>Largest upload in bytes.</summary>
    public long UploadBytes { get; init; } = 512L << 20;

    /// <summary>Largest number of regions of one partition.</summary>
    public int Regions { get; init; } = 1_000_000;

    /// <summary>Longest time of one cut.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the first picture is prepared for when the server starts, before anybody asks.</summary>
    public bool WarmsUp { get; init; }

    /// <summary>Bytes that loaded networks may take, and as many for data sets; the least recently used go first.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>How far one cut may go.</summary>
    /// <param name="boundary">Whether the decision boundary is found.</param>
    /// <param name="regions">The largest number that a request asks for.</param>
    /// <exception cref="ArgumentException">It asks for more than is allowed, or for none.</exception>
    internal CutOptions Limits(bool boundary, int regions) => regions >= 1 && regions <= Regions
        ? new CutOptions { Boundary = boundary, MaxRegions = regions, TimeLimit = TimeLimit }
        : throw new ArgumentException($"maxRegions is {regions}; expected 1 to {Regions}");
}
