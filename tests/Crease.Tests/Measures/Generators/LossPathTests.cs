using Crease.Measures;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Measures;

/// <summary>The loss along a line through the weights of several layers.</summary>
public sealed class LossPathTests
{
    [Theory]
    [InlineData("relu", 1, 2)]
    [InlineData("relu", 0, 1, 2)]
    [InlineData("leaky relu", 0, 2)]
    [InlineData("clip", 0, 1, 2)]
    public void Path_is_the_loss_of_the_moved_network_everywhere(string name, params int[] layers)
    {
        Network network = PartitionCorpus.Network(name);
        (double[][] inputs, double[][] targets) = Samples(network, 7);
        Dictionary<int, double[]> directions = Directions(network, layers);
        LossPath path = LossPath.Of(network, directions, -1, 1, inputs, targets);
        Assert.Equal(2 * layers.Length, path.Degree);
        Assert.True(path.Joints.Length > 5, $"{path.Joints.Length} joints");
        for (int i = 0; i <= 200; i++)
        {
            double t = -1 + i / 100.0, loss = Loss(network, directions, t, inputs, targets);
            Assert.Equal(loss, path.At(t), 1e-10 * (1 + loss));
        }
        // Continuous at every joint, and a polynomial of no higher degree between two of them.
        foreach (double joint in path.Joints)
            Assert.Equal(path.At(joint - 1e-9), path.At(joint), 1e-6 * (1 + path.At(joint)));
        (double from, double to) = Widest(path);
        double step = (to - from) / (path.Degree + 4);
        double[] values = [.. Enumerable.Range(1, path.Degree + 2).Select(i => Loss(network, directions, from + i * step, inputs, targets))];
        Assert.Equal(0, Difference(values), 1e-9 * values.Max());
    }

    [Fact]
    public void With_one_layer_it_is_the_profile_found_by_cutting_a_segment()
    {
        foreach (string name in new[] { "relu", "relu, one output, deep", "leaky relu", "absolute value", "clip", "three knots" })
        {
            Network network = PartitionCorpus.Network(name);
            (double[][] inputs, double[][] targets) = Samples(network, 6);
            KeyValuePair<int, double[]> direction = Directions(network, 1).Single();
            LossPath path = LossPath.Of(network, new Dictionary<int, double[]> { [direction.Key] = direction.Value }, -1.5, 1, inputs, targets);
            LossProfile profile = LossProfile.Of(network, direction.Key, direction.Value, -1.5, 1, inputs, targets);
            Assert.Equal(profile.Joints.Length, path.Joints.Length);
            for (int j = 0; j < profile.Joints.Length; j++)
                Assert.Equal(profile.Joints[j], path.Joints[j], 1e-9);
            for (double t = -1.45; t < 1; t += 0.1)
            {
                (double square, double linear, double constant) = profile.Polynomial(t);
                double[] found = path.Polynomial(t);
                Assert.Equal(square, found[2], 1e-8 * (1 + Math.Abs(square)));
                Assert.Equal(linear, found[1], 1e-8 * (1 + Math.Abs(linear)));
                Assert.Equal(constant, found[0], 1e-8 * (1 + Math.Abs(constant)));
            }
        }
    }

    [Fact]
    public void A_network_that_is_no_chain_behind_the_first_moving_layer_is_refused_by_name()
    {
        Network network = PartitionCorpus.Network("residual");
        (double[][] inputs, double[][] targets) = Samples(network, 2);
        Assert.Contains("(sum) is neither a dense layer", Assert.Throws<NotSupportedException>(() => LossPath.Of(network, Directions(network, 0), -1, 1, inputs, targets)).Message, StringComparison.Ordinal);
        Network chain = PartitionCorpus.Network("relu");
        Assert.Throws<ArgumentException>(() => LossPath.Of(chain, new Dictionary<int, double[]>(), -1, 1, [[0, 0]], [[0, 0, 0]]));
        Assert.Throws<ArgumentException>(() => LossPath.Of(chain, new Dictionary<int, double[]> { [1] = [1] }, -1, 1, [[0, 0]], [[0, 0, 0]]));
        Assert.Throws<ArgumentException>(() => LossPath.Of(chain, Directions(chain, 0), 1, 1, [[0, 0]], [[0, 0, 0]]));
    }

    [Fact]
    public void Roots_are_where_the_sign_changes()
    {
        // (t - 1)(t + 2)(t - 0.25), and (t - 1)² (t + 1) raised by a thousandth.
        Assert.Equal([-2, 0.25, 1], PolynomialRoots.Between([0.5, -2.25, 0.75, 1], -3, 3).Select(root => Math.Round(root, 12)));
        Assert.Equal(-1.00025, Assert.Single(PolynomialRoots.Between([1.001, -1, -1, 1], -3, 3)), 1e-6);
        Assert.Empty(PolynomialRoots.Between([2], -3, 3));
        Assert.Empty(PolynomialRoots.Between([1, 0, 1], -3, 3));
        Assert.Equal(0.5, Assert.Single(PolynomialRoots.Between([-0.5, 1, 0, 0], 0, 1)), 1e-15);
    }

    private static (double[][] Inputs, double[][] Targets) Samples(Network network, int count)
    {
        var random = new RandomSource(3);
        return ([.. Enumerable.Range(0, count).Select(_ => LayerCases.Normals(random, network.InputShape.Size))], [.. Enumerable.Range(0, count).Select(_ => LayerCases.Normals(random, network.OutputShape.Size))]);
    }

    private static Dictionary<int, double[]> Directions(Network network, params int[] layers)
    {
        var random = new RandomSource(8);
        Node[] dense = [.. network.Nodes.Where(node => node.Layer is Dense)];
        return layers.ToDictionary(layer => dense[layer].Index, layer => LayerCases.Normals(random, ((Dense)dense[layer].Layer).Weights.Count));
    }

    private static double Loss(Network network, Dictionary<int, double[]> directions, double t, double[][] inputs, double[][] targets)
    {
        var builder = new NetworkBuilder("moved");
        foreach (Node node in network.Nodes)
        {
            if (node.Layer is InputLayer)
                builder.Input(node.Name, node.Shape);
            else if (directions.TryGetValue(node.Index, out double[]? direction) && node.Layer is Dense layer)
                builder.Add(node.Name, new Dense(layer.Weights.Values.ToArray().Zip(direction, (w, d) => w + t * d).ToArray(), layer.Bias, layer.InputShapes[0]), node.Inputs.AsSpan());
            else
                builder.Add(node.Name, node.Layer, node.Inputs.AsSpan());
        }
        Network moved = builder.Build(network.Outputs.AsSpan());
        return inputs.Zip(targets, (x, y) => moved.Evaluate(x).Zip(y, (f, target) => (f - target) * (f - target)).Sum()).Average();
    }

    private static (double From, double To) Widest(LossPath path)
    {
        double[] ends = [path.Low, .. path.Joints, path.High];
        int widest = Enumerable.Range(0, ends.Length - 1).MaxBy(i => ends[i + 1] - ends[i]);
        return (ends[widest], ends[widest + 1]);
    }

    // The difference of order one more than the degree.
    private static double Difference(double[] values)
    {
        while (values.Length > 1)
            values = [.. values.Skip(1).Zip(values, (b, a) => b - a)];
        return values[0];
    }
}
