using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Tests.Certificates;

/// <summary>Networks whose distances are known on paper.</summary>
internal static class KnownNetworks
{
    /// <summary>|x1| + |x2| - 1 out of four ReLU units: each crease is that of two units.</summary>
    public static Network Diamond() => Chain(2, ([1, 0, -1, 0, 0, 1, 0, -1], [0, 0, 0, 0]), ([1, 1, 1, 1], [-1]));

    /// <summary>The same with |x| = 2 relu(x) - x, the linear part by a path around the units.</summary>
    public static Network TwinDiamond()
    {
        var builder = new NetworkBuilder("twin");
        var shape = new Shape(2);
        int input = builder.Input("x", shape);
        int relu = builder.Add(PiecewiseLinear.Relu(shape), input);
        int twice = builder.Add(new Scaling(shape, [2.0], null), relu);
        int sum = builder.Add(new Sum(shape, 1, -1), twice, input);
        return builder.Build(builder.Add(new Dense(new double[] { 1, 1 }, new double[] { -1 }, shape), sum));
    }

    /// <summary>relu(x) + relu(-x) - 1.</summary>
    public static Network Fold() => Chain(1, ([1, -1], [0, 0]), ([1, 1], [-1]));

    /// <summary>relu(x) - relu(x), by two units.</summary>
    public static Network Zero() => Chain(1, ([1, 1], [0, 0]), ([1, -1], [0]));

    public static Network Chain(int inputs, params ReadOnlySpan<(double[] Weights, double[] Bias)> layers)
    {
        var builder = new NetworkBuilder("chain");
        int node = builder.Input("x", new Shape(inputs));
        for (int l = 0; l < layers.Length; l++)
        {
            node = builder.Add(new Dense(layers[l].Weights, layers[l].Bias, builder.ShapeOf(node)), node);
            if (l < layers.Length - 1)
                node = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(node)), node);
        }
        return builder.Build(node);
    }
}
