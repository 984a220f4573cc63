using Crease.Models;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>Folding statistics into weights, and files of the result.</summary>
public sealed class FoldingTests
{
    [Fact]
    public void Folding_keeps_the_function_of_dense_and_convolutional_networks()
    {
        int folded = 0;
        foreach (string name in PartitionCorpus.Names)
        {
            Network network = PartitionCorpus.Network(name);
            if (NormalizationSite.Of(network).IsEmpty)
                continue;
            double[] inputs = new RandomSource(1).Normals(50 * network.InputShape.Size);
            Same(network, inputs, 50, WithoutNormalization.Folded(network));
            Network batch = BatchNormalized.Of(network, inputs, 50).Network, plain = WithoutNormalization.Folded(batch);
            Same(batch, inputs, 50, plain);
            Assert.DoesNotContain(plain.Nodes, node => node.Layer is BatchNormalization);
            folded += batch.Nodes.Length - plain.Nodes.Length;
        }
        Assert.True(folded > 20);
    }

    [Fact]
    public void Folding_keeps_the_function_of_a_trained_residual_network()
    {
        Network network = TrainedResNet.Twenty();
        Assert.Equal(19, network.Nodes.Count(node => node.Layer is BatchNormalization));
        DataSet images = DataSource.Load(SharedData.Path("cifar10")).Take(12);
        double[] inputs = [.. images.Inputs.SelectMany(row => row)];
        // It classifies what it was trained on: the graph is the one that the weights belong to.
        double[] outputs = network.Evaluate(inputs, 12);
        Assert.True(Enumerable.Range(0, 12).Count(i => outputs.AsSpan(10 * i, 10).IndexOf(outputs.AsSpan(10 * i, 10).ToArray().Max()) == images.Labels![i]) >= 10);
        Network plain = WithoutNormalization.Folded(network);
        Assert.DoesNotContain(plain.Nodes, node => node.Layer is BatchNormalization);
        Same(network, inputs, 12, plain);
    }

    [Fact]
    public void A_normalization_that_shares_its_layer_becomes_a_scale()
    {
        var random = new RandomSource(2);
        var builder = new NetworkBuilder("shared");
        int dense = builder.Add(new Dense(random.Normals(6), random.Normals(3), new Shape(2)), builder.Input("x", new Shape(2)));
        int normal = builder.Add(new BatchNormalization(new Shape(3), random.Normals(3), random.Normals(3), random.Normals(3), new double[] { 1, 2, 3 }, 1e-5), dense);
        Network network = builder.Build(builder.Add(new Sum(new Shape(3), 1, 1), dense, normal)), plain = WithoutNormalization.Folded(network);
        Assert.Single(plain.Nodes, node => node.Layer is Scaling);
        Same(network, random.Normals(20), 10, plain);
        Assert.Equal(3, WithoutNormalization.Stripped(network).Nodes.Length);
    }

    [Fact]
    public void Stripping_leaves_the_weights_alone_and_pre_activations_with_no_normalization()
    {
        var random = new RandomSource(3);
        Network network = NormalNumbers.Chain(random, width => random.Normals(width), 3, 5, 4, 2);
        double[] inputs = random.Normals(60);
        Network stripped = WithoutNormalization.Stripped(BatchNormalized.Of(network, inputs, 20).Network);
        Assert.Equal(network.Evaluate(inputs, 20), stripped.Evaluate(inputs, 20));
    }

    [Fact]
    public void A_written_network_is_read_back_with_the_same_values()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crease-normalization-");
        try
        {
            foreach (string name in new[] { "relu", "leaky relu", "absolute value", "residual", "convolution, max pooling" })
            {
                Network network = PartitionCorpus.Network(name);
                double[] inputs = new RandomSource(4).Normals(30 * network.InputShape.Size);
                network = WithoutNormalization.Folded(BatchNormalized.Of(network, inputs, 30).Network);
                string weights = System.IO.Path.Combine(folder.FullName, "model.safetensors");
                NetworkFile file = NetworkFile.Of(network);
                using (FileStream stream = File.Create(weights))
                    file.WriteWeights(stream);
                using (FileStream stream = File.Create(System.IO.Path.Combine(folder.FullName, NetworkDescription.FileName)))
                    file.Description.Write(stream);
                Network read = Model.Load(weights);
                Assert.Equal(network.Nodes.Select(node => node.Layer.Kind), read.Nodes.Select(node => node.Layer.Kind));
                Assert.Equal(network.Evaluate(inputs, 30), read.Evaluate(inputs, 30));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_has_no_description_is_refused_by_name()
    {
        string message = Assert.Throws<ModelException>(() => NetworkFile.Of(Transposed())).Message;
        Assert.Contains("(transpose) cannot be saved", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static Network Transposed()
    {
        var builder = new NetworkBuilder("transposed");
        int at = builder.Input("x", new Shape(2, 3));
        return builder.Build(builder.Add(Rearrangement.Transpose(new Shape(2, 3), [1, 0]), at));
    }

    private static void Same(Network expected, double[] inputs, int count, Network actual)
    {
        double[] before = expected.Evaluate(inputs, count), after = actual.Evaluate(inputs, count);
        double size = before.Max(Math.Abs);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(before[i], after[i], 1e-12 * Math.Max(1, size));
    }
}
