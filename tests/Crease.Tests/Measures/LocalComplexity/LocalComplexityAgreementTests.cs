using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Blocked counting against forward passes one by one, on every kind of network.</summary>
public sealed class LocalComplexityAgreementTests
{
    private static readonly Dictionary<string, Func<Network>> Others = new()
    {
        ["residual with pooling and a final softmax"] = () => GraphNetworks.Residual(3),
        ["gelu"] = () => SmallNetworks.Random(11, SmoothFunction.Gelu, 5, 9, 7, 3),
        ["silu, odd widths"] = () => SmallNetworks.Random(12, SmoothFunction.Silu, 6, 13, 1, 5),
        ["tanh"] = () => SmallNetworks.Random(13, SmoothFunction.Tanh, 4, 8, 8, 1),
        ["wide relu"] = () => SmallNetworks.Random(14, PiecewiseLinear.Relu, 20, 67, 64, 33, 10),
        ["final sigmoid"] = FinalSigmoid,
        ["grouped, dilated, strided convolution"] = Convolutions,
        ["example:digits"] = () => Model.Load("example:digits"),
        ["example:moons"] = () => Model.Load("example:moons"),
    };

    public static TheoryData<string> Names => [.. PartitionCorpus.Names.Concat(Others.Keys)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Blocks_count_what_single_forward_passes_do(string name)
    {
        Network network = Others.TryGetValue(name, out Func<Network>? make) ? make() : PartitionCorpus.Network(name);
        int inputs = network.InputShape.Size;
        double[][] points = NaiveLocalComplexity.Points(37, inputs, 5);
        int some = 0;
        foreach (DirectionSharing sharing in Enum.GetValues<DirectionSharing>())
        {
            var options = new LocalComplexityOptions { Radius = 0.3, Directions = Math.Min(5, inputs), Seed = 4, Sharing = sharing };
            var estimator = new LocalComplexityEstimator(network, options);
            LocalComplexity found = estimator.Measure(points);
            for (int s = 0; s < points.Length; s++)
            {
                int[] expected = NaiveLocalComplexity.Counts(estimator, points[s], s);
                Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(l => found.Count(s, l)));
                some += expected.Sum();
            }
        }
        Assert.True(some > 0, "nothing folds; the case says nothing");
    }

    [Theory]
    [InlineData("vnncomp/vit/onnx/pgd_2_3_16.onnx.gz", 2)]
    [InlineData("vnncomp/vit/onnx/ibp_3_3_8.onnx.gz", 3)]
    [InlineData("vnncomp/cifar10_resnet_2021/onnx/resnet_2b.onnx.gz", 6)]
    [InlineData("vnncomp/verivital_2021/Convnet_maxpool.onnx.gz", -1)]
    public void Shared_networks_count_what_single_forward_passes_do(string file, int activations)
    {
        Network network = Model.Load(SharedData.Path(["networks", .. file.Split('/')]));
        double[][] points = [.. ComplexityBenchmarkPoints(2, network.InputShape.Size)];
        var estimator = new LocalComplexityEstimator(network, new() { Radius = 0.5, Directions = 3 });
        if (activations >= 0)
            Assert.Equal(activations + 1, estimator.Layers.Length);
        Assert.True(estimator.Layers[^1].IsLogits);
        LocalComplexity found = estimator.Measure(points);
        for (int s = 0; s < points.Length; s++)
        {
            int[] expected = NaiveLocalComplexity.Counts(estimator, points[s]);
            Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(l => found.Count(s, l)));
            Assert.True(expected.Sum() > 0);
        }
    }

    [Fact]
    public void Logits_are_the_input_of_a_final_softmax_or_sigmoid_and_come_last()
    {
        var residual = new LocalComplexityEstimator(GraphNetworks.Residual(3), new() { Directions = 2 });
        Assert.Equal(["relu", "leaky relu", "logits"], residual.Layers.Select(layer => layer.Kind));
        Assert.Equal(residual.Layers.Select(layer => layer.Source).Order(), residual.Layers.Select(layer => layer.Source));
        var sigmoid = new LocalComplexityEstimator(FinalSigmoid(), new() { Directions = 2 });
        Assert.Equal(["gelu", "logits"], sigmoid.Layers.Select(layer => layer.Kind));
        Assert.True(sigmoid.IsApproximate);
        Assert.False(residual.IsApproximate);
    }

    [Fact]
    public void A_pre_activation_that_feeds_two_activations_counts_once_with_the_knots_of_both()
    {
        var builder = new NetworkBuilder("two");
        int h = builder.Add(new Dense(new double[] { 1, 0, 0, 1 }, null, new Shape(2)), builder.Input("x", new Shape(2)));
        int relu = builder.Add(PiecewiseLinear.Relu(new Shape(2)), h), clip = builder.Add(PiecewiseLinear.Clip(new Shape(2), 1, 2), h);
        Network network = builder.Build(builder.Add(new Sum(new Shape(2), 1, 1), relu, clip));
        var estimator = new LocalComplexityEstimator(network, new() { Directions = 2, Radius = 0.1, GivenDirections = OrthonormalDirections.Of([1, 0, 0, 1], 2) });
        Assert.Equal([0, 1, 2], estimator.Layers[0].Knots);
        LocalComplexity found = estimator.Measure([[0, 1], [2.05, 0.5], [1.5, -0.05]]);
        Assert.Equal([2, 1, 1], Enumerable.Range(0, 3).Select(s => found.Count(s, 0)));
    }

    [Fact]
    public void Steps_of_a_written_out_normalization_are_no_activations()
    {
        var builder = new NetworkBuilder("power");
        int h = builder.Add(new Dense(new double[] { 1, 2 }, null, new Shape(2)), builder.Input("x", new Shape(2)));
        int square = builder.Add(SmoothFunction.Of("power 2", new Shape(1), z => z * z, z => 2 * z), h);
        var estimator = new LocalComplexityEstimator(builder.Build(builder.Add(new Dense(new double[] { 1 }, null, new Shape(1)), square)), new() { Directions = 2 });
        Assert.Equal(["logits"], estimator.Layers.Select(layer => layer.Kind));
    }

    private static IEnumerable<double[]> ComplexityBenchmarkPoints(int count, int inputs)
    {
        var random = new RandomSource(8);
        for (int i = 0; i < count; i++)
            yield return [.. Enumerable.Range(0, inputs).Select(_ => random.Uniform())];
    }

    private static Network FinalSigmoid()
    {
        var random = new RandomSource(17);
        var builder = new NetworkBuilder("sigmoid");
        int h = builder.Add(new Dense(GraphNetworks.Normals(random, 12, 1), GraphNetworks.Normals(random, 4, 0.5), new Shape(3)), builder.Input("x", new Shape(3)));
        h = builder.Add(SmoothFunction.Gelu(new Shape(4)), h);
        h = builder.Add(new Dense(GraphNetworks.Normals(random, 4, 1), null, new Shape(4)), h);
        return builder.Build(builder.Add(SmoothFunction.Sigmoid(new Shape(1)), h));
    }

    private static Network Convolutions()
    {
        var random = new RandomSource(19);
        var builder = new NetworkBuilder("convolutions");
        int at = builder.Input("x", new Shape(4, 9, 7));
        at = builder.Add(PiecewiseLinear.LeakyRelu(builder.ShapeOf(at), 0.2), at);
        at = builder.Add(new Convolution(builder.ShapeOf(at), GraphNetworks.Normals(random, 6 * 2 * 6, 0.5), GraphNetworks.Normals(random, 6, 0.3), new Windows(3, 2) { DilationY = 2, StrideX = 2, Top = 2, Bottom = 1, Left = 1, Right = 2 }, groups: 2), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new Convolution(builder.ShapeOf(at), GraphNetworks.Normals(random, 5 * 6 * 9, 0.3), null, new Windows(3, 3) { Top = 1, Bottom = 1, Left = 1, Right = 1, StrideY = 2 }), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        int size = builder.ShapeOf(at).Size;
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(size)), at);
        return builder.Build(builder.Add(new Dense(GraphNetworks.Normals(random, 3 * size, 0.3), GraphNetworks.Normals(random, 3, 0.3), new Shape(size)), at));
    }
}
