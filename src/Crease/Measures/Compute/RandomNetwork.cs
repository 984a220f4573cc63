using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>Dense ReLU networks with drawn weights, for benchmarks.</summary>
internal static class RandomNetwork
{
    /// <summary>Makes a network.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="widths">Inputs, widths of the hidden layers, outputs.</param>
    /// <param name="draw">Weights [outputs, inputs] and biases [outputs] of a layer with so many inputs and outputs.</param>
    public static Network Of(string name, ReadOnlySpan<int> widths, Func<int, int, (double[] Weights, double[] Bias)> draw)
    {
        var builder = new NetworkBuilder(name);
        int at = builder.Input("x", new Shape(widths[0]));
        for (int l = 1; l < widths.Length; l++)
        {
            (double[] weights, double[] bias) = draw(widths[l - 1], widths[l]);
            at = builder.Add(new Dense(weights, bias, new Shape(widths[l - 1])), at);
            if (l + 1 < widths.Length)
                at = builder.Add(PiecewiseLinear.Relu(new Shape(widths[l])), at);
        }
        return builder.Build(at);
    }
}
