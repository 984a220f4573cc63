using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>Spline features of networks whose tokens are rows of data.</summary>
public sealed class GateFeatureTests
{
    private static readonly double[] Gate = [1, 0, 0, 2, 3, 4, -1, 1], Tokens = [1, 2, -2, 1, 0.5, -1];

    private static readonly double[] Seven = [0.5833333333, 0.25, 1, 0.3818813079, 0.4, 0.5357022604, 0.1566353482];

    [Theory]
    [InlineData("relu")]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("gated")]
    public void The_table_by_hand_is_met(string kind)
    {
        TokenPlaces places = GateFeatures.Of(Net(Gate, kind), Tokens);
        Assert.Equal((1, 3), (places.Layers, places.Tokens));
        Close(Seven, places.Features(0).ToArray());
        Close([0.7071067812, 0.4, 0.5], [.. Enumerable.Range(0, 3).Select(token => places.Distance(0, token))]);
    }

    [Fact]
    public void Scales_behind_the_weights_change_nothing_and_units_without_weights_have_no_hyperplane()
    {
        var builder = new NetworkBuilder("scaled");
        int x = builder.Input("x", new Shape(2));
        int h = builder.Add(new Dense(new Weights([.. Gate, 0, 0]), new Weights([0, 0, 0, 0, 1e-9]), new Shape(2)), x);
        int s = builder.Add(new Scaling(new Shape(5), [0.5, 3, 10, 0.01, 2], null), h);
        int a = builder.Add(PiecewiseLinear.Relu(new Shape(5)), s);
        TokenPlaces places = GateFeatures.Of(builder.Build(builder.Add(new Dense(new Weights(new double[5]), null, new Shape(5)), a)), Tokens);
        Close([0.7071067812, 0.4, 0.5], [.. Enumerable.Range(0, 3).Select(token => places.Distance(0, token))]);
        Close([1, 0.6, 0.4], [.. Enumerable.Range(0, 3).Select(token => (double?)places.Sign(0, token))]);
    }

    [Fact]
    public void Distances_of_the_first_layer_are_those_of_the_local_geometry()
    {
        Network network = Perceptron(6, 24, 3);
        double[] rows = Random(40 * 6, 7);
        TokenPlaces places = GateFeatures.Of(network, rows);
        Assert.Equal((2, 40), (places.Layers, places.Tokens));
        for (int row = 0; row < 40; row++)
            Assert.Equal(LocalGeometry.Of(network, rows[(6 * row)..(6 * row + 6)]).CreaseDistances[0], places.Distance(0, row)!.Value, 1e-12);
    }

    [Fact]
    public void Rows_of_a_convolution_at_the_border_have_the_norm_of_what_they_see()
    {
        var shape = new Shape(1, 3, 3);
        var builder = new NetworkBuilder("image");
        int x = builder.Input("x", shape);
        int h = builder.Add(new Convolution(shape, new Weights(Random(2 * 9, 3)), new Weights([0.1, -0.2]), new Windows(3, 3) { Top = 1, Left = 1, Bottom = 1, Right = 1 }), x);
        int a = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(h)), h);
        int flat = builder.Add(new Reshape(builder.ShapeOf(a), new Shape(18)), a);
        Network network = builder.Build(builder.Add(new Dense(new Weights(Random(18, 5)), null, new Shape(18)), flat));
        double[] rows = Random(20 * 9, 11);
        TokenPlaces places = GateFeatures.Of(network, rows);
        for (int row = 0; row < 20; row++)
            Assert.Equal(LocalGeometry.Of(network, rows[(9 * row)..(9 * row + 9)]).CreaseDistances[0], places.Distance(0, row)!.Value, 1e-12);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        Network network = Perceptron(6, 24, 3);
        double[] rows = Random(1000 * 6, 9);
        var features = new GateFeatures(network);
        FeatureRow[] one = [.. GateRows.OneByOne(features.Of(rows, RunContext.Default with { Threads = 1 }))];
        FeatureRow[] many = [.. GateRows.OneByOne(features.Of(rows, RunContext.Default with { Threads = 7 }))];
        Assert.Equal(one.SelectMany(row => row.Values), many.SelectMany(row => row.Values));
    }

    [Fact]
    public void A_row_is_a_text_of_one_token_and_a_group_one_of_its_rows()
    {
        TokenPlaces places = GateFeatures.Of(Net(Gate, "relu"), Tokens);
        FeatureRow[] single = [.. GateRows.OneByOne(places)];
        Assert.Equal([0, 1, 2], single.Select(row => row.Row));
        Assert.All(single, row => Assert.True(row.Tokens == 1 && double.IsNaN(row.Values[3]) && double.IsNaN(row.Values[6]) && row.Values[0] == row.Values[2]));
        FeatureRow[] groups = [.. GateRows.Grouped(places, [2, 0, 2], ["a", "b", "c"])];
        Assert.Equal([(0L, 1, "a"), (2L, 2, "c")], groups.Select(row => (row.Row, row.Tokens, row.Fields[0])));
        Assert.Equal(0.625, groups[1].Values[0], 1e-12);
        Close(Seven, [.. GateRows.Grouped(places, [0, 0, 0], ["all"]).Single().Values.Select(value => (double?)value)]);
        Assert.Contains("one per row", Assert.Throws<ArgumentException>(() => GateRows.Grouped(places, [0, 1], ["a", "b"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_without_gates_and_rows_of_another_length_are_refused()
    {
        var builder = new NetworkBuilder("affine");
        int x = builder.Input("x", new Shape(2));
        int h = builder.Add(new Dense(new Weights(Gate), null, new Shape(2)), x);
        Network network = builder.Build(builder.Add(SmoothFunction.Sigmoid(new Shape(4)), h));
        Assert.Contains("no gates", Assert.Throws<ArgumentException>(() => new GateFeatures(network)).Message, StringComparison.Ordinal);
        Assert.Contains("2 inputs", Assert.Throws<ArgumentException>(() => GateFeatures.Of(Net(Gate, "relu"), new double[3])).Message, StringComparison.Ordinal);
    }

    private static Network Net(double[] gate, string kind)
    {
        int units = gate.Length / 2;
        var builder = new NetworkBuilder(kind);
        int x = builder.Input("x", new Shape(2));
        int h = builder.Add("gate", new Dense(new Weights(gate), null, new Shape(2)), x);
        var shape = new Shape(units);
        int a = kind switch
        {
            "relu" => builder.Add(PiecewiseLinear.Relu(shape), h),
            "gelu" => builder.Add(SmoothFunction.Gelu(shape), h),
            "silu" => builder.Add(SmoothFunction.Silu(shape), h),
            // The sigmoid and the product of a SiLU, times another branch.
            _ => builder.Add(new Product(shape, shape, false), builder.Add(new Product(shape, shape, false), h, builder.Add(SmoothFunction.Sigmoid(shape), h)), builder.Add(new Dense(new Weights(Random(gate.Length, 1)), null, new Shape(2)), x)),
        };
        return builder.Build(builder.Add(new Dense(new Weights(Random(2 * units, 2)), null, shape), a));
    }

    private static Network Perceptron(int inputs, int width, int outputs)
    {
        var builder = new NetworkBuilder("perceptron");
        int at = builder.Input("x", new Shape(inputs));
        foreach (int layer in (int[])[0, 1])
        {
            Shape shape = builder.ShapeOf(at);
            at = builder.Add(new Dense(new Weights(Random(width * shape.Size, (ulong)layer + 20)), new Weights(Random(width, (ulong)layer + 30)), shape), at);
            at = builder.Add(PiecewiseLinear.Relu(new Shape(width)), at);
        }
        return builder.Build(builder.Add(new Dense(new Weights(Random(outputs * width, 40)), null, new Shape(width)), at));
    }

    private static double[] Random(int count, ulong seed)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Uniform(-0.5, 0.5))];
    }

    private static void Close(double[] expected, double?[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i]!.Value, 1e-9);
    }
}
