using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>Networks with drawn weights: normal ones of variance 2 / inputs, offsets standard normal, leaky ReLUs.</summary>
/// <remarks>The setting of the figure of random partitions in <c>balestriero2022batchnorm</c>, whose slope is not stated; 0.1 here.</remarks>
public static class DrawnNetwork
{
    private const double Slope = 0.1;

    /// <summary>Draws a network.</summary>
    /// <param name="widths">Inputs, widths of the hidden layers, outputs; at least three numbers, each at least 1.</param>
    /// <param name="seed">Seed of weights and offsets.</param>
    /// <exception cref="ArgumentException">There are too few widths, or one is below 1.</exception>
    public static Network Of(IReadOnlyList<int> widths, ulong seed)
    {
        if (widths.Count < 3 || widths.Any(width => width < 1))
            throw new ArgumentException($"'widths' is [{string.Join(", ", widths)}]; expected inputs, at least one hidden width and outputs, each at least 1.", nameof(widths));
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder($"drawn {string.Join('-', widths)}, seed {seed}");
        int at = builder.Input("x", new Shape(widths[0]));
        for (int l = 1; l < widths.Count; l++)
        {
            at = builder.Add($"dense {l}", new Dense(Normals(widths[l] * widths[l - 1], Math.Sqrt(2.0 / widths[l - 1])), Normals(widths[l], 1), new Shape(widths[l - 1])), at);
            if (l + 1 < widths.Count)
                at = builder.Add($"leaky relu {l}", PiecewiseLinear.LeakyRelu(new Shape(widths[l]), Slope), at);
        }
        return builder.Build(at);

        double[] Normals(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
    }
}
