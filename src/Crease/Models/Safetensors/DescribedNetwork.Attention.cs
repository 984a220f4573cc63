using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Models;

/// <content>Self-attention as the layers that it is made of.</content>
internal sealed partial class DescribedNetwork
{
    // A score this low underflows to a share of exactly 0 in the softmax.
    private const double Never = -1e30;

    /// <summary>Adds everything up to the joined heads; the output projection is left to the node itself.</summary>
    /// <returns>The node that the output projection takes.</returns>
    private int Attended(NodeDescription node, int input)
    {
        Shape shape = _builder.ShapeOf(input);
        int heads = node.Whole("heads", 1);
        if (shape.Rank != 2 || heads < 1 || shape[1] % heads != 0)
            throw new InvalidDataException($"has {heads} heads on a value of shape {shape}; expected [context, width] and a divisor of the width");
        int context = shape[0], part = shape[1] / heads;
        _allowance.Spend(7L * shape.Size + (long)heads * context * context + 3L * shape[1] * shape[1]);
        int queries = Projection(node, input, 0, "queries", heads), keys = Projection(node, input, 1, "keys", heads), values = Projection(node, input, 2, "values", heads);
        var square = new Shape(heads, context, context);
        int scores = _builder.Add($"{node.Name} scores", new Product(_builder.ShapeOf(queries), _builder.ShapeOf(keys), matrix: true), queries, keys);
        double[] mask = [.. Enumerable.Range(0, square.Size).Select(i => i % context > i / context % context ? Never : 0)];
        int masked = _builder.Add($"{node.Name} mask", new Scaling(square, [1 / Math.Sqrt(part)], mask), scores);
        int shares = _builder.Add($"{node.Name} shares", new Softmax(square), masked);
        int mixed = _builder.Add($"{node.Name} mix", new Product(square, _builder.ShapeOf(values), matrix: true), shares, values);
        int joined = _builder.Add($"{node.Name} by token", Rearrangement.Transpose(_builder.ShapeOf(mixed), [1, 0, 2]), mixed);
        return _builder.Add($"{node.Name} joined", new Reshape(_builder.ShapeOf(joined), shape), joined);
    }

    // One of the three blocks of the stacked weight; heads become the first axis, and keys are transposed for the product.
    private int Projection(NodeDescription node, int input, int block, string name, int heads)
    {
        Shape shape = _builder.ShapeOf(input), split = new(shape[0], heads, shape[1] / heads);
        int width = shape[1];
        double[] weights = Weights(node, "weight", 3 * width, width)!.Values.Slice(block * width * width, width * width).ToArray();
        double[]? bias = Weights(node, "bias", 3 * width)?.Values.Slice(block * width, width).ToArray();
        int projected = _builder.Add($"{node.Name} {name}", new Dense(weights, bias is null ? null : (Weights)bias, shape), input);
        int reshaped = _builder.Add($"{node.Name} {name} split", new Reshape(shape, split), projected);
        return _builder.Add($"{node.Name} {name} by head", Rearrangement.Transpose(split, block == 1 ? [1, 2, 0] : [1, 0, 2]), reshaped);
    }
}
