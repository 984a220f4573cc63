using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>What a network computes from the value of one node on, with everything that does not depend on that node held at one input.</summary>
internal static class LayerTail
{
    /// <summary>The network from a node's value to the output.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="node">The node whose value is the new input.</param>
    /// <param name="output">The node whose value is the output; it must depend on <paramref name="node"/>.</param>
    /// <param name="values">Values of all nodes at the input, as <see cref="Network.Values"/> gives them.</param>
    /// <param name="head">Put in front of the node's value: from a new input to it, or null for the value itself as input.</param>
    /// <exception cref="ArgumentException">The output does not depend on the node.</exception>
    public static Network Of(Network network, int node, int output, double[][] values, AffineLayer? head = null)
    {
        var builder = new NetworkBuilder(network.Name);
        var place = new Dictionary<int, int>();
        int input = builder.Input("value", head?.InputShapes[0] ?? network.Nodes[node].Shape);
        place[node] = head is null ? input : builder.Add("head", head, input);
        foreach (Node later in network.Nodes.Skip(node + 1).Where(later => later.Inputs.Any(place.ContainsKey) && later.Index <= output))
        {
            int[] inputs = [.. later.Inputs.Select(from => place.TryGetValue(from, out int made) ? made : Constant(builder, input, network.Nodes[from].Shape, values[from]))];
            place[later.Index] = builder.Add(later.Name, later.Layer, inputs);
        }
        return place.TryGetValue(output, out int end)
            ? builder.Build(end)
            : throw new ArgumentException($"The output does not depend on node '{network.Nodes[node].Name}'.", nameof(node));
    }

    // Zero weights on the new input, and the value as bias.
    private static int Constant(NetworkBuilder builder, int input, Shape shape, double[] value)
    {
        Shape from = builder.ShapeOf(input), flat = new(from.Size);
        int vector = from.Rank == 1 ? input : builder.Add(new Reshape(from, flat), input);
        int constant = builder.Add(new Dense(new double[(long)shape.Size * from.Size], value, flat), vector);
        return shape.Rank == 1 ? constant : builder.Add(new Reshape(new Shape(shape.Size), shape), constant);
    }
}
