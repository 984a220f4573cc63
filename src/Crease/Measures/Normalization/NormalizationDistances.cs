using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>How far data lie from the creases of each layer of one network.</summary>
/// <param name="Variant">Which network: with or without batch normalization.</param>
/// <param name="Medians">Median over samples of the distance to the nearest crease of each piecewise layer; null where most samples have none. Shape [layers], units of the input.</param>
/// <param name="RegionMedian">Median over samples of the distance to the nearest crease of all; null where most samples have none.</param>
/// <param name="OnCrease">Samples that lie on a crease: distance 0.</param>
/// <remarks>See <see cref="CreaseDistances"/> for what a layer's distance means. Exactness: exact, up to rounding.</remarks>
public sealed record NormalizationDistances(string Variant, ImmutableArray<double?> Medians, double? RegionMedian, int OnCrease)
{
    /// <summary>Measures.</summary>
    /// <param name="variant">Name of the network.</param>
    /// <param name="network">A piecewise-affine network with one input.</param>
    /// <param name="inputs">One array per sample; at least one.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="NotSupportedException">A node before the output is smooth.</exception>
    public static NormalizationDistances Of(string variant, Network network, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        CreaseDistanceTable table = CreaseDistanceTable.Of(new PiecewiseGraph(network), inputs, (run ?? RunContext.Default) with { Progress = null });
        int last = table.Layers.Length - 1;
        return new NormalizationDistances(variant, [.. table.Layers.Select((_, layer) => Finite(table.Quantile(layer, 0.5, isCumulative: false)))],
            last < 0 ? null : Finite(table.Quantile(last, 0.5, isCumulative: true)), Enumerable.Range(0, last < 0 ? 0 : table.Count).Count(sample => table.Cumulative(sample, last) == 0));
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
