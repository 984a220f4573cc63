using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Tests.Corpus;

/// <summary>Small networks of every supported kind of layer with a box in space each, by name.</summary>
public static class VolumeCorpus
{
    private static readonly Dictionary<string, Func<(Network, Slice)>> Cases = new()
    {
        ["relu"] = () => (SmallNetworks.Golden(0, 3, 8, 8, 3), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["relu, one output, deep"] = () => (SmallNetworks.Golden(2, 3, 5, 5, 5, 5, 1), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["wide"] = () => (SmallNetworks.Golden(5, 3, 16, 12, 2), Slice.Box(-1, 2, -2, 1, -1.5, 1.25)),
        ["leaky relu"] = () => (SmallNetworks.Random(1, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), 3, 7, 6, 2), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["absolute value"] = () => (SmallNetworks.Random(3, PiecewiseLinear.AbsoluteValue, 3, 5, 5, 2), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["clip"] = () => (SmallNetworks.Random(4, shape => PiecewiseLinear.Clip(shape, -0.5, 0.75), 3, 6, 5, 1), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["three knots"] = () => (SmallNetworks.Random(6, shape => PiecewiseLinear.Of("staircase", shape, [-1, 0, 0.5], [0.2, 1, -0.5, 2], -0.3), 3, 5, 3, 2), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["three directions of thirty"] = () => (SmallNetworks.Random(7, PiecewiseLinear.Relu, 30, 10, 10, 4), Directions(30, 5, 3)),
        ["convolution, batch normalization, average pooling"] = () => (Convolutional(), Directions(2 * 7 * 6, 6, 2)),
        ["residual"] = () => (Residual(), Slice.Box(-2, 2, -2, 2, -2, 2)),
        ["concurrent creases"] = () => (SmallNetworks.Dense("concurrent", [3, 5, 4, 1], NoBias(31), PiecewiseLinear.Relu), Slice.Box(-1, 1, -1, 1, -1, 1)),
        ["repeated and opposite units"] = () => (Repeated(), Slice.Box(-1, 1, -1, 1, -1, 1)),
        ["creases along and through the border"] = () => (Bordering(), Slice.Box(-1, 1, -1, 1, -1, 1)),
        ["no folds"] = () => (SmallNetworks.Random(8, PiecewiseLinear.Relu, 3, 2), Slice.Box(-1, 1, -1, 1, -1, 1)),
    };

    public static IEnumerable<string> Names => Cases.Keys;

    public static (Network Network, Slice Slice) Case(string name) => Cases[name]();

    /// <summary>A box along three random orthonormal directions.</summary>
    public static Slice Directions(int inputs, ulong seed, double radius)
    {
        var random = new RandomSource(seed);
        var directions = new double[3 * inputs];
        for (int d = 0; d < 3; d++)
        {
            Span<double> u = directions.AsSpan(d * inputs, inputs);
            for (int i = 0; i < inputs; i++)
                u[i] = random.Normal();
            for (int e = 0; e < d; e++)
                Add(u, directions.AsSpan(e * inputs, inputs), -Dot(u, directions.AsSpan(e * inputs, inputs)));
            double length = Math.Sqrt(Dot(u, u));
            for (int i = 0; i < inputs; i++)
                u[i] /= length;
        }
        return Slice.Of(GraphNetworks.Normals(random, inputs, 0.1), directions, Domains.Box(-radius, radius, -radius, radius, -radius, radius));
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(Span<double> to, ReadOnlySpan<double> from, double factor)
    {
        for (int i = 0; i < to.Length; i++)
            to[i] += factor * from[i];
    }

    private static Func<int, int, (double[], double[])> NoBias(ulong seed)
    {
        var random = new RandomSource(seed);
        return (inputs, outputs) => (GraphNetworks.Normals(random, inputs * outputs, 1), new double[outputs]);
    }

    // Unit 1 repeats unit 0, unit 2 is its opposite, unit 3 is dead, and the second layer sees only their sum.
    private static Network Repeated() => SmallNetworks.Dense("repeated", [3, 5, 3, 1], (inputs, _) => inputs switch
    {
        3 => ([1, 2, -1, 2, 4, -2, -1, -2, 1, 0, 0, 0, 0.5, -1, 0.25], [0.125, 0.25, -0.125, -1, 0.0625]),
        5 => ([1, 1, 1, 5, -1, 0, 0, 1, 1, -1, 1, -0.5, 0, 0, 1], [-0.5, 0.25, 0]),
        _ => ([1, -1, 0.5], [-0.25]),
    }, PiecewiseLinear.Relu);

    // Planes x = 1 (a side), x + y = 2 (an edge), x + y + z = 3 (a corner), x = y (through two edges), x + y = 0 (through two edges).
    private static Network Bordering() => SmallNetworks.Dense("bordering", [3, 5, 2, 1], (inputs, _) => inputs switch
    {
        3 => ([1, 0, 0, 1, 1, 0, 1, 1, 1, 1, -1, 0, 1, 1, 0], [-1, -2, -3, 0, 0]),
        5 => ([1, 1, 1, 1, 1, 0, 0, 0, 1, -1], [-1, 0]),
        _ => ([1, -1], [-0.25]),
    }, PiecewiseLinear.Relu);

    private static Network Convolutional()
    {
        var random = new RandomSource(11);
        var builder = new NetworkBuilder("convolutional");
        int at = builder.Input("x", new Shape(2, 7, 6));
        at = builder.Add(new Convolution(new Shape(2, 7, 6), GraphNetworks.Normals(random, 4 * 1 * 9, 0.5), GraphNetworks.Normals(random, 4, 0.2), new Windows(3, 3) { StrideY = 2, StrideX = 2, Top = 1, Left = 1, Right = 1 }, groups: 2), at);
        at = builder.Add(new BatchNormalization(builder.ShapeOf(at), GraphNetworks.Normals(random, 4, 1), GraphNetworks.Normals(random, 4, 0.3), GraphNetworks.Normals(random, 4, 0.3), new double[] { 0.5, 1, 2, 0.7 }, 1e-5), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new AveragePooling(builder.ShapeOf(at), new Windows(2, 2)), at);
        int size = builder.ShapeOf(at).Size;
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(size)), at);
        at = builder.Add(new Dense(GraphNetworks.Normals(random, 4 * size, 0.5), GraphNetworks.Normals(random, 4, 0.2), new Shape(size)), at);
        at = builder.Add(PiecewiseLinear.LeakyRelu(new Shape(4), 0.05), at);
        return builder.Build(builder.Add(new Dense(GraphNetworks.Normals(random, 8, 0.5), GraphNetworks.Normals(random, 2, 0.2), new Shape(4)), at));
    }

    private static Network Residual()
    {
        var random = new RandomSource(21);
        var builder = new NetworkBuilder("residual");
        int at = builder.Add(new Dense(GraphNetworks.Normals(random, 15, 1), GraphNetworks.Normals(random, 5, 0.5), new Shape(3)), builder.Input("x", new Shape(3)));
        for (int block = 0; block < 2; block++)
        {
            int skip = at;
            at = builder.Add(PiecewiseLinear.Relu(new Shape(5)), at);
            at = builder.Add(new Dense(GraphNetworks.Normals(random, 25, 0.6), GraphNetworks.Normals(random, 5, 0.3), new Shape(5)), at);
            at = builder.Add(new Sum(new Shape(5), 1, 1), at, skip);
        }
        at = builder.Add(PiecewiseLinear.Relu(new Shape(5)), at);
        return builder.Build(builder.Add(new Dense(GraphNetworks.Normals(random, 10, 0.5), GraphNetworks.Normals(random, 2, 0.2), new Shape(5)), at));
    }
}
