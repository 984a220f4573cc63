using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Studio;

/// <summary>A first picture within a moment: the whole partition where that is quick, else that of the first layer.</summary>
internal static class Sketch
{
    /// <summary>Cuts for somebody who waits.</summary>
    /// <param name="network">The network.</param>
    /// <param name="slice">What is looked at.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="options">How all layers are cut; the first alone has no decision boundary.</param>
    /// <param name="patience">Seconds after which the first layer will do.</param>
    /// <returns>A partition, and whether only its first layer folds.</returns>
    public static (Partition Partition, bool IsSketch) Cut(PreparedNetwork network, Slice slice, RunContext run, CutOptions options, double patience)
    {
        PlanarPartitioner all = network.Planar();
        if (all.Layers.Length == 1)
            return (all.Cut(slice, run, options), false);
        Partition first = network.Planar(1).Cut(slice, run, options with { Boundary = false });
        // Every further layer has at least as many regions.
        double left = patience - first.Cost.Seconds;
        if (left <= (all.Layers.Length - 1) * first.Cost.Seconds)
            return (first, true);
        Partition partition = all.Cut(slice, run, options with { TimeLimit = TimeSpan.FromSeconds(left) });
        // A cut that found as many regions as it may would not find more in more time.
        return partition.Status == Status.Complete || partition.RegionCount >= options.MaxRegions ? (partition, false) : (first, true);
    }
}
