namespace Crease.Numerics;

/// <summary>Everything a computation may take from its surroundings: seed, threads, budget, cancellation, clock and progress.</summary>
public sealed record RunContext
{
    /// <summary>Seed 0, all cores, no cancellation, no progress.</summary>
    public static RunContext Default { get; } = new();

    /// <summary>Seed of every random choice.</summary>
    public ulong Seed { get; init; }

    /// <summary>Number of threads, at least 1. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Memory that results and caches may take, in bytes.</summary>
    public long MemoryBudget { get; init; } = 8L << 30;

    /// <summary>Stops the computation; what was found is kept where a result can say so.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Where progress goes, or null. Called from worker threads.</summary>
    public IProgress<Progress>? Progress { get; init; }

    /// <summary>Time source for the seconds that results report.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>How far a computation has come.</summary>
/// <param name="Share">Share done, in [0, 1].</param>
/// <param name="Found">Number of results so far, for example regions.</param>
public readonly record struct Progress(double Share, long Found);
