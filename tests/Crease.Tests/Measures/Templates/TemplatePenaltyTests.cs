using Crease.Geometry;
using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The template-orthogonality penalty: worked numbers, differences, and the optimum of memorizing one input.</summary>
public sealed class TemplatePenaltyTests
{
    [Fact]
    public void Worked_gradient_of_the_specification()
    {
        var builder = new NetworkBuilder("worked");
        int h = builder.Add(new Dense(new double[] { 1, 2, -1, 1, 0.5, -1 }, new double[] { 0.5, -0.25, 1 }, new Shape(2)), builder.Input("x", new Shape(2)));
        h = builder.Add(PiecewiseLinear.Relu(new Shape(3)), h);
        var last = new Dense(new double[] { 1, -1, 0.5, 0.5, 1, -2 }, null, new Shape(3));
        double[][] inputs = [[0.75, -0.5], [-1, 1]];
        TemplatePenalty found = TemplatePenalty.Of(new PiecewiseGraph(builder.Build(builder.Add(last, h))), inputs, 1);
        Assert.Equal(4.00390625, found.Value, 1e-12);
        TemplateTests.Near([12.40625, 1.25, -6.296875, 10.234375, -0.5, -1.6953125], found.Gradient(1), 1e-12);
        TemplateTests.Near([0.4921875, 8.515625, 1.25, -0.5, -5.328125, -2.90625], found.Gradient(0), 1e-12);
        Assert.Equal(4.5, TemplatePenalty.LastLayer(last), 1e-12);
        Assert.Equal(0.3 * 4.00390625, TemplatePenalty.Of(new PiecewiseGraph(builder.Build(builder.Add(last, h))), inputs, 0.3).Value, 1e-12);
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(4, 6, 3)]
    [InlineData(4, 6, 5, 3)]
    [InlineData(3, 5, 4, 6, 2)]
    public void Value_is_that_of_the_templates_and_gradients_are_differences(params int[] widths)
    {
        Network network = SmallNetworks.Random(7, shape => PiecewiseLinear.LeakyRelu(shape, 0.1), widths);
        double[][] inputs = UniformPoints.Of(6, widths[0], -1, 1, 3);
        TemplatePenalty found = TemplatePenalty.Of(new PiecewiseGraph(network), inputs, 2);
        Assert.Equal(Value(network, inputs), found.Value, 1e-12 * found.Value);
        for (int l = 0; l < found.Layers.Length; l++)
        {
            double[] weights = ((Dense)found.Layers[l].Layer).Weights.Values.ToArray();
            for (int i = 0; i < weights.Length; i++)
            {
                double up = Value(Changed(network, l, i, 1e-6), inputs), down = Value(Changed(network, l, i, -1e-6), inputs);
                Assert.Equal((up - down) / 2e-6, found.Gradient(l)[i], 1e-6 * (1 + found.Value));
            }
        }
    }

    [Theory]
    [InlineData(10, 4, 1.8973665961, -0.2108185107)]
    [InlineData(3, 2, 1.1547005384, -0.5773502692)]
    public void Memorizing_one_input_ends_at_the_optimum(int classes, double budget, double own, double other)
    {
        (double Own, double Other) optimum = TemplatePenalty.Memorized(classes, budget);
        Assert.Equal(own, optimum.Own, 1e-10);
        Assert.Equal(other, optimum.Other, 1e-10);
        // Projected gradient descent on the cross-entropy of templates, from a random start.
        var random = new RandomSource(1);
        double[] x = LayerCases.Normals(random, 6);
        double norm = Math.Sqrt(x.Sum(e => e * e));
        x = [.. x.Select(e => e / norm)];
        double[][] templates = [.. Enumerable.Range(0, classes).Select(_ => LayerCases.Normals(random, 6))];
        for (int step = 0; step < 4000; step++)
        {
            double[] scores = [.. templates.Select(t => t.Zip(x, (a, b) => a * b).Sum())];
            double most = scores.Max(), sum = scores.Sum(s => Math.Exp(s - most));
            for (int c = 0; c < classes; c++)
            {
                double slope = Math.Exp(scores[c] - most) / sum - (c == 0 ? 1 : 0);
                for (int i = 0; i < 6; i++)
                    templates[c][i] -= 2 * slope * x[i];
            }
            double size = Math.Sqrt(budget / templates.Sum(t => t.Sum(e => e * e)));
            foreach (double[] template in templates)
            {
                for (int i = 0; i < 6; i++)
                    template[i] *= size;
            }
        }
        for (int c = 0; c < classes; c++)
        {
            double along = templates[c].Zip(x, (a, b) => a * b).Sum();
            Assert.Equal(c == 0 ? optimum.Own : optimum.Other, along, 1e-8);
            Assert.True(Math.Sqrt(templates[c].Zip(x, (a, b) => (a - along * b) * (a - along * b)).Sum()) <= 1e-12);
        }
    }

    [Fact]
    public void Networks_that_are_no_chain_and_numbers_out_of_range_are_refused()
    {
        var graph = new PiecewiseGraph(PartitionCorpus.Network("residual"));
        Assert.Contains("is neither a dense layer nor a unit", Assert.Throws<NotSupportedException>(() => TemplatePenalty.Of(graph, [new double[graph.Inputs]], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("'classes' is 1", Assert.Throws<ArgumentOutOfRangeException>(() => TemplatePenalty.Memorized(1, 1)).Message, StringComparison.Ordinal);
    }

    // The definition, for lambda 2.
    private static double Value(Network network, double[][] inputs)
    {
        TemplateSet set = new Crease.Measures.Templates(network).Of(inputs);
        double sum = 0;
        for (int n = 0; n < inputs.Length; n++)
        {
            for (int a = 0; a < set.Outputs; a++)
            {
                for (int c = 0; c < set.Outputs; c++)
                    sum += a == c ? 0 : Math.Pow(set.Template(n, a).ToArray().Zip(set.Template(n, c).ToArray(), (p, q) => p * q).Sum(), 2);
            }
        }
        return 2 * sum / set.Outputs / set.Outputs / inputs.Length;
    }

    private static Network Changed(Network network, int layer, int weight, double step)
    {
        Dense[] dense = [.. network.Nodes.Select(node => node.Layer).OfType<Dense>()];
        int next = 0;
        return SmallNetworks.Dense("changed", [dense[0].Inputs, .. dense.Select(each => each.Outputs)], (_, _) =>
        {
            double[] weights = dense[next].Weights.Values.ToArray();
            weights[weight % weights.Length] += next == layer ? step : 0;
            return (weights, dense[next++].Bias!.Values.ToArray());
        }, shape => PiecewiseLinear.LeakyRelu(shape, 0.1));
    }
}
