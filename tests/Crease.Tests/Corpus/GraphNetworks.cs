using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Small networks that are not chains of dense layers.</summary>
public static class GraphNetworks
{
    /// <summary>Convolution, batch normalization, max pooling, a skip connection, a leaky unit, and a final softmax.</summary>
    public static Network Residual(ulong seed)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder($"residual {seed}");
        var image = new Shape(2, 6, 6);
        var same = new Windows(3, 3) { Top = 1, Bottom = 1, Left = 1, Right = 1 };
        int x = builder.Input("x", image);
        int first = builder.Add(new Convolution(image, Normals(random, 4 * 2 * 9, 0.4), Normals(random, 4, 0.3), same), x);
        Shape wide = builder.ShapeOf(first);
        int normal = builder.Add(new BatchNormalization(wide, Normals(random, 4, 1), Normals(random, 4, 0.2), Normals(random, 4, 0.2), new double[] { 1, 0.5, 2, 1 }, 1e-5), first);
        int folded = builder.Add(PiecewiseLinear.Relu(wide), normal);
        int second = builder.Add(new Convolution(wide, Normals(random, 4 * 4 * 9, 0.3), Normals(random, 4, 0.3), same), folded);
        int sum = builder.Add(new Sum(wide, 1, 1), second, folded);
        int leaky = builder.Add(PiecewiseLinear.LeakyRelu(wide, 0.1), sum);
        int pooled = builder.Add(new MaxPooling(wide, new Windows(2, 2) { StrideX = 2, StrideY = 2 }), leaky);
        Shape small = builder.ShapeOf(pooled);
        int flat = builder.Add(new Reshape(small, new Shape(small.Size)), pooled);
        int scores = builder.Add(new Dense(Normals(random, 3 * small.Size, 0.3), Normals(random, 3, 0.3), new Shape(small.Size)), flat);
        return builder.Build(builder.Add(new Softmax(new Shape(3)), scores));
    }

    /// <summary>The network of the worked case of the power-diagram specification, section 8, test 9.</summary>
    public static Network Worked()
    {
        var builder = new NetworkBuilder("worked case");
        int h = builder.Add(new Dense(new double[] { 1, 2, -1, 1, 0.5, -1 }, new double[] { 0.5, -0.25, 1 }, new Shape(2)), builder.Input("x", new Shape(2)));
        h = builder.Add(PiecewiseLinear.LeakyRelu(new Shape(3), 0.1), h);
        h = builder.Add(new Dense(new double[] { 1, -1, 0.5, 0.5, 1, -2 }, new double[] { -0.25, 0.5 }, new Shape(3)), h);
        h = builder.Add(PiecewiseLinear.LeakyRelu(new Shape(2), 0.1), h);
        return builder.Build(builder.Add(new Dense(new double[] { 1, -2, -1, 0.5 }, new double[] { 0, 0.25 }, new Shape(2)), h));
    }

    public static double[] Normals(RandomSource random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
}
