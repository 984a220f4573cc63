using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Small networks to check laws on.</summary>
public static class SmallNetworks
{
    /// <summary>The golden network G(seed; widths) of the partition specification, section 9.</summary>
    public static Network Golden(uint seed, params int[] widths)
    {
        var random = new NumpyRandom(seed);
        return Dense($"golden {seed}", widths, (inputs, outputs) => (Draw(random, outputs * inputs, Math.Sqrt(2.0 / inputs)), Draw(random, outputs, 0.5)), PiecewiseLinear.Relu);
    }

    /// <summary>A dense network with random normal weights and any activation.</summary>
    public static Network Random(ulong seed, Func<Shape, Layer> activation, params int[] widths)
    {
        var random = new RandomSource(seed);
        double[] Normals(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
        return Dense($"random {seed}", widths, (inputs, outputs) => (Normals(outputs * inputs, Math.Sqrt(2.0 / inputs)), Normals(outputs, 0.5)), activation);
    }

    /// <summary>Dense layers with given weights.</summary>
    public static Network Dense(string name, int[] widths, Func<int, int, (double[] Weights, double[] Bias)> draw, Func<Shape, Layer> activation)
    {
        var builder = new NetworkBuilder(name);
        int at = builder.Input("x", new Shape(widths[0]));
        for (int l = 1; l < widths.Length; l++)
        {
            (double[] weights, double[] bias) = draw(widths[l - 1], widths[l]);
            at = builder.Add(new Dense(weights, bias, new Shape(widths[l - 1])), at);
            if (l + 1 < widths.Length)
                at = builder.Add(activation(new Shape(widths[l])), at);
        }
        return builder.Build(at);
    }

    private static double[] Draw(NumpyRandom random, int count, double scale)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = random.Normal() * scale;
        return values;
    }
}
