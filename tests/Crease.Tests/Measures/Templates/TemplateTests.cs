using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Measures;
using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Affine maps of inputs found two ways, on small networks of every kind and on real ones.</summary>
public sealed class TemplateTests
{
    public static TheoryData<string> Corpus => [.. PartitionCorpus.Names];

    public static TheoryData<string> Layers => [.. LayerCases.All.Keys.Where(name => LayerCases.All[name](new RandomSource(0)).Class != LayerClass.Smooth)];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Recursion_pullback_and_network_agree_on_the_corpus(string name)
    {
        Network network = PartitionCorpus.Network(name);
        var random = new RandomSource(1);
        for (int trial = 0; trial < 20; trial++)
            TwoWays(network, GraphNetworks.Normals(random, network.InputShape.Size, 1.5));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Recursion_and_pullback_agree_on_every_layer(string name)
    {
        var random = new RandomSource(2);
        Layer layer = LayerCases.All[name](random);
        var builder = new NetworkBuilder(name);
        Shape shape = layer.InputShapes[0];
        int x = builder.Input("x", shape), folded = builder.Add(PiecewiseLinear.LeakyRelu(shape, 0.3), x);
        // Inputs beyond the first are branches of other slopes, padded or cut to their shape.
        int[] inputs = [folded, .. layer.InputShapes.Skip(1).Select((other, i) => builder.Add(new Rearrangement("cut", shape, other, [.. Enumerable.Range(0, other.Size).Select(e => (e + i) % shape.Size)], 0), folded))];
        Network network = builder.Build(builder.Add(layer, inputs));
        for (int trial = 0; trial < 5; trial++)
            TwoWays(network, GraphNetworks.Normals(random, shape.Size, 1.5));
    }

    [Theory]
    [InlineData("networks/vnncomp/acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx.gz", null)]
    [InlineData("networks/vnncomp/mnist_fc/onnx/mnist-net_256x4.onnx.gz", "mnist/t10k-images-idx3-ubyte.gz")]
    [InlineData("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz", "mnist/t10k-images-idx3-ubyte.gz")]
    [InlineData("networks/vnncomp/cifar10_resnet_2021/onnx/resnet_2b.onnx.gz", "cifar10/cifar10_test675_lossless.bin.gz")]
    public void Recursion_and_pullback_agree_on_real_networks(string model, string? data)
    {
        Network network = Model.Load(SharedData.Path(model));
        double[][] rows = data is null
            ? [.. Enumerable.Range(0, 3).Select(i => GraphNetworks.Normals(new RandomSource((ulong)i), network.InputShape.Size, 0.3))]
            : [.. DataSource.Load(SharedData.Path(data)).Inputs.Take(2)];
        foreach (double[] row in rows)
            TwoWays(network, row);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky relu")]
    [InlineData("convolution, batch normalization, average pooling")]
    [InlineData("convolution, max pooling")]
    [InlineData("residual")]
    public void Maps_of_ten_thousand_random_inputs_meet_the_outputs(string name)
    {
        Network network = PartitionCorpus.Network(name);
        double worst = Worst(network, UniformPoints.Of(10_000, network.InputShape.Size, -2, 2, 5));
        Assert.True(worst <= 1e-10, $"{worst}");
    }

    [Theory]
    [InlineData("networks/vnncomp/mnist_fc/onnx/mnist-net_256x2.onnx.gz", 10_000)]
    [InlineData("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz", 200)]
    public void Maps_of_digits_meet_the_outputs(string model, int count)
    {
        Network network = Model.Load(SharedData.Path(model));
        double[][] digits = [.. DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs.Take(count)];
        double worst = Worst(network, digits);
        Assert.True(worst <= 1e-10, $"{worst}");
    }

    // Single precision is that of another program: weights as in the file, outputs rounded at every layer.
    [Theory]
    [InlineData("networks/vnncomp/mnist_fc/onnx/mnist-net_256x2.onnx.gz")]
    [InlineData("networks/vnncomp/verivital_2021/Convnet_maxpool.onnx.gz")]
    public void Maps_meet_outputs_in_single_precision(string model)
    {
        string path = SharedData.Path(model);
        Network network = Model.Load(path);
        using var file = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        using var oracle = new OnnxOracle(bytes.ToArray());
        var templates = new Templates(network);
        foreach (double[] row in DataSource.Load(SharedData.Path("mnist/t10k-images-idx3-ubyte.gz")).Inputs.Take(50))
        {
            double[] x = Array.ConvertAll(row, value => (double)(float)value);
            float[] expected = oracle.Run(Array.ConvertAll(x, value => (float)value));
            double[] found = templates.Of([x]).Map(0).At(x);
            double norm = Math.Sqrt(expected.Sum(value => (double)value * value));
            Assert.Equal(expected.Length, found.Length);
            for (int o = 0; o < found.Length; o++)
                Assert.Equal(expected[o], found[o], 1e-4 * (1 + norm));
        }
    }

    [Fact]
    public void Points_of_one_region_share_their_slopes_bit_for_bit()
    {
        int pairs = 0;
        foreach (string name in PartitionCorpus.Names)
        {
            Network network = PartitionCorpus.Network(name);
            var random = new RandomSource(9);
            double[] x = GraphNetworks.Normals(random, network.InputShape.Size, 1);
            var at = new Linearization(network, x);
            double reach = CreaseDistances.PerLayer(at).Where(double.IsFinite).DefaultIfEmpty(1).Min();
            if (reach < 1e-9)
                continue;
            double[] direction = GraphNetworks.Normals(random, x.Length, 1), near = [.. x];
            TensorPrimitives.MultiplyAdd(direction, 0.9 * reach / TensorPrimitives.Norm<double>(direction), near, near);
            TemplateSet both = new Templates(network).Of([x, near]);
            Assert.Equal(both.Map(0).Slopes.ToArray(), both.Map(1).Slopes.ToArray());
            // Offsets of a recursion do not see the point; those of a pullback are a difference of what does.
            var beside = new Linearization(network, near);
            Assert.Equal(ForwardRecursion.Map(at).Offsets.ToArray(), ForwardRecursion.Map(beside).Offsets.ToArray());
            pairs++;
        }
        Assert.True(pairs >= 14, $"{pairs} pairs");
    }

    [Fact]
    public void Along_a_segment_the_map_is_exact_up_to_the_first_code_change()
    {
        Network network = PartitionCorpus.Network("high-dimensional slice");
        var graph = new PiecewiseGraph(network);
        int crossings = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new RandomSource(seed);
            double[] a = GraphNetworks.Normals(random, graph.Inputs, 1), b = GraphNetworks.Normals(random, graph.Inputs, 1);
            double[][] points = [.. Enumerable.Range(0, 400).Select(i => a.Zip(b, (p, q) => p + (q - p) * i / 399.0).ToArray())];
            CodeTable codes = CodeTable.Of(graph, points);
            AffineMap map = new Linearization(graph, a).Map();
            int first = Enumerable.Range(0, points.Length).FirstOrDefault(i => !codes.AreEqual(0, i), points.Length);
            for (int i = 0; i < first; i++)
                Near(network.Evaluate(points[i]), map.At(points[i]), 1e-10);
            if (first < points.Length)
            {
                crossings++;
                Assert.True(network.Evaluate(points[^1]).Zip(map.At(points[^1])).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-6);
            }
        }
        Assert.True(crossings > 15, $"{crossings} segments leave their region");
    }

    [Fact]
    public void Scores_are_the_template_match_and_the_offset()
    {
        TemplateSet set = new Templates(GraphNetworks.Worked()).Of([[0.75, -0.5], [-1, 1]]);
        Near([1.47, 0.78], set.Template(0, 0).ToArray(), 1e-12);
        Assert.Equal(1.47 * 0.75 - 0.78 * 0.5, set.Match(0, 0), 1e-12);
        Assert.Equal(1.03, set.Offsets[0], 1e-12);
        Assert.Equal(1.7425, set.Scores[0], 1e-12);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        Network network = GraphNetworks.Residual(3);
        double[][] inputs = UniformPoints.Of(150, network.InputShape.Size, -1, 1, 2);
        var templates = new Templates(network);
        Assert.Equal(templates.Of(inputs, new RunContext { Threads = 1 }).Slopes.ToArray(), templates.Of(inputs, new RunContext { Threads = 7 }).Slopes.ToArray());
        Assert.Equal(TemplateCorrelation.Of(templates, inputs, new RunContext { Threads = 1 }).MeanCosine, TemplateCorrelation.Of(templates, inputs, new RunContext { Threads = 7 }).MeanCosine);
    }

    [Fact]
    public void Correlation_is_one_for_parallel_and_zero_for_orthogonal_templates_and_none_for_dead_ones()
    {
        var builder = new NetworkBuilder("rows");
        int x = builder.Input("x", new Shape(2));
        Network network = builder.Build(builder.Add(new Dense(new double[] { 1, 0, -2, 0, 0, 3, 0, 0 }, null, new Shape(2)), x));
        TemplateCorrelation found = TemplateCorrelation.Of(new Templates(network), [[1, 2], [3, 4]]);
        Assert.Equal((1.0, 0.0, null), (found.Cosine(0, 1), found.Cosine(0, 2), found.Cosine(0, 3)));
        Assert.Equal((6L, 1.0 / 3), (found.Pairs, found.MeanCosine!.Value));
        Assert.Equal([1, 2, 3, 0], [.. found.MeanNorms]);
    }

    [Fact]
    public void Wrong_inputs_and_too_little_memory_are_refused()
    {
        var templates = new Templates(SmallNetworks.Golden(0, 2, 8, 3));
        Assert.Contains("is empty", Assert.Throws<ArgumentException>(() => templates.Of([])).Message, StringComparison.Ordinal);
        Assert.Contains("3 numbers in sample 1; the network takes 2", Assert.Throws<ArgumentException>(() => templates.Of([[1, 2], [1, 2, 3]])).Message, StringComparison.Ordinal);
        Assert.Contains("NaN in sample 0 at index 1", Assert.Throws<ArgumentException>(() => templates.Of([[1, double.NaN]])).Message, StringComparison.Ordinal);
        Assert.Contains("memory budget", Assert.Throws<InvalidOperationException>(() => templates.Of([[1, 2]], new RunContext { MemoryBudget = 8 })).Message, StringComparison.Ordinal);
    }

    internal static void TwoWays(Network network, double[] x)
    {
        var at = new Linearization(network, x);
        AffineMap pushed = ForwardRecursion.Map(at), pulled = at.Map(), swept = new Templates(network).Of([x]).Map(0);
        double scale = 1 + TensorPrimitives.Norm(pulled.Slopes) + TensorPrimitives.Norm(pulled.Offsets);
        Near(pulled.Slopes, pushed.Slopes, 1e-12 * scale);
        Near(pulled.Slopes, swept.Slopes, 1e-12 * scale);
        Near(pulled.Offsets, pushed.Offsets, 1e-11 * scale * (1 + TensorPrimitives.Norm<double>(x)));
        double norm = 1 + TensorPrimitives.Norm(at.Value(at.Output));
        Near(at.Value(at.Output), pushed.At(x), 1e-10 * norm);
    }

    private static double Worst(Network network, double[][] inputs)
    {
        var templates = new Templates(network);
        var worst = new double[inputs.Length];
        templates.Visit(inputs, (i, slopes, offsets, scores) =>
        {
            int size = inputs[i].Length;
            for (int o = 0; o < offsets.Length; o++)
            {
                // Summed in another order than the measure does.
                double value = offsets[o];
                for (int e = 0; e < size; e++)
                    value += slopes[o * size + e] * inputs[i][e];
                worst[i] = Math.Max(worst[i], Math.Abs(value - scores[o]) / (1 + TensorPrimitives.Norm(scores)));
            }
        });
        return worst.Max();
    }

    internal static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance, $"entry {i}: expected {expected[i]:R}, found {found[i]:R}, tolerance {tolerance:G3}");
    }
}
