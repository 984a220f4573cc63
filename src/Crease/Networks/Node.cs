using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>One vertex of a network's graph: a layer and where its inputs come from.</summary>
/// <param name="Index">0-based position in <see cref="Network.Nodes"/>; every input has a smaller one.</param>
/// <param name="Name">The name in the file the network came from, or one made from kind and index.</param>
/// <param name="Layer">What the node computes.</param>
/// <param name="Inputs">Indices of the nodes whose values are its inputs, in the layer's order.</param>
public sealed record Node(int Index, string Name, Layer Layer, ImmutableArray<int> Inputs)
{
    /// <summary>Shape of the node's value, without the batch axis.</summary>
    public Shape Shape => Layer.OutputShape;
}
