using Crease.Numerics;

namespace Crease.Measures;

/// <summary>For each input the others that share most of its code.</summary>
/// <remarks>Distance over all units (<see cref="PartitionDistance.ByUnits"/>); equal distances in the order of the samples. Cost: all pairs, one pass over both codes each. Exactness: exact.</remarks>
public sealed class PartitionNeighbors
{
    private readonly int[] _samples;
    private readonly double[] _distances;

    private PartitionNeighbors(int count, int samples) => (Count, _samples, _distances) = (count, new int[samples * count], new double[samples * count]);

    /// <summary>Neighbors of each sample.</summary>
    public int Count { get; }

    /// <summary>The neighbors of a sample, nearest first. Shape [count].</summary>
    /// <param name="sample">0-based sample.</param>
    public ReadOnlySpan<int> Of(int sample) => _samples.AsSpan(sample * Count, Count);

    /// <summary>Their distances, in [0, 1]. Shape [count].</summary>
    /// <param name="sample">0-based sample.</param>
    public ReadOnlySpan<double> Distances(int sample) => _distances.AsSpan(sample * Count, Count);

    /// <summary>Share of samples whose nearest neighbor has the same label.</summary>
    /// <param name="labels">Shape [samples].</param>
    public double Agreement(IReadOnlyList<int> labels)
    {
        int agree = 0, samples = _samples.Length / Count;
        for (int s = 0; s < samples; s++)
            agree += labels[s] == labels[Of(s)[0]] ? 1 : 0;
        return (double)agree / samples;
    }

    /// <summary>Finds neighbors.</summary>
    /// <param name="codes">The codes of at least two inputs.</param>
    /// <param name="count">Neighbors of each, at least 1 and below the number of inputs.</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is out of range.</exception>
    public static PartitionNeighbors Among(CodeTable codes, int count, RunContext? run = null)
    {
        if (count < 1 || count >= codes.Count)
            throw new ArgumentException($"'count' is {count}; expected 1 to {codes.Count - 1}, one less than there are inputs.", nameof(count));
        var found = new PartitionNeighbors(count, codes.Count);
        Workers.InParts(codes.Count, 16, run ?? RunContext.Default, () => (Keys: new double[codes.Count], Order: new int[codes.Count]), (buffers, first, length) =>
        {
            for (int s = first; s < first + length; s++)
            {
                for (int other = 0; other < codes.Count; other++)
                    (buffers.Keys[other], buffers.Order[other]) = (other == s ? double.PositiveInfinity : codes.Distance(s, other).ByUnits, other);
                foreach ((int other, int rank) in buffers.Order.OrderBy(other => buffers.Keys[other]).Take(count).Select((other, rank) => (other, rank)))
                    (found._samples[s * count + rank], found._distances[s * count + rank]) = (other, buffers.Keys[other]);
            }
        });
        return found;
    }
}
