using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>Sweeps over whole networks: derivatives, rows of affine maps, and the same bytes however rows are grouped.</summary>
public sealed class ReverseSweepTests
{
    private static readonly Dictionary<string, Func<Network>> Networks = new()
    {
        ["golden"] = () => SmallNetworks.Golden(1, 2, 8, 8, 3),
        ["leaky, odd widths"] = () => SmallNetworks.Random(2, shape => PiecewiseLinear.LeakyRelu(shape, 0.2), 5, 13, 7, 4),
        ["gelu"] = () => SmallNetworks.Random(3, SmoothFunction.Gelu, 6, 9, 9, 3),
        ["residual"] = () => GraphNetworks.Residual(4),
        ["worked case"] = GraphNetworks.Worked,
        ["used twice"] = UsedTwice,
        ["digits"] = () => Model.Load("example:digits"),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    public static TheoryData<string> Operations => [.. OperationCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_those_of_the_network(string name)
    {
        Network network = Networks[name]();
        double[] inputs = Points(network, 70);
        double[] expected = network.Evaluate(inputs, 70), found = new ReverseSweep(network).Values(inputs, 70);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * (1 + Math.Abs(pair.First))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_finite_differences(string name)
    {
        Network network = Networks[name]();
        int size = network.InputShape.Size, outputs = network.OutputShape.Size;
        double[] inputs = Points(network, 4), weights = LayerCases.Normals(new RandomSource(8), 4 * outputs);
        double[] gradients = new ReverseSweep(network).Gradients(inputs, weights, 4);
        for (int i = 0; i < inputs.Length; i++)
        {
            double at = inputs[i], above = At(at + 1e-6), below = At(at - 1e-6);
            inputs[i] = at;
            Assert.Equal((above - below) / 2e-6, gradients[i], 1e-7 * (1 + Math.Abs(gradients[i])));

            double At(double value)
            {
                inputs[i] = value;
                return network.Evaluate(inputs, 4).Zip(weights).Skip(i / size * outputs).Take(outputs).Sum(pair => pair.First * pair.Second);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_of_every_operation_are_finite_differences(string name)
    {
        Network network = Model.Read(OperationCases.All[name](), name);
        double[] inputs = Points(network, 1), weights = LayerCases.Normals(new RandomSource(8), network.OutputShape.Size);
        double[] gradients = new ReverseSweep(network).Gradients(inputs, weights, 1);
        for (int i = 0; i < inputs.Length; i++)
        {
            double at = inputs[i];
            inputs[i] = at + 1e-6;
            double above = network.Evaluate(inputs).Zip(weights).Sum(pair => pair.First * pair.Second);
            inputs[i] = at - 1e-6;
            double below = network.Evaluate(inputs).Zip(weights).Sum(pair => pair.First * pair.Second);
            inputs[i] = at;
            if (double.IsFinite(above) && double.IsFinite(below))
                Assert.Equal((above - below) / 2e-6, gradients[i], 1e-6 * (1 + Math.Abs(gradients[i])));
        }
    }

    [Theory]
    [InlineData("golden")]
    [InlineData("leaky, odd widths")]
    [InlineData("worked case")]
    [InlineData("digits")]
    public void Gradients_are_the_rows_of_the_affine_map(string name)
    {
        Network network = Networks[name]();
        var sweep = new ReverseSweep(network);
        double[] inputs = Points(network, 3);
        for (int v = 0; v < 3; v++)
        {
            double[] input = inputs[(v * sweep.InputSize)..((v + 1) * sweep.InputSize)];
            AffineMap map = LocalGeometry.Of(network, input).Map;
            for (int o = 0; o < sweep.OutputSize; o++)
            {
                var one = new double[sweep.OutputSize];
                one[o] = 1;
                double[] gradient = sweep.Gradients(input, one, 1);
                for (int i = 0; i < gradient.Length; i++)
                    Assert.Equal(map.Slopes[o * gradient.Length + i], gradient[i], 1e-12 * (1 + map.SlopeNorm));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_are_the_same_bytes_for_any_threads_and_any_batch(string name)
    {
        Network network = Networks[name]();
        var sweep = new ReverseSweep(network);
        int count = 150;
        double[] inputs = Points(network, count), weights = LayerCases.Normals(new RandomSource(9), count * sweep.OutputSize);
        double[] one = sweep.Gradients(inputs, weights, count, new RunContext { Threads = 1 });
        Assert.Equal(one, sweep.Gradients(inputs, weights, count, new RunContext { Threads = 2 }));
        Assert.Equal(one, sweep.Gradients(inputs, weights, count, new RunContext { Threads = 5 }));
        SweepWorker worker = sweep.Worker();
        foreach (int batch in new[] { 1, 7, 33 })
        {
            for (int first = 0; first < count; first += batch)
            {
                int length = Math.Min(batch, count - first);
                worker.Forward(inputs.AsSpan(first * sweep.InputSize, length * sweep.InputSize), length);
                ReadOnlySpan<double> pulled = worker.Pull(weights.AsSpan(first * sweep.OutputSize, length * sweep.OutputSize));
                Assert.True(pulled.SequenceEqual(one.AsSpan(first * sweep.InputSize, length * sweep.InputSize)));
            }
        }
    }

    [Fact]
    public void A_sweep_may_end_at_any_node_and_leaves_the_rest_alone()
    {
        Network network = GraphNetworks.Residual(5);
        int logits = network.Nodes[network.Outputs[0]].Inputs[0];
        var sweep = new ReverseSweep(network, logits);
        double[] inputs = Points(network, 2);
        Assert.All(network.Values(inputs, 2)[logits].Zip(sweep.Values(inputs, 2)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(network.InputShape.Size, new ReverseSweep(network, 0).OutputSize);
        Assert.Throws<ArgumentException>(() => new ReverseSweep(network, network.Nodes.Length));
        Assert.Throws<ArgumentException>(() => sweep.Gradients(inputs, new double[5], 2));
        Assert.Throws<ArgumentException>(() => sweep.Worker().Pull(new double[3]));
    }

    private static Network UsedTwice()
    {
        var random = new RandomSource(6);
        var builder = new NetworkBuilder("used twice");
        var shape = new Shape(2, 3);
        int x = builder.Input("x", shape);
        int h = builder.Add(new Dense(LayerCases.Normals(random, 12), LayerCases.Normals(random, 4), shape), x);
        int gate = builder.Add(SmoothFunction.Silu(builder.ShapeOf(h)), h);
        int product = builder.Add(new Product(builder.ShapeOf(h), builder.ShapeOf(h), matrix: false), gate, h);
        int square = builder.Add(new Product(builder.ShapeOf(h), builder.ShapeOf(h), matrix: false), product, product);
        int joined = builder.Add(new Concatenation([builder.ShapeOf(h), builder.ShapeOf(h), shape], 1), square, h, x);
        builder.Add(PiecewiseLinear.Relu(shape), x);
        return builder.Build(builder.Add(new LayerNormalization(builder.ShapeOf(joined), LayerCases.Normals(random, 11), null, 1e-2), joined));
    }

    private static double[] Points(Network network, int count) => LayerCases.Normals(new RandomSource(7), count * network.InputShape.Size);
}
