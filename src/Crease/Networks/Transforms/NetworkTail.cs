using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>The part of a network behind one node, as a network of its own: the decoder of an autoencoder behind its narrowest layer, for one.</summary>
public static class NetworkTail
{
    /// <summary>What the network computes from the value of a node.</summary>
    /// <param name="network">Any network; its first output is kept.</param>
    /// <param name="node">Name of the node whose value becomes the input.</param>
    /// <exception cref="ArgumentException">No node has the name, the output does not depend on it, or a later node reads past it; the message is one line.</exception>
    public static Network Of(Network network, string node)
    {
        Node? start = network.Nodes.FirstOrDefault(each => each.Name == node);
        if (start is null)
            throw new ArgumentException($"No node is called '{node}'; the network has {string.Join(", ", network.Nodes.Where(each => each.Layer is not InputLayer).Take(20).Select(each => each.Name))}{(network.Nodes.Length > 21 ? ", ..." : "")}.", nameof(node));
        bool[] isNeeded = Needed(network, start.Index);
        var builder = new NetworkBuilder(network.Name);
        var place = new Dictionary<int, int> { [start.Index] = builder.Input(node, start.Shape) };
        foreach (Node later in network.Nodes.Where(each => isNeeded[each.Index] && each.Index != start.Index))
        {
            int past = Array.FindIndex([.. later.Inputs], input => !place.ContainsKey(input));
            if (past >= 0 || later.Layer is InputLayer)
                throw new ArgumentException($"The output does not depend on node '{node}' alone: node '{later.Name}' {(past >= 0 ? $"reads '{network.Nodes[later.Inputs[past]].Name}' past it" : "is an input beside it")}. Pass a node that everything goes through.", nameof(node));
            place[later.Index] = builder.Add(later.Name, later.Layer, [.. later.Inputs.Select(input => place[input])]);
        }
        return start.Index == network.Outputs[0] || !place.TryGetValue(network.Outputs[0], out int output)
            ? throw new ArgumentException($"Nothing comes after node '{node}'; pass one before the output.", nameof(node))
            : builder.Build(output);
    }

    // What the first output is computed from, back to the node and no further behind it.
    private static bool[] Needed(Network network, int start)
    {
        var isNeeded = new bool[network.Nodes.Length];
        isNeeded[network.Outputs[0]] = true;
        for (int index = network.Outputs[0]; index >= 0; index--)
        {
            if (!isNeeded[index] || index == start)
                continue;
            foreach (int input in network.Nodes[index].Inputs.Where(input => input >= start))
                isNeeded[input] = true;
        }
        return isNeeded;
    }
}
