using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>A piecewise-affine generator z ↦ g(z), its slopes and volume elements at latent points.</summary>
/// <remarks>A final softmax or sigmoid is set aside: volumes are those of its input. Cost: a forward pass and one push of [latents] columns per point. Exactness: exact up to rounding; at a crease the slopes are those of one side.</remarks>
public sealed class GeneratorVolumes
{
    private readonly bool[] _isNeeded;

    /// <summary>Prepares a generator.</summary>
    /// <param name="network">A network with one input, the latent vector; piecewise affine except for a final monotone node.</param>
    /// <param name="top">Only so many singular values, the largest; null for all.</param>
    /// <exception cref="ArgumentException">The network has several inputs, <paramref name="top"/> is out of range, or there are fewer outputs than singular values asked for, so that every volume is 0.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth; the message names it.</exception>
    public GeneratorVolumes(Network network, int? top = null)
    {
        if (network.Inputs.Length != 1)
            throw new ArgumentException($"The network has {network.Inputs.Length} inputs; a generator has one, the latent vector.", nameof(network));
        Network = network;
        Output = PiecewiseGraph.LastAffineOrPiecewise(network);
        Top = top;
        if (top is int asked && (asked < 1 || asked > Latents))
            throw new ArgumentException($"'top' is {asked}; the latent space has {Latents} dimensions, so 1 to {Latents} singular values exist.", nameof(top));
        if (Outputs < (top ?? Latents))
            throw new ArgumentException($"The generator has {Outputs} outputs for {Latents} latents, so that every volume is 0. Ask for the {Math.Min(Outputs, Latents)} largest singular values or fewer.", nameof(network));
        _isNeeded = PiecewiseGraph.Needed(network, Output);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Index of the node whose value is generated.</summary>
    public int Output { get; }

    /// <summary>How many singular values are used; null for all.</summary>
    public int? Top { get; }

    /// <summary>Dimension k of the latent space.</summary>
    public int Latents => Network.InputShape.Size;

    /// <summary>Dimension D of the output space.</summary>
    public int Outputs => Network.Nodes[Output].Shape.Size;

    /// <summary>Values and volume elements at latent points.</summary>
    /// <param name="latents">One array per point, each of shape [latents], finite.</param>
    /// <param name="run">Threads and cancellation; null for the defaults. Results do not depend on the number of threads.</param>
    /// <returns>Logarithms of volume elements, shape [points], and outputs, shape [points, outputs].</returns>
    public (double[] LogVolumes, double[] Values) At(IReadOnlyList<double[]> latents, RunContext? run = null)
    {
        var logs = new double[latents.Count];
        var values = new double[(long)latents.Count * Outputs];
        Workers.InParts(latents.Count, 16, run ?? RunContext.Default, () => 0, (_, first, count) =>
        {
            for (int point = first; point < first + count; point++)
            {
                (double[] slopes, double[] value) = Slopes(latents[point]);
                logs[point] = VolumeElement.Log(slopes, Latents, Top);
                value.CopyTo(values, point * Outputs);
            }
        });
        return (logs, values);
    }

    /// <summary>The affine map's slopes at a latent point, and the value there.</summary>
    /// <param name="latent">Shape [latents], finite.</param>
    /// <returns>Slopes of shape [outputs, latents], value of shape [outputs].</returns>
    /// <exception cref="ArgumentException">The point has another length or is not finite.</exception>
    public (double[] Slopes, double[] Value) Slopes(double[] latent)
    {
        if (latent.Length != Latents || !latent.All(double.IsFinite))
            throw new ArgumentException($"'latent' has {latent.Length} entries; expected {Latents} finite numbers.", nameof(latent));
        double[][] values = Network.Values(latent, 1);
        // Column j of a node: the derivative of its elements by latent j. Shape [latents, size].
        var columns = new double[Network.Nodes.Length][];
        foreach (Node node in Network.Nodes.Where(node => _isNeeded[node.Index]))
            columns[node.Index] = Pushed(node, values, columns);
        int outputs = Outputs;
        double[] pushed = columns[Output], slopes = new double[pushed.Length];
        for (int i = 0; i < pushed.Length; i++)
            slopes[i % outputs * Latents + i / outputs] = pushed[i];
        return (slopes, values[Output]);
    }

    private double[] Pushed(Node node, double[][] values, double[][] columns)
    {
        int size = node.Shape.Size;
        var pushed = new double[Latents * size];
        switch (node.Layer)
        {
            case InputLayer:
                for (int i = 0; i < size; i++)
                    pushed[i * size + i] = 1;
                break;
            case AffineLayer affine:
                affine.Push([.. node.Inputs.Select(input => columns[input])], Latents, Latents, pushed);
                break;
            case PiecewiseLinear function:
                for (int i = 0; i < pushed.Length; i++)
                    pushed[i] = function.Slope(i % size, function.Piece(values[node.Inputs[0]][i % size])) * columns[node.Inputs[0]][i];
                break;
            case MaxPooling pooling:
                int from = Network.Nodes[node.Inputs[0]].Shape.Size;
                int[] winners = Linearization.Winners(pooling, values[node.Inputs[0]]);
                for (int i = 0; i < pushed.Length; i++)
                    pushed[i] = columns[node.Inputs[0]][i / size * from + winners[i % size]];
                break;
            default:
                throw new NotSupportedException($"node '{node.Name}' is smooth ({node.Layer.Kind}); a generator's volumes need a piecewise-affine network.");
        }
        return pushed;
    }
}
