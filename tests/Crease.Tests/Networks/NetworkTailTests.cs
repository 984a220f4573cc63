using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Layers;

/// <summary>The part of a network behind one node.</summary>
public sealed class NetworkTailTests
{
    [Fact]
    public void The_tail_at_the_value_of_its_node_is_the_network()
    {
        int tails = 0;
        foreach (string name in PartitionCorpus.Names)
        {
            Network network = PartitionCorpus.Network(name);
            double[] x = GraphNetworks.Normals(new RandomSource(1), network.InputShape.Size, 1);
            double[][] values = network.Values(x, 1);
            foreach (Node node in network.Nodes.Where(node => node.Layer is not InputLayer))
            {
                Network tail;
                try
                {
                    tail = NetworkTail.Of(network, node.Name);
                }
                catch (ArgumentException fault)
                {
                    Assert.DoesNotContain('\n', fault.Message);
                    continue;
                }
                Assert.Equal(node.Shape, tail.InputShape);
                Assert.Equal(network.Evaluate(x), tail.Evaluate(values[node.Index]));
                tails++;
            }
        }
        Assert.True(tails > 40, $"{tails}");
    }

    [Fact]
    public void Nodes_that_the_output_does_not_depend_on_alone_are_refused_by_name()
    {
        Network network = PartitionCorpus.Network("residual");
        string[] names = [.. network.Nodes.Select(node => node.Name)];
        Assert.Contains("past it", Refused(network, names[2]), StringComparison.Ordinal);
        Assert.Contains($"No node is called 'none'; the network has {names[1]}", Refused(network, "none"), StringComparison.Ordinal);
        Assert.Contains("Nothing comes after", Refused(network, names[^1]), StringComparison.Ordinal);
        var builder = new NetworkBuilder("idle");
        int x = builder.Input("x", new Shape(2));
        builder.Add("idle", PiecewiseLinear.Relu(new Shape(2)), x);
        Network idle = builder.Build(builder.Add("used", new Dense(new double[] { 1, 1 }, null, new Shape(2)), x));
        Assert.Throws<ArgumentException>(() => NetworkTail.Of(idle, "idle"));
    }

    private static string Refused(Network network, string node) => Assert.Throws<ArgumentException>(() => NetworkTail.Of(network, node)).Message;
}
