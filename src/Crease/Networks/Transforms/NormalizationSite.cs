using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Where a network is normalized, or would be.</summary>
/// <param name="Before">Index of the node whose value is normalized.</param>
/// <param name="Layer">Index of its batch normalization, or null where a network without any would take one.</param>
public readonly record struct NormalizationSite(int Before, int? Layer)
{
    /// <summary>The batch normalizations of a network; of one without any, the pre-activations of its element-wise layers.</summary>
    /// <param name="network">The network.</param>
    /// <returns>In topological order.</returns>
    public static ImmutableArray<NormalizationSite> Of(Network network)
    {
        ImmutableArray<NormalizationSite> own = [.. network.Nodes.Where(node => node.Layer is BatchNormalization).Select(node => new NormalizationSite(node.Inputs[0], node.Index))];
        return own.Length > 0 ? own :
        [
            .. network.Nodes.Where(node => node.Layer is PiecewiseLinear && node.Shape.Rank > 0 && network.Nodes[node.Inputs[0]].Layer is not InputLayer)
                .Select(node => new NormalizationSite(node.Inputs[0], null)).DistinctBy(site => site.Before),
        ];
    }
}
