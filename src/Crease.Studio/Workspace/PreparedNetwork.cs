using System.Collections.Concurrent;
using Crease.Geometry;
using Crease.Networks;

namespace Crease.Studio;

/// <summary>A loaded network and its engines, each made when it is first asked for.</summary>
internal sealed class PreparedNetwork(Network network)
{
    private readonly ConcurrentDictionary<int, Lazy<PlanarPartitioner>> _planar = new();
    private readonly Lazy<SegmentPartitioner> _segments = new(() => new SegmentPartitioner(network));

    public Network Network => network;

    public SegmentPartitioner Segments => _segments.Value;

    /// <summary>Weights are held by the network and once more, padded, by its engines.</summary>
    public long Bytes => 24 * network.Parameters + 64L * network.Nodes.Sum(node => (long)node.Shape.Size) + (1 << 16);

    /// <summary>The engine of planar slices.</summary>
    /// <param name="layers">Only the first so many piecewise layers fold; null for all.</param>
    /// <exception cref="ArgumentException">There are not so many.</exception>
    public PlanarPartitioner Planar(int? layers = null)
    {
        if (layers < 1)
            throw new ArgumentException($"layers is {layers}; expected at least 1");
        Lazy<PlanarPartitioner> made = _planar.GetOrAdd(layers ?? 0, _ => new Lazy<PlanarPartitioner>(() => new PlanarPartitioner(network, layers)));
        try
        {
            return made.Value;
        }
        catch
        {
            // Numbers that a client makes up must not pile up here.
            _planar.TryRemove(layers ?? 0, out _);
            throw;
        }
    }
}
