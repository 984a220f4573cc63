using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Measures;

/// <summary>Random numbers and networks for the tests of normalization.</summary>
internal static class NormalNumbers
{
    public static double[] Normals(this RandomSource random, int count, double scale = 1) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Correlated points: a random matrix on normal ones, plus a shift. Shape [count, dimensions].</summary>
    public static double[] Correlated(RandomSource random, int count, int dimensions)
    {
        double[] mixing = random.Normals(dimensions * dimensions), shift = random.Normals(dimensions, 2), points = new double[count * dimensions];
        for (int p = 0; p < count; p++)
        {
            double[] normal = random.Normals(dimensions);
            for (int i = 0; i < dimensions; i++)
                points[p * dimensions + i] = shift[i] + Dot(mixing.AsSpan(i * dimensions, dimensions), normal);
        }
        return points;
    }

    /// <summary>Dense layers with He weights, offsets drawn by a function of the layer's outputs, ReLUs between them.</summary>
    public static Network Chain(RandomSource random, Func<int, double[]?> offsets, params int[] widths)
    {
        var builder = new NetworkBuilder("chain");
        int at = builder.Input("x", new Shape(widths[0]));
        for (int l = 1; l < widths.Length; l++)
        {
            at = builder.Add(new Dense(random.Normals(widths[l] * widths[l - 1], Math.Sqrt(2.0 / widths[l - 1])), offsets(widths[l]) is double[] own ? (Weights)own : null, new Shape(widths[l - 1])), at);
            if (l + 1 < widths.Length)
                at = builder.Add(PiecewiseLinear.Relu(new Shape(widths[l])), at);
        }
        return builder.Build(at);
    }
}
