using System.Collections.Immutable;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A trained network as an immutable directed acyclic graph of layers: the one intermediate representation.</summary>
/// <remarks>Nodes are in topological order. Network inputs are nodes too, with an <see cref="InputLayer"/>.</remarks>
public sealed class Network
{
    internal Network(string name, ImmutableArray<Node> nodes, ImmutableArray<int> inputs, ImmutableArray<int> outputs, ImmutableArray<string> notes)
    {
        Name = name;
        Nodes = nodes;
        Inputs = inputs;
        Outputs = outputs;
        Notes = notes;
    }

    /// <summary>Where the network came from: a file name, or <c>example:NAME</c>.</summary>
    public string Name { get; }

    /// <summary>All nodes in topological order.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>Indices of the input nodes.</summary>
    public ImmutableArray<int> Inputs { get; }

    /// <summary>Indices of the nodes whose values are the network's outputs.</summary>
    public ImmutableArray<int> Outputs { get; }

    /// <summary>What a reader changed or left out on the way in, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; }

    /// <summary>Shape of the first input, without the batch axis.</summary>
    public Shape InputShape => Nodes[Inputs[0]].Shape;

    /// <summary>Shape of the first output, without the batch axis.</summary>
    public Shape OutputShape => Nodes[Outputs[0]].Shape;

    /// <summary>Number of trained numbers over all layers.</summary>
    public long Parameters => Nodes.Sum(node => node.Layer.Parameters);

    /// <summary>Floating-point operations of one forward pass (one multiply-add counts 2).</summary>
    public long Flops => Nodes.Sum(node => node.Layer.Flops);

    /// <summary>The first node that is neither affine nor piecewise affine, or null.</summary>
    public Node? FirstSmooth => Nodes.FirstOrDefault(node => node.Layer.Class == LayerClass.Smooth);

    /// <summary>The network's first output at a batch of inputs.</summary>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of inputs in the batch, at least 1.</param>
    /// <returns>Shape [count, outputs], row-major.</returns>
    /// <exception cref="ArgumentException"><paramref name="inputs"/> does not have <c>count × inputs</c> entries.</exception>
    public double[] Evaluate(ReadOnlySpan<double> inputs, int count = 1)
    {
        if (Inputs.Length != 1)
            throw new ArgumentException($"The network has {Inputs.Length} inputs; this call takes a network with one.", nameof(inputs));
        if (count < 1 || inputs.Length != (long)count * InputShape.Size)
            throw new ArgumentException($"'inputs' has {inputs.Length} entries; expected [count, inputs] = [{count}, {InputShape.Size}].", nameof(inputs));
        return Values(inputs, count)[Outputs[0]];
    }

    /// <summary>The value of every node at a batch of inputs.</summary>
    /// <param name="inputs">Shape [count, inputs], row-major.</param>
    /// <param name="count">Number of inputs in the batch, at least 1.</param>
    /// <returns>One array per node, each of shape [count, size of the node].</returns>
    public double[][] Values(ReadOnlySpan<double> inputs, int count)
    {
        var values = new double[Nodes.Length][];
        foreach (Node node in Nodes)
        {
            if (node.Layer is InputLayer)
            {
                values[node.Index] = inputs.ToArray();
                continue;
            }
            double[][] arguments = [.. node.Inputs.Select(i => values[i])];
            values[node.Index] = new double[(long)count * node.Shape.Size];
            node.Layer.Evaluate(arguments, count, values[node.Index]);
        }
        return values;
    }
}
