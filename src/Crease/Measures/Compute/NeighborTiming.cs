namespace Crease.Measures;

/// <summary>What the benchmark of the neighbor search measured.</summary>
/// <param name="Points">Different points.</param>
/// <param name="Columns">Columns in which they differ.</param>
/// <param name="Estimate">The dimension that was found.</param>
/// <param name="Seconds">Fastest wall-clock seconds of TwoNN from rows to interval: checks, duplicates, packing, search, fit, bootstrap.</param>
/// <param name="ProcessorSeconds">Fewest processor seconds of the same.</param>
/// <param name="ScanSeconds">Fastest wall-clock seconds of the products of every pair of points alone, with nothing looked at.</param>
/// <param name="ScanProcessorSeconds">Fewest processor seconds of the same.</param>
/// <param name="PeakRate">Operations per processor second of a product whose parts lie in the nearest cache.</param>
/// <param name="PeakBytes">Largest memory of the process, the rows included.</param>
public sealed record NeighborTiming(int Points, int Columns, DimensionEstimate Estimate, double Seconds, double ProcessorSeconds, double ScanSeconds, double ScanProcessorSeconds, double PeakRate, long PeakBytes)
{
    /// <summary>Operations of the products of all unordered pairs of points (one multiply-add counts 2).</summary>
    public double Flops => (double)Points * Points * Columns;

    /// <summary>Processor seconds of TwoNN over those of the products at the peak rate, each unordered pair once.</summary>
    public double PeakRatio => ProcessorSeconds * PeakRate / Flops;

    /// <summary>Processor seconds of TwoNN over those of the plain scan.</summary>
    public double ScanRatio => ProcessorSeconds / ScanProcessorSeconds;
}
