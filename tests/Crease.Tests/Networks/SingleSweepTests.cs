using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Sweeps of whole networks in single precision against those in double precision.</summary>
public sealed class SingleSweepTests
{
    // As a share of the largest output or derivative; a rounding is 6e-8, and each layer has one per term.
    private const double Bound = 2e-5;

    private static readonly Dictionary<string, Func<Network>> Networks = new()
    {
        ["golden"] = () => SmallNetworks.Golden(1, 2, 8, 8, 3),
        ["leaky, odd widths"] = () => SmallNetworks.Random(2, shape => PiecewiseLinear.LeakyRelu(shape, 0.2), 5, 13, 7, 4),
        ["clip"] = () => SmallNetworks.Random(2, shape => PiecewiseLinear.Clip(shape, -1, 1), 5, 13, 7, 4),
        ["gelu"] = () => SmallNetworks.Random(3, SmoothFunction.Gelu, 6, 9, 9, 3),
        ["residual"] = () => GraphNetworks.Residual(4),
        ["worked case"] = GraphNetworks.Worked,
        ["digits"] = () => Model.Load("example:digits"),
        ["reshaped twice"] = ReshapedTwice,
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    public static TheoryData<string> Operations => [.. OperationCases.All.Keys];

    public static TheoryData<string> Real => [RealNetworks.Digits, RealNetworks.Pooled, RealNetworks.Acas, RealNetworks.Convolutional, RealNetworks.Residual];

    [Theory]
    [MemberData(nameof(Names))]
    public void Networks_agree_with_double_precision(string name) => Agree(Networks[name](), Points(Networks[name](), 20), 20);

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operations_agree_with_double_precision(string name)
    {
        Network network = Model.Read(OperationCases.All[name](), name);
        Agree(network, Points(network, 1), 1);
    }

    [Theory]
    [MemberData(nameof(Real))]
    public void Trained_networks_agree_with_double_precision(string name)
    {
        double[] points = [.. RealNetworks.Rows(name, 4).SelectMany(row => row)];
        Agree(RealNetworks.Network(name), points, 4);
    }

    [Theory]
    [InlineData("clntrained")]
    [InlineData("advtrained")]
    public void LeNet_agrees_with_double_precision(string training) => Agree(LeNet.Load(training), [.. RealNetworks.Rows(RealNetworks.Digits, 4).SelectMany(row => row)], 4);

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_are_the_same_bytes_in_any_batch(string name)
    {
        var sweep = new SingleSweep(new ReverseSweep(Networks[name]()));
        int count = Math.Min(40, sweep.Exact.Rows), inputs = sweep.Exact.InputSize, outputs = sweep.Exact.OutputSize;
        double[] points = Points(sweep.Exact.Network, count), weights = LayerCases.Normals(new RandomSource(9), count * outputs);
        SingleWorker worker = sweep.Worker();
        double[] values = worker.Forward(points, count).ToArray(), gradients = worker.Pull(weights).ToArray();
        foreach (int batch in new[] { 1, 3, 17 })
        {
            for (int first = 0; first < count; first += batch)
            {
                int length = Math.Min(batch, count - first);
                Assert.True(worker.Forward(points.AsSpan(first * inputs, length * inputs), length).SequenceEqual(values.AsSpan(first * outputs, length * outputs)));
                Assert.True(worker.Pull(weights.AsSpan(first * outputs, length * outputs)).SequenceEqual(gradients.AsSpan(first * inputs, length * inputs)));
            }
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-60)]
    [InlineData(1e60)]
    public void Weights_of_any_scale_give_gradients_of_that_scale(double scale)
    {
        var sweep = new SingleSweep(new ReverseSweep(Networks["golden"]()));
        double[] points = Points(sweep.Exact.Network, 3), weights = LayerCases.Normals(new RandomSource(9), 9);
        SingleWorker worker = sweep.Worker();
        worker.Forward(points, 3);
        double[] expected = sweep.Exact.Gradients(points, weights, 3), found = worker.Pull([.. weights.Select(weight => scale * weight)]).ToArray();
        Assert.Contains(expected, slope => slope != 0);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second / scale, Bound * (1 + Math.Abs(pair.First))));
        Assert.All(worker.Pull(new double[9]).ToArray(), slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        SingleWorker worker = new SingleSweep(new ReverseSweep(Networks["golden"]())).Worker();
        Assert.Throws<ArgumentException>(() => worker.Pull(new double[3]));
        Assert.Throws<ArgumentException>(() => worker.Forward(new double[3], 1));
        Assert.Throws<ArgumentException>(() => worker.Forward(new double[2000], 1000));
    }

    private static void Agree(Network network, double[] points, int count)
    {
        var exact = new ReverseSweep(network);
        double[] weights = LayerCases.Normals(new RandomSource(8), count * exact.OutputSize);
        // Numbers that are floats already: both precisions then look at the same points.
        points = Array.ConvertAll(points, point => (double)(float)point);
        SingleWorker worker = new SingleSweep(exact).Worker();
        var (values, gradients) = (new List<double>(), new List<double>());
        for (int row = 0; row < count; row++)
        {
            values.AddRange(worker.Forward(points.AsSpan(row * exact.InputSize, exact.InputSize), 1));
            gradients.AddRange(worker.Pull(weights.AsSpan(row * exact.OutputSize, exact.OutputSize)));
        }
        Close(exact.Values(points, count), values);
        Close(exact.Gradients(points, weights, count), gradients);
    }

    private static void Close(double[] expected, List<double> found)
    {
        double largest = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        Assert.Equal(expected.Length, found.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsFinite(expected[i]))
                Assert.Equal(expected[i], found[i], Bound * (1 + largest));
        }
    }

    // What flows back to two shapes of one tensor, and to the tensor itself, adds up.
    private static Network ReshapedTwice()
    {
        var random = new RandomSource(6);
        var builder = new NetworkBuilder("reshaped twice");
        int x = builder.Input("x", new Shape(2, 6));
        int flat = builder.Add(new Reshape(new Shape(2, 6), new Shape(12)), x), again = builder.Add(new Reshape(new Shape(12), new Shape(12)), flat), tall = builder.Add(new Reshape(new Shape(2, 6), new Shape(4, 3)), x);
        int wide = builder.Add(new Dense(LayerCases.Normals(random, 60), null, new Shape(12)), again), narrow = builder.Add(new Dense(LayerCases.Normals(random, 15), null, new Shape(4, 3)), tall);
        int joined = builder.Add(new Concatenation([new Shape(5), new Shape(20), new Shape(12)], 0), wide, builder.Add(new Reshape(new Shape(4, 5), new Shape(20)), narrow), flat);
        return builder.Build(builder.Add(new Dense(LayerCases.Normals(random, 3 * 37), null, new Shape(37)), joined));
    }

    private static double[] Points(Network network, int count) => LayerCases.Normals(new RandomSource(7), count * network.InputShape.Size);
}
