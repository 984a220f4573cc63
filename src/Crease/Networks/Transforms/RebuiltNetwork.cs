using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A network with other layers in the same graph: names, inputs, outputs and notes stay.</summary>
internal static class RebuiltNetwork
{
    /// <summary>Builds it.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="layer">Given a node that is no input, in topological order: its new layer, of the same shapes; or null to leave the node out and pass its first input through.</param>
    public static Network Of(Network network, Func<Node, Layer?> layer)
    {
        var builder = new NetworkBuilder(network.Name);
        var place = new int[network.Nodes.Length];
        foreach (Node node in network.Nodes)
        {
            place[node.Index] = node.Layer is InputLayer ? builder.Input(node.Name, node.Shape)
                : layer(node) is Layer kept ? builder.Add(node.Name, kept, [.. node.Inputs.Select(input => place[input])])
                : place[node.Inputs[0]];
        }
        foreach (string note in network.Notes)
            builder.Note(note);
        return builder.Build([.. network.Outputs.Select(output => place[output])]);
    }
}
