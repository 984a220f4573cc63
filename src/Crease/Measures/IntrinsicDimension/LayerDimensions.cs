using System.Collections.Immutable;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The dimension of a network's activations from layer to layer.</summary>
/// <remarks>
/// Looked at are the input, the value of each node whose layer is no mere rearrangement, scaling or sum that feeds a single activation, and the output. Source: <c>ansuini2019intrinsic</c>.
/// Cost: one forward pass of all inputs per group of layers that fits the memory budget, and a neighbor search per layer.
/// </remarks>
public static class LayerDimensions
{
    private const int Batch = 64;

    /// <summary>Measures.</summary>
    /// <param name="network">A network with one input.</param>
    /// <param name="inputs">One array per point, each of shape [inputs], finite.</param>
    /// <param name="estimators">What to measure with.</param>
    /// <param name="run">Threads, cancellation, memory budget.</param>
    /// <exception cref="ArgumentException">The network has several inputs, or an input does not fit.</exception>
    public static ImmutableArray<LayerDimension> Of(Network network, IReadOnlyList<double[]> inputs, IReadOnlyList<IDimensionEstimator> estimators, RunContext run)
    {
        Check(network, inputs);
        Node[] nodes = [.. Looked(network)];
        var layers = new List<LayerDimension>();
        for (int first = 0; first < nodes.Length;)
        {
            int last = first;
            long bytes = 0;
            while (last < nodes.Length && (last == first || bytes + Bytes(nodes[last]) <= run.MemoryBudget / 4))
                bytes += Bytes(nodes[last++]);
            double[][][] values = Values(network, inputs, nodes[first..last], run);
            for (int n = first; n < last; n++)
            {
                PointCloud cloud = PointCloud.Of(values[n - first]);
                values[n - first] = [];
                layers.Add(new LayerDimension(nodes[n].Name, nodes[n].Layer.Kind, nodes[n].Shape.Size, cloud.Count, cloud.Duplicates, DimensionComparison.Of(cloud, estimators, run with { Progress = null })));
                run.Progress?.Report(new Progress((n + 1.0) / nodes.Length, n + 1));
            }
            first = last;
        }
        return [.. layers];

        long Bytes(Node node) => 8L * node.Shape.Size * inputs.Count;
    }

    private static void Check(Network network, IReadOnlyList<double[]> inputs)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; dimensions of layers need a network with one.", nameof(network));
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Length != network.InputShape.Size)
                throw new ArgumentException($"Row {i} has {inputs[i].Length} numbers; the network takes {network.InputShape.Size} (shape {network.InputShape}).", nameof(inputs));
        }
    }

    private static IEnumerable<Node> Looked(Network network) => network.Nodes.Where(node =>
        node.Layer is InputLayer || network.Outputs.Contains(node.Index) || (node.Layer is not (Reshape or Rearrangement or Scaling or BatchNormalization) && !FeedsOnlyAnActivation(network, node)));

    // What an activation or a normalization takes over at once is not looked at by itself.
    private static bool FeedsOnlyAnActivation(Network network, Node node)
    {
        Node[] users = [.. network.Nodes.Where(user => user.Inputs.Contains(node.Index))];
        return users.Length == 1 && (users[0].Layer is PiecewiseLinear or SmoothFunction or BatchNormalization);
    }

    private static double[][][] Values(Network network, IReadOnlyList<double[]> inputs, Node[] nodes, RunContext run)
    {
        double[][][] values = [.. nodes.Select(_ => new double[inputs.Count][])];
        Workers.InParts(inputs.Count, Batch, run, () => new double[Batch * network.InputShape.Size], (batch, first, count) =>
        {
            int size = network.InputShape.Size;
            for (int i = 0; i < count; i++)
                inputs[first + i].CopyTo(batch, i * size);
            double[][] found = network.Values(batch.AsSpan(0, count * size), count);
            for (int n = 0; n < nodes.Length; n++)
            {
                int units = nodes[n].Shape.Size;
                for (int i = 0; i < count; i++)
                    values[n][first + i] = found[nodes[n].Index].AsSpan(i * units, units).ToArray();
            }
        });
        return values;
    }
}
