using Crease.Certificates;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Bounds of margins without a search.</summary>
public sealed class MarginBoundsTests
{
    [Theory]
    [InlineData("relu")]
    [InlineData("relu, one output, deep")]
    [InlineData("leaky relu")]
    [InlineData("convolution, max pooling")]
    public void Intervals_lie_below_back_substitution_and_both_below_every_sample(string name)
    {
        Network network = PartitionCorpus.Network(name);
        var bounds = new MarginBounds(network);
        var random = new RandomSource(3);
        bool isTighter = false;
        for (int s = 0; s < 20; s++)
        {
            double[] input = LayerCases.Normals(random, network.InputShape.Size);
            int label = Margins.Predicted(network.Evaluate(input));
            (double interval, double relaxed) = bounds.Least(input, label, 0.1, double.NegativeInfinity, double.PositiveInfinity);
            Assert.True(interval <= relaxed);
            isTighter |= interval < relaxed - 1e-6;
            for (int p = 0; p < 100; p++)
                Assert.True(relaxed <= Margin(network, [.. input.Select(x => x + 0.1 * (2 * random.Uniform() - 1))], label) + 1e-12);
            Assert.Equal(Margin(network, input, label), bounds.Least(input, label, 0, double.NegativeInfinity, double.PositiveInfinity).Relaxed, 1e-9);
            if (relaxed > 0)
                Assert.Equal(Verdict.Verified, new RobustnessCertifier(network).Certify(s, input, label, 0.1, double.NegativeInfinity, double.PositiveInfinity, new VerificationOptions(), RunContext.Default).Verdict);
        }
        Assert.True(isTighter);
    }

    [Fact]
    public void A_linear_classifier_is_bounded_by_its_margin_in_the_dual_norm()
    {
        var builder = new NetworkBuilder("linear");
        Network network = builder.Build(builder.Add(new Dense(new double[] { 1, -2, 0.5, 1 }, new double[] { 0.3, 0 }, new Shape(2)), builder.Input("x", new Shape(2))));
        (double interval, double relaxed) = new MarginBounds(network).Least([1, -1], 0, 0.1, double.NegativeInfinity, double.PositiveInfinity);
        Assert.Equal(3.3 - -0.5 - 0.1 * (0.5 + 3), relaxed, 1e-12);
        Assert.Equal(3.3 - -0.5 - 0.1 * (3 + 1.5), interval, 1e-12);
        Assert.Throws<ArgumentException>(() => new MarginBounds(network).Least([1, -1], 2, 0.1, 0, 1));
    }

    private static double Margin(Network network, double[] input, int label)
    {
        double[] outputs = network.Evaluate(input);
        return outputs.Length == 1 ? (label == 1 ? outputs[0] : -outputs[0]) : outputs[label] - outputs.Where((_, i) => i != label).Max();
    }
}
