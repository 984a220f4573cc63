using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Geometry;

/// <summary>Where a network folds: its piecewise layers, and the node whose value is affine on each region. Prepared once for many inputs.</summary>
public sealed class PiecewiseGraph
{
    /// <summary>Prepares a network.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node.</param>
    /// <exception cref="ArgumentException">The network has several inputs.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth; the message names it.</exception>
    public PiecewiseGraph(Network network)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; this takes a network with one.", nameof(network));
        Network = network;
        Output = LastAffineOrPiecewise(network);
        bool[] needed = Needed(network, Output);
        Layers = [.. network.Nodes.Where(node => needed[node.Index] && node.Layer.Class == LayerClass.PiecewiseAffine)];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Index of the node whose affine map is meant: the first output, before a final softmax or sigmoid.</summary>
    public int Output { get; }

    /// <summary>The piecewise layers that the output depends on, in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>Number of output elements.</summary>
    public int Outputs => Network.Nodes[Output].Shape.Size;

    /// <summary>Number of input elements.</summary>
    public int Inputs => Network.InputShape.Size;

    internal static int LastAffineOrPiecewise(Network network)
    {
        int output = network.Outputs[0];
        while (network.Nodes[output] is var node && (node.Layer is SmoothLayer { IsMonotone: true } || (node.Layer is Reshape && LeadsToMonotone(network, output))))
            output = node.Inputs[0];
        bool[] needed = Needed(network, output);
        foreach (Node node in network.Nodes)
        {
            if (needed[node.Index] && node.Layer.Class == LayerClass.Smooth)
                throw new NotSupportedException($"node '{node.Name}' is smooth ({node.Layer.Kind}), so the network is not piecewise affine there; accepted are affine and piecewise-affine layers, and a smooth one only as the last, monotone node");
        }
        return output;
    }

    internal static bool[] Needed(Network network, params ReadOnlySpan<int> values)
    {
        var needed = new bool[network.Nodes.Length];
        foreach (int value in values)
            needed[value] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (needed[i])
            {
                foreach (int input in network.Nodes[i].Inputs)
                    needed[input] = true;
            }
        }
        return needed;
    }

    private static bool LeadsToMonotone(Network network, int index)
    {
        while (network.Nodes[index].Layer is Reshape)
            index = network.Nodes[index].Inputs[0];
        return network.Nodes[index].Layer is SmoothLayer { IsMonotone: true };
    }
}
