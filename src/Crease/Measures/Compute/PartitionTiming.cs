namespace Crease.Measures;

/// <summary>One line of the partition benchmark.</summary>
public sealed record PartitionTiming
{
    /// <summary>Name of the case.</summary>
    public required string Name { get; init; }

    /// <summary>Regions found.</summary>
    public required int Regions { get; init; }

    /// <summary>Regions there are.</summary>
    public required int Expected { get; init; }

    /// <summary>Median wall-clock seconds with all threads.</summary>
    public required double Seconds { get; init; }

    /// <summary>Median wall-clock seconds with one thread.</summary>
    public required double SecondsOneThread { get; init; }

    /// <summary>Median processor seconds of a cut with one thread, of the whole process: the figure that peers are compared by.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Median processor seconds of finding all regions one by one, without the mesh of shared vertices and edges: what enumerators do.</summary>
    public required double StreamProcessorSeconds { get; init; }

    /// <summary>Median wall-clock seconds of finding all regions one by one with one thread.</summary>
    public required double StreamSecondsOneThread { get; init; }

    /// <summary>Median wall-clock seconds of finding all regions one by one with all threads.</summary>
    public required double StreamSecondsAllThreads { get; init; }

    /// <summary>Median wall-clock seconds of a cut with one thread while every other thread makes the same cut with an engine of its own.</summary>
    public required double SecondsOfCopies { get; init; }

    /// <summary>Median processor seconds of a certified cut with one thread.</summary>
    public required double CertifiedSeconds { get; init; }

    /// <summary>Signs that the certified cut decided in exact arithmetic.</summary>
    public required long CertifiedDecisions { get; init; }

    /// <summary>Seconds one core needs for one dense product per region and layer, measured in the same run; 0 where there is none.</summary>
    public required double RooflineSeconds { get; init; }

    /// <summary>Seconds one core needs to write the partition's bytes, measured in the same run.</summary>
    public required double OutputSeconds { get; init; }

    /// <summary>Bytes that the partition retains per region.</summary>
    public required double BytesPerRegion { get; init; }

    /// <summary>Largest managed memory seen after a cut of the case, in bytes.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>Regions per second with all threads.</summary>
    public double Rate => Regions / Seconds;

    /// <summary>Seconds of one core over the dense roofline of one core; null where nothing dense lies between two folds.</summary>
    public double? RooflineRatio => RooflineSeconds > 0 ? ProcessorSeconds / RooflineSeconds : null;

    /// <summary>Seconds of one core over the time to write the result.</summary>
    public double OutputRatio => ProcessorSeconds / OutputSeconds;

    /// <summary>Speed-up of all threads over one, per thread, with the mesh.</summary>
    /// <param name="threads">Number of threads.</param>
    public double Efficiency(int threads) => SecondsOneThread / Seconds / threads;

    /// <summary>Speed-up per thread of independent cuts at the same time, which share memory and caches of the machine and nothing else: the limit of <see cref="Efficiency"/>, about 1 where nothing else runs.</summary>
    public double EfficiencyLimit => SecondsOneThread / SecondsOfCopies;

    /// <summary>Speed-up of all threads over one, per thread, without the mesh.</summary>
    /// <param name="threads">Number of threads.</param>
    public double StreamEfficiency(int threads) => StreamSecondsOneThread / StreamSecondsAllThreads / threads;
}
