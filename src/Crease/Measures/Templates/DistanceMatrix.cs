using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Partition distances between all pairs of inputs.</summary>
/// <remarks>Distance over all units. Memory: 8 bytes per pair.</remarks>
public sealed class DistanceMatrix
{
    /// <summary>Inputs at most: their pairs take 128 MiB.</summary>
    public const int MostSamples = 4096;

    private readonly double[] _values;

    private DistanceMatrix(int count, double[] values) => (Count, _values) = (count, values);

    /// <summary>Number of inputs.</summary>
    public int Count { get; }

    /// <summary>Distances of one input to all. Shape [samples].</summary>
    /// <param name="sample">0-based sample.</param>
    public ReadOnlySpan<double> Row(int sample) => _values.AsSpan(sample * Count, Count);

    /// <summary>The mean over pairs of different inputs; 0 for a single one.</summary>
    public double Mean => Count > 1 ? _values.Sum() / Count / (Count - 1) : 0;

    /// <summary>Measures all pairs.</summary>
    /// <param name="codes">The codes of at most <see cref="MostSamples"/> inputs.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are more inputs.</exception>
    public static DistanceMatrix Of(CodeTable codes, RunContext? run = null)
    {
        if (codes.Count > MostSamples)
            throw new ArgumentException($"'codes' has {codes.Count} inputs; all pairs are kept for at most {MostSamples}. Take fewer samples.", nameof(codes));
        var values = new double[codes.Count * codes.Count];
        Workers.InParts(codes.Count, 16, run ?? RunContext.Default, () => 0, (_, first, length) =>
        {
            for (int s = first; s < first + length; s++)
            {
                for (int other = 0; other < codes.Count; other++)
                    values[s * codes.Count + other] = codes.Distance(s, other).ByUnits;
            }
        });
        return new DistanceMatrix(codes.Count, values);
    }
}
