using System.Collections.Immutable;
using System.Numerics.Tensors;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>A network whose weights are rounded to few bits: the same graph, activations as they are.</summary>
/// <remarks>
/// Source: the setting of <c>song2020quantized</c>; grids: <see cref="UniformQuantizer"/>. Weights of dense layers and convolutions (grouped ones too) are rounded. Biases stay as they are,
/// as in integer arithmetic with wide accumulators, and so do scales and shifts of other layers. Batch normalizations are folded into the layer before them first, since it is the folded weights that are
/// stored; one that cannot be folded becomes a scale and a shift in full precision. Rounded weights are kept as <c>double</c>, exactly.
/// </remarks>
public sealed class QuantizedNetwork
{
    private QuantizedNetwork(Network network, ImmutableArray<QuantizedLayer> layers) => (Network, Layers) = (network, layers);

    /// <summary>The network with rounded weights.</summary>
    public Network Network { get; }

    /// <summary>What was rounded, in topological order.</summary>
    public ImmutableArray<QuantizedLayer> Layers { get; }

    /// <summary>The network that is rounded: batch normalizations folded, else the given one.</summary>
    /// <param name="network">Any network.</param>
    public static Network Prepared(Network network) => network.Nodes.Any(node => node.Layer is BatchNormalization) ? WithoutNormalization.Folded(network) : network;

    /// <summary>Rounds the weights of a network.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="options">The grid.</param>
    /// <exception cref="ArgumentException">Bits are out of range, or the network has no weights to round.</exception>
    public static QuantizedNetwork Of(Network network, QuantizationOptions options)
    {
        options.Check();
        Network prepared = Prepared(network);
        var layers = ImmutableArray.CreateBuilder<QuantizedLayer>();
        Network rounded = RebuiltNetwork.Of(prepared, node => node.Layer switch
        {
            Dense dense => new Dense(Rounded(node, dense.Weights, dense.Outputs, options, layers), dense.Bias, dense.InputShapes[0]),
            Convolution convolution => new Convolution(convolution.InputShapes[0], Rounded(node, convolution.Weights, convolution.OutputShape[0], options, layers), convolution.Bias, convolution.Windows, convolution.Groups),
            Layer layer => layer,
        });
        if (layers.Count == 0)
            throw new ArgumentException("the network has no dense layer and no convolution, so there are no weights to quantize", nameof(network));
        return new QuantizedNetwork(rounded, layers.ToImmutable());
    }

    private static double[] Rounded(Node node, Weights weights, int channels, QuantizationOptions options, ImmutableArray<QuantizedLayer>.Builder layers)
    {
        ReadOnlySpan<double> given = weights.Values;
        var rounded = new double[given.Length];
        int grids = options.PerChannel ? channels : 1, size = given.Length / grids;
        var steps = ImmutableArray.CreateBuilder<double>(grids);
        for (int grid = 0; grid < grids; grid++)
            steps.Add(UniformQuantizer.Round(given.Slice(grid * size, size), options, rounded.AsSpan(grid * size, size)));
        var errors = new double[given.Length];
        TensorPrimitives.Subtract(given, rounded, errors);
        int perChannel = given.Length / channels;
        double drift = Enumerable.Range(0, channels).Max(channel => TensorPrimitives.SumOfMagnitudes<double>(errors.AsSpan(channel * perChannel, perChannel)));
        layers.Add(new QuantizedLayer(node.Index, node.Name, node.Layer.Kind, given.Length, steps.ToImmutable(), new HashSet<double>(rounded).Count, Math.Abs(TensorPrimitives.MaxMagnitude<double>(errors)), drift));
        return rounded;
    }
}
