using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Two networks as one that is given one input and has the outputs of both: its regions are the overlay of theirs.</summary>
public static class SideBySide
{
    /// <summary>Joins two networks.</summary>
    /// <param name="first">One input.</param>
    /// <param name="firstOutput">Index of the node that is its output.</param>
    /// <param name="second">One input of the shape of the first.</param>
    /// <param name="secondOutput">Index of the node that is its output.</param>
    /// <returns>A network whose output holds the elements of the first and then those of the second. Nodes of the first come before those of the second.</returns>
    /// <exception cref="ArgumentException">A network has several inputs, or the shapes differ.</exception>
    public static Network Of(Network first, int firstOutput, Network second, int secondOutput)
    {
        if (first.Inputs.Length != 1 || second.Inputs.Length != 1 || first.InputShape != second.InputShape)
            throw new ArgumentException($"the networks take {first.Inputs.Length} and {second.Inputs.Length} inputs, the first ones of shape {first.InputShape} and {second.InputShape}; expected one each, of one shape", nameof(second));
        var builder = new NetworkBuilder(first.Name);
        int input = builder.Input(first.Nodes[first.Inputs[0]].Name, first.InputShape);
        int[] ends = [Copied(builder, first, firstOutput, input), Copied(builder, second, secondOutput, input)];
        return builder.Build(builder.Add(new Concatenation([builder.ShapeOf(ends[0]), builder.ShapeOf(ends[1])], 0), ends));
    }

    // Nodes behind the output are left out; the output is flat.
    private static int Copied(NetworkBuilder builder, Network network, int output, int input)
    {
        var place = new int[output + 1];
        foreach (Node node in network.Nodes.Take(output + 1))
            place[node.Index] = node.Layer is InputLayer ? input : builder.Add(node.Name, node.Layer, [.. node.Inputs.Select(from => place[from])]);
        Shape shape = network.Nodes[output].Shape;
        return shape.Rank == 1 ? place[output] : builder.Add(new Reshape(shape, new Shape(shape.Size)), place[output]);
    }
}
