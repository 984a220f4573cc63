using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures;

/// <summary>Networks and inputs for laws of tangent kernels.</summary>
internal static class KernelCases
{
    public static readonly double[] Points = [0.3, -0.2, -1.1, 0.8, 1.5, 1.2];

    public static IReadOnlyDictionary<string, Func<Network>> Networks { get; } = new Dictionary<string, Func<Network>>
    {
        ["golden 2-8-8-3"] = () => SmallNetworks.Golden(0, 2, 8, 8, 3),
        ["one hidden layer, one output"] = () => SmallNetworks.Random(7, PiecewiseLinear.Relu, 3, 40, 1),
        ["deep, leaky"] = () => SmallNetworks.Random(3, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 4, 9, 7, 9, 5, 2),
        ["absolute value"] = () => SmallNetworks.Random(4, PiecewiseLinear.AbsoluteValue, 5, 11, 3),
        ["erf"] = () => SmallNetworks.Random(5, SmoothFunction.Erf, 3, 12, 2),
        ["linear"] = () => SmallNetworks.Random(6, PiecewiseLinear.Relu, 4, 3),
        ["residual with convolutions, normalization and pooling"] = () => GraphNetworks.Residual(1),
        ["groups, strides, layer normalization"] = () => Strided(2),
        ["dense on rows"] = () => Rows(3),
    };

    public static double[] Inputs(Network network, int count, ulong seed = 1)
    {
        var random = new RandomSource(seed);
        return LayerCases.Normals(random, count * network.InputShape.Size);
    }

    public static double Distance(ReadOnlySpan<double> expected, ReadOnlySpan<double> found)
    {
        double largest = 0, difference = 0;
        for (int i = 0; i < expected.Length; i++)
            (largest, difference) = (Math.Max(largest, Math.Abs(expected[i])), Math.Max(difference, Math.Abs(expected[i] - found[i])));
        return difference / largest;
    }

    private static Network Strided(ulong seed)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder("strided");
        var image = new Shape(4, 9, 7);
        int at = builder.Input("x", image);
        at = builder.Add(new Convolution(image, LayerCases.Normals(random, 6 * 2 * 6), LayerCases.Normals(random, 6), new Windows(2, 3) { StrideY = 2, StrideX = 2, DilationY = 2, Top = 1, Right = 2 }, 2), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new Convolution(builder.ShapeOf(at), LayerCases.Normals(random, 3 * 6), null, new Windows(1, 1)), at);
        int size = builder.ShapeOf(at).Size;
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(size)), at);
        at = builder.Add(new LayerNormalization(new Shape(size), LayerCases.Normals(random, size), LayerCases.Normals(random, size), 1e-3), at);
        return builder.Build(builder.Add(new Dense(LayerCases.Normals(random, 2 * size), null, new Shape(size)), at));
    }

    private static Network Rows(ulong seed)
    {
        var random = new RandomSource(seed);
        var builder = new NetworkBuilder("rows");
        int at = builder.Input("x", new Shape(3, 4));
        at = builder.Add(new Dense(LayerCases.Normals(random, 20), LayerCases.Normals(random, 5), new Shape(3, 4)), at);
        at = builder.Add(PiecewiseLinear.Relu(new Shape(3, 5)), at);
        at = builder.Add(new Reshape(new Shape(3, 5), new Shape(15)), at);
        return builder.Build(builder.Add(new Dense(LayerCases.Normals(random, 30), LayerCases.Normals(random, 2), new Shape(15)), at));
    }
}
