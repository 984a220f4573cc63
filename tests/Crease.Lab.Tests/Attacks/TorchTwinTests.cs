using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests;

/// <summary>What attack steps are timed against computes the same gradients.</summary>
public sealed class TorchTwinTests
{
    [Fact]
    public void Gradients_are_those_of_the_managed_sweep()
    {
        LibTorch.Require();
        var random = new RandomSource(3);
        Weights Normals(int count) => new(Classifiers.Normals(random, count));
        var builder = new NetworkBuilder("images");
        int at = builder.Input("x", new Shape(1, 9, 8));
        at = builder.Add(new Convolution(builder.ShapeOf(at), Normals(3 * 9), Normals(3), new Windows(3, 3) { Top = 1, Bottom = 1, Left = 1, Right = 1, StrideX = 2 }), at);
        at = builder.Add(PiecewiseLinear.Relu(builder.ShapeOf(at)), at);
        at = builder.Add(new MaxPooling(builder.ShapeOf(at), new Windows(2, 2) { StrideY = 2, StrideX = 2 }), at);
        at = builder.Add(new Reshape(builder.ShapeOf(at), new Shape(builder.ShapeOf(at).Size)), at);
        Network images = builder.Build(builder.Add(new Dense(Normals(4 * builder.ShapeOf(at).Size), Normals(4), builder.ShapeOf(at)), at));
        foreach (Network network in (Network[])[images, Classifiers.Folded(2, 7, 9, 5, 3)])
        {
            var classifier = new NetworkClassifier(network);
            (double[][] inputs, int[] labels) = Classifiers.Points(classifier, 6);
            IClassifierWorker worker = classifier.Worker();
            double[] slopes = new double[6 * classifier.Classes], logits = worker.Logits(inputs.SelectMany(input => input).ToArray(), 6).ToArray();
            for (int row = 0; row < 6; row++)
                Attacks.CrossEntropy.Of(logits.AsSpan(row * classifier.Classes, classifier.Classes), labels[row], slopes.AsSpan(row * classifier.Classes, classifier.Classes));
            double[] expected = worker.Gradients(slopes).ToArray();
            using DisposeScope scope = torch.NewDisposeScope();
            using var twin = new TorchTwin(network, torch.ScalarType.Float64);
            torch.Tensor points = torch.tensor(inputs.SelectMany(input => input).ToArray(), [6, .. network.InputShape.Extents.Select(extent => (long)extent)]);
            double[] found = [.. twin.Gradient(points, torch.tensor(Array.ConvertAll(labels, label => (long)label))).data<double>()];
            Assert.Contains(expected, slope => slope != 0);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], found[i], 1e-12);
        }
    }

    [Fact]
    public void Other_layers_are_refused_by_name()
    {
        LibTorch.Require();
        var builder = new NetworkBuilder("other");
        int x = builder.Input("x", new Shape(2));
        Network network = builder.Build(builder.Add(new Scaling(new Shape(2), [2.0], null), x));
        Assert.Contains("expected dense, convolution, relu, max pooling or reshape", Assert.Throws<ArgumentException>(() => new TorchTwin(network, torch.ScalarType.Float64)).Message, StringComparison.Ordinal);
    }
}
