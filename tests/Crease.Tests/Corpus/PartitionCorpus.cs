using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Small networks of every kind of layer with a slice each, by name.</summary>
public static class PartitionCorpus
{
    private static readonly Dictionary<string, Func<(Network, Slice)>> Cases = new()
    {
        ["relu"] = () => (SmallNetworks.Golden(0, 2, 8, 8, 3), Slice.Box(-2, 2, -2, 2)),
        ["relu, one output, deep"] = () => (SmallNetworks.Golden(2, 2, 5, 5, 5, 5, 1), Slice.Box(-2, 2, -2, 2)),
        ["leaky relu"] = () => (SmallNetworks.Random(1, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 2, 7, 7, 3), Slice.Box(-2, 2, -2, 2)),
        ["parametric relu"] = () => (SmallNetworks.Random(2, shape => PiecewiseLinear.ParametricRelu(shape, [.. Enumerable.Range(0, shape.Size).Select(i => 0.3 * i - 0.5)]), 2, 6, 6, 2), Slice.Box(-2, 2, -2, 2)),
        ["absolute value"] = () => (SmallNetworks.Random(3, PiecewiseLinear.AbsoluteValue, 2, 5, 5, 2), Slice.Box(-2, 2, -2, 2)),
        ["clip"] = () => (SmallNetworks.Random(4, shape => PiecewiseLinear.Clip(shape, -0.5, 0.75), 2, 7, 6, 2), Slice.Box(-2, 2, -2, 2)),
        ["hard tanh, odd width"] = () => (SmallNetworks.Random(5, shape => PiecewiseLinear.Clip(shape, -1, 1), 2, 9, 3, 1), Slice.Box(-3, 3, -3, 3)),
        ["three knots"] = () => (SmallNetworks.Random(6, shape => PiecewiseLinear.Of("staircase", shape, [-1, 0, 0.5], [0.2, 1, -0.5, 2], -0.3), 2, 5, 4, 2), Slice.Box(-2, 2, -2, 2)),
        ["triangle domain"] = () => (SmallNetworks.Golden(3, 2, 6, 6, 1), Slice.Plane([-2, -1.5, 2.2, -0.5, -0.3, 2.1])),
        ["many-sided domain"] = () => (SmallNetworks.Golden(4, 2, 8, 8, 3), Slice.Plane(Domains.RandomConvex(new RandomSource(9), 2))),
        ["high-dimensional slice"] = () => (SmallNetworks.Random(7, PiecewiseLinear.Relu, 30, 12, 12, 4), Slice.Around(new double[30], new RandomSource(3), 3)),
        ["convolution, batch normalization, average pooling"] = () => Image(Convolutional),
        ["convolution, max pooling"] = () => Image(Pooled),
        ["residual"] = () => (Residual(), Slice.Box(-2, 2, -2, 2)),
        ["branches"] = () => (Branches(), Slice.Box(-2, 2, -2, 2)),
        ["no folds"] = () => (SmallNetworks.Random(8, PiecewiseLinear.Relu, 2, 3), Slice.Box(-1, 1, -1, 1)),
    };

    public static IEnumerable<string> Names => Cases.Keys;

    public static Network Network(string name) => Cases[name]().Item1;

    public static Partition Cut(string name, RunContext? run = null)
    {
        (Network network, Slice slice) = Cases[name]();
        return new PlanarPartitioner(network).Cut(slice, run, new CutOptions { Boundary = true });
    }

    private static (Network, Slice) Image(Func<RandomSource, Network> make)
    {
        var random = new RandomSource(11);
        Network network = make(random);
        double[][] anchors = [.. Enumerable.Range(0, 3).Select(_ => Normals(random, network.InputShape.Size, 1))];
        return (network, Slice.Through(anchors[0], anchors[1], anchors[2], 0.3));
    }

    private static Network Convolutional(RandomSource random)
    {
        var builder = new NetworkBuilder("convolutional");
        int at = builder.Input("x", new Shape(2, 7, 6));
        at = builder.Add(new Convolution(new Shape(2, 7, 6), Normals(random, 4 * 1 * 9, 0.5), Normals(random, 4, 0.2), new Windows(3, 3) { StrideY = 2, Top = 1, Left = 1, Right = 1 }, groups: 2), at);
        at = builder.Add(new BatchNormalization(builder.ShapeOf(at), Normals(random, 4, 1), Normals(random, 4, 0.3), Normals(random, 4, 0.3), new double[] { 0.5, 1, 2, 0.7 }, 1e-5), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new AveragePooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2 }), at);
        at = builder.Add(new Convolution(builder.ShapeOf(at), Normals(random, 3 * 4 * 4, 0.4), Normals(random, 3, 0.2), new Windows(2, 2)), at);
        at = builder.Add(PiecewiseLinear.LeakyRelu(builder.ShapeOf(at), 0.05), at);
        return Head(builder, at, random);
    }

    private static Network Pooled(RandomSource random)
    {
        var builder = new NetworkBuilder("pooled");
        int at = builder.Input("x", new Shape(1, 6, 6));
        at = builder.Add(new Convolution(new Shape(1, 6, 6), Normals(random, 2 * 9, 0.5), Normals(random, 2, 0.2), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideX = 2, StrideY = 2 }), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2)), at);
        return Head(builder, at, random);
    }

    private static Network Head(NetworkBuilder builder, int at, RandomSource random)
    {
        int size = builder.ShapeOf(at).Size;
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(size)), at);
        at = builder.Add(new Dense(Normals(random, 5 * size, 0.4), Normals(random, 5, 0.2), new Shape(size)), at);
        at = builder.Add(PiecewiseLinear.Relu(new Shape(5)), at);
        at = builder.Add(new Dense(Normals(random, 15, 0.5), Normals(random, 3, 0.2), new Shape(5)), at);
        return builder.Build(at);
    }

    private static Network Residual()
    {
        var random = new RandomSource(21);
        var builder = new NetworkBuilder("residual");
        int at = builder.Add(new Dense(Normals(random, 12, 1), Normals(random, 6, 0.5), new Shape(2)), builder.Input("x", new Shape(2)));
        for (int block = 0; block < 3; block++)
        {
            int skip = at;
            at = builder.Add(PiecewiseLinear.Relu(new Shape(6)), at);
            at = builder.Add(new Dense(Normals(random, 36, 0.6), Normals(random, 6, 0.3), new Shape(6)), at);
            at = builder.Add(new Sum(new Shape(6), 1, 1), at, skip);
        }
        at = builder.Add(PiecewiseLinear.Relu(new Shape(6)), at);
        return builder.Build(builder.Add(new Dense(Normals(random, 18, 0.5), Normals(random, 3, 0.2), new Shape(6)), at));
    }

    private static Network Branches()
    {
        var random = new RandomSource(22);
        var builder = new NetworkBuilder("branches");
        int input = builder.Input("x", new Shape(2));
        int left = builder.Add(PiecewiseLinear.Relu(new Shape(5)), builder.Add(new Dense(Normals(random, 10, 1), Normals(random, 5, 0.5), new Shape(2)), input));
        int right = builder.Add(PiecewiseLinear.Clip(new Shape(4), -1, 1), builder.Add(new Dense(Normals(random, 8, 1), Normals(random, 4, 0.5), new Shape(2)), input));
        int joined = builder.Add(new Concatenation([new Shape(5), new Shape(4)], 0), left, right);
        int hidden = builder.Add(PiecewiseLinear.AbsoluteValue(new Shape(4)), builder.Add(new Dense(Normals(random, 36, 0.5), Normals(random, 4, 0.3), new Shape(9)), joined));
        int difference = builder.Add(new Sum(new Shape(4), 1, -1), hidden, right);
        int scaled = builder.Add(new Scaling(new Shape(4), [1, -2, 0.5, 1], [0.1]), difference);
        return builder.Build(builder.Add(new Dense(Normals(random, 12, 0.5), null, new Shape(4)), scaled));
    }

    private static double[] Normals(RandomSource random, int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.Normal())];
}
