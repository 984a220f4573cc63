using System.Collections.Immutable;
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
        int count = network.Nodes.Length;
        (IsNeeded, IsWanted) = (new bool[count], new bool[count]);
        IsNeeded[Output] = true;
        for (int n = Output; n >= 0; n--)
        {
            foreach (int input in IsNeeded[n] ? network.Nodes[n].Inputs : [])
                IsNeeded[input] = true;
        }
        Layers = [.. network.Nodes.Where(node => IsNeeded[node.Index] && ParameterGradient.Has(node.Layer))];
        foreach (Node node in Layers)
            ParameterGradient.Check(node);
        foreach (Node node in network.Nodes)
            IsWanted[node.Index] = IsNeeded[node.Index] && (ParameterGradient.Has(node.Layer) || node.Inputs.Any(input => IsWanted[input]));
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

    /// <summary>Whether a node depends on a parameter, so that its gradient matters. Shape [nodes].</summary>
    public bool[] IsWanted { get; }
}
