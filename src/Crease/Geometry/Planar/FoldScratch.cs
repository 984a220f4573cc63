using Crease.Networks;

namespace Crease.Geometry;

/// <summary>One worker's buffers for folds that run through several nodes.</summary>
internal sealed class FoldScratch(Network network)
{
    private readonly double[]?[] _values = new double[network.Nodes.Length][];

    /// <summary>Room for the three coefficient columns of a node's value. Shape [3, size].</summary>
    public double[] Of(int node) => _values[node] ??= new double[3L * network.Nodes[node].Shape.Size];
}
