using System.Globalization;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Random small networks with weights from -2 to 2: nearly every one has coincident, concurrent and vanishing creases.</summary>
public static class WholeNumberNetworks
{
    /// <summary>Dense layers with ReLU, each layer's weights and biases times a power of two.</summary>
    /// <param name="seed">Case number.</param>
    /// <param name="powers">Power of two of each hidden layer, taken in turn; biases take the product of all powers so far.</param>
    public static Network Dense(ulong seed, params int[] powers)
    {
        List<(double[] Weights, double[] Bias)> layers = Layers(seed);
        int total = 0;
        for (int l = 0; l < layers.Count; l++)
        {
            int power = powers.Length == 0 || l + 1 == layers.Count ? 0 : powers[l % powers.Length];
            total += power;
            Scale(layers[l].Weights, power);
            Scale(layers[l].Bias, total);
        }
        return Build(seed, layers);
    }

    /// <summary>The same network with every hidden unit times a power of two of its own, undone in the next layer.</summary>
    /// <param name="seed">Case number.</param>
    /// <param name="spread">Largest power, at most 500, so that no weight leaves the range of float64.</param>
    public static Network Rescaled(ulong seed, int spread)
    {
        var random = new RandomSource(seed);
        List<(double[] Weights, double[] Bias)> layers = Layers(seed);
        for (int l = 0; l + 1 < layers.Count; l++)
        {
            int width = layers[l].Bias.Length, inputs = layers[l].Weights.Length / width;
            for (int unit = 0; unit < width; unit++)
            {
                int power = random.Index(2 * spread + 1) - spread;
                Scale(layers[l].Weights.AsSpan(unit * inputs, inputs), power);
                Scale(layers[l].Bias.AsSpan(unit, 1), power);
                for (int next = unit; next < layers[l + 1].Weights.Length; next += width)
                    Scale(layers[l + 1].Weights.AsSpan(next, 1), -power);
            }
        }
        return Build(seed, layers);
    }

    /// <summary>The same network moved along both axes; for whole shifts up to 2^48 its biases are exact.</summary>
    /// <param name="seed">Case number.</param>
    /// <param name="shift">How far.</param>
    public static (Network Network, Slice Slice) Moved(ulong seed, double shift)
    {
        List<(double[] Weights, double[] Bias)> layers = Layers(seed);
        (double[] weights, double[] bias) = layers[0];
        for (int unit = 0; unit < bias.Length; unit++)
            bias[unit] -= (weights[2 * unit] + weights[2 * unit + 1]) * shift;
        return (Build(seed, layers), Slice.Plane([.. Domain(seed).Domain.ToArray().Select(coordinate => coordinate + shift)]));
    }

    private static List<(double[] Weights, double[] Bias)> Layers(ulong seed)
    {
        var random = new RandomSource(seed);
        var layers = new List<(double[], double[])>();
        int depth = 1 + random.Index(3), inputs = 2;
        for (int l = 0; l <= depth; l++)
        {
            int width = l < depth ? 2 + random.Index(5) : 1 + random.Index(3);
            layers.Add((Draw(random, width * inputs), Draw(random, width)));
            inputs = width;
        }
        return layers;
    }

    private static Network Build(ulong seed, List<(double[] Weights, double[] Bias)> layers)
    {
        var chain = new Chain($"whole numbers {seed}");
        foreach ((double[] weights, double[] bias) in layers[..^1])
            chain.Hidden(weights, bias);
        return chain.Dense(layers[^1].Weights, layers[^1].Bias).Build();
    }

    private static void Scale(Span<double> values, int power)
    {
        foreach (ref double value in values)
            value = Math.ScaleB(value, power);
    }

    /// <summary>Weights that are whole tenths, as float64 rounds them: creases that would meet miss each other by a rounding error.</summary>
    /// <param name="seed">Case number.</param>
    /// <param name="slopeUnit">What slopes of activations are multiples of: eighths are exact, tenths are rounded too.</param>
    public static Network Tenths(ulong seed, double slopeUnit)
    {
        var random = new RandomSource(seed ^ 0x3C6EF372);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.Index(7) - 3) / 10.0)];
        int depth = 1 + random.Index(3), outputs = 1 + random.Index(3);
        var chain = new Chain($"tenths {seed}");
        for (int l = 0; l < depth; l++)
        {
            int width = 2 + random.Index(5);
            chain.Dense(Draw(width * chain.Width), Draw(width));
            int skip = chain.At;
            chain.Fold(shape => random.Index(5) switch
            {
                0 => PiecewiseLinear.LeakyRelu(shape, slopeUnit * (1 + random.Index(7))),
                1 => PiecewiseLinear.Clip(shape, -0.1, 0.3),
                2 => PiecewiseLinear.Of("staircase", shape, [-0.1, 0, 0.2], [slopeUnit, 7 * slopeUnit, -3 * slopeUnit, 11 * slopeUnit], -0.3),
                _ => PiecewiseLinear.Relu(shape),
            });
            if (random.Index(3) == 0)
                chain.Plus(skip, random.Index(2) == 0 ? 1 : -1);
        }
        return chain.Dense(Draw(outputs * chain.Width), Draw(outputs)).Build();
    }

    /// <summary>Any piecewise layer, skip connections and concatenations.</summary>
    /// <param name="seed">Case number.</param>
    /// <param name="divisor">What the whole weights are divided by, with rounding.</param>
    public static Network Graph(ulong seed, double divisor = 1)
    {
        var random = new RandomSource(seed ^ 0x6A09E667);
        var chain = new Chain($"whole numbers, graph {seed}");
        int depth = 1 + random.Index(3), outputs = 1 + random.Index(3);
        for (int l = 0; l < depth; l++)
        {
            int width = 2 + random.Index(4);
            chain.Dense(Draw(random, width * chain.Width, divisor), Draw(random, width, divisor));
            int skip = chain.At;
            switch (random.Index(7))
            {
                case 0:
                    chain.Fold(PiecewiseLinear.AbsoluteValue);
                    break;
                case 1:
                    chain.Fold(shape => PiecewiseLinear.LeakyRelu(shape, random.Index(2) == 0 ? 0.5 : -1));
                    break;
                case 2:
                    chain.Fold(shape => PiecewiseLinear.Clip(shape, -1, 1));
                    break;
                case 3:
                    chain.Fold(shape => PiecewiseLinear.Of("staircase", shape, [-1, 0, 1], [0, 1, -1, 2], 0));
                    break;
                case 4:
                    chain.Max(2);
                    break;
                case 5:
                    chain.Relu().Max(2);
                    break;
                default:
                    chain.Relu();
                    break;
            }
            if (chain.Width == width && random.Index(3) == 0)
                chain.Plus(skip, random.Index(2) == 0 ? 1 : -1);
            else if (random.Index(4) == 0)
                chain.With(0);
        }
        return chain.Dense(Draw(random, outputs * chain.Width, divisor), Draw(random, outputs, divisor)).Build();
    }

    /// <summary>A square, a triangle or a hexagon with small whole corners.</summary>
    public static Slice Domain(ulong seed) => Slice.Plane((seed % 4) switch
    {
        0 => [-1, -1, 1, -1, 1, 1, -1, 1],
        1 => [-2, -1, 2, -1, 0, 3],
        2 => [2, 0, 2, 1, 0, 2, -2, 1, -2, -1, 0, -2],
        _ => [-3, -3, 3, -3, 3, 3, -3, 3],
    });

    /// <summary>A network of small layers as text, to make it again from a message.</summary>
    public static string Text(Network network) => string.Join("; ", network.Nodes.Select(node => $"{node.Index}: {node.Layer.Kind}({string.Join(", ", node.Inputs)})" + node.Layer switch
    {
        Dense dense => $" W [{Join(dense.Weights.Values)}] b [{Join(dense.Bias is null ? [] : dense.Bias.Values)}]",
        Sum sum => $" signs [{Join([.. Terms(sum).Select(term => term.Weight)])}]",
        PiecewiseLinear function => $" knots [{Join([.. function.Knots])}] slopes [{Join([.. Enumerable.Range(0, function.Pieces).Select(piece => function.Slope(0, piece))])}]",
        _ => "",
    }));

    private static List<Term> Terms(AffineLayer layer)
    {
        var terms = new List<Term>();
        layer.Row(0, terms);
        return terms;
    }

    private static string Join(ReadOnlySpan<double> values) => string.Join(" ", values.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static double[] Draw(RandomSource random, int count, double divisor = 1) => [.. Enumerable.Range(0, count).Select(_ => (random.Index(5) - 2) / divisor)];
}
