using System.Collections.Immutable;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Which nodes of a network a tangent kernel looks at.</summary>
internal sealed class KernelPlan
{
    public KernelPlan(Network network)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; a tangent kernel takes a network with one.", nameof(network));
        Network = network;
        Output = network.Outputs[0];
        while (network.Nodes[Output].Layer is SmoothLayer { IsMonotone: true })
            Output = network.Nodes[Output].Inputs[0];
        IsNeeded = PiecewiseGraph.Needed(network, Output);
        Layers = [.. network.Nodes.Where(node => IsNeeded[node.Index] && ParameterGradient.Has(node.Layer))];
        foreach (Node node in Layers)
            ParameterGradient.Check(node);
        long parameters = Layers.Sum(node => node.Layer.Parameters);
        if (parameters is 0 or > int.MaxValue)
            throw new NotSupportedException($"{network.Name} has {parameters} parameters between its input and its output; a tangent kernel takes 1 to {int.MaxValue}");
        Parameters = (int)parameters;
    }

    public Network Network { get; }

    /// <summary>Node of the outputs, a final softmax or sigmoid set aside.</summary>
    public int Output { get; }

    public int Outputs => Network.Nodes[Output].Shape.Size;

    public int Parameters { get; }

    /// <summary>Nodes with parameters, in topological order.</summary>
    public ImmutableArray<Node> Layers { get; }

    /// <summary>Whether the output depends on a node. Shape [nodes].</summary>
    public bool[] IsNeeded { get; }
}
