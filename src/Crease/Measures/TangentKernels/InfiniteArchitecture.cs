using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The infinitely wide network of a network's architecture: its depth, activation and kernels, with standard weights.</summary>
public sealed record InfiniteArchitecture
{
    /// <summary>In words, for example <c>3 hidden layers, relu</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Kernels of its convolutions, without pooling; empty for a fully connected network.</summary>
    public IReadOnlyList<Windows> Convolutions { get; init; } = [];

    /// <summary>Hidden dense layers.</summary>
    public required int HiddenLayers { get; init; }

    /// <summary>The activation of all hidden layers.</summary>
    public required KernelActivation Activation { get; init; }

    /// <summary>Shape of an input.</summary>
    public required Shape InputShape { get; init; }

    /// <summary>Reads the architecture of a chain of dense layers, or of convolutions and dense layers, with one activation.</summary>
    /// <param name="network">The network; a final softmax or sigmoid is set aside.</param>
    /// <param name="fault">Why there is no closed form, or null.</param>
    /// <returns>Null where there is no closed form.</returns>
    public static InfiniteArchitecture? Of(Network network, out string? fault)
    {
        var convolutions = new List<Windows>();
        int dense = 0;
        bool isLinear = false;
        KernelActivation? activation = null;
        fault = network.Inputs.Length != 1 || network.Outputs.Length != 1 ? "it has several inputs or outputs" : null;
        foreach (Node node in network.Nodes)
        {
            if (fault is not null)
                break;
            fault = node.Layer is not InputLayer && (node.Inputs.Length != 1 || node.Inputs[0] != node.Index - 1) ? Named(node, "is not the next of a chain") : null;
            if (fault is not null || node.Layer is InputLayer or Reshape || (node.Layer is SmoothLayer { IsMonotone: true } && node.Index == network.Outputs[0]))
                continue;
            if (node.Layer is Dense or Convolution)
            {
                if (isLinear)
                    fault = Named(node, "follows a layer without an activation between them");
                else if (node.Layer is Convolution layer && (dense > 0 || layer.Groups > 1))
                    fault = Named(node, "has groups or follows a dense layer");
                else if (node.Layer is Dense row && row.Outputs != row.OutputShape.Size)
                    fault = Named(node, "takes several rows");
                if (node.Layer is Convolution convolution)
                    convolutions.Add(convolution.Windows);
                else
                    dense++;
                isLinear = true;
            }
            else if (Activations(node.Layer) is { } found)
            {
                fault = !isLinear ? Named(node, "follows no dense or convolutional layer") : activation is not null && activation.Name != found.Name ? Named(node, "differs from the other activations") : null;
                (activation, isLinear) = (found, false);
            }
            else
            {
                fault = Named(node, "has no closed form here");
            }
        }
        fault ??= dense == 0 || !isLinear ? "it does not end in a dense layer" : null;
        if (fault is not null)
            return null;
        activation ??= KernelActivation.Identity;
        string depth = $"{convolutions.Count + dense - 1} hidden layers{(convolutions.Count > 0 ? $" ({convolutions.Count} convolutional)" : "")}, {activation.Name}";
        return new InfiniteArchitecture { Description = depth, Convolutions = convolutions, HiddenLayers = dense - 1, Activation = activation, InputShape = network.InputShape };
    }

    /// <summary>Both kernels.</summary>
    /// <param name="left">Shape [rows, inputs], row-major.</param>
    /// <param name="right">Shape [columns, inputs], or null for <paramref name="left"/>.</param>
    /// <param name="weightVariance">σ_w², positive.</param>
    /// <param name="biasVariance">σ_b², at least 0.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">A variance is out of range, or an array is no whole number of inputs.</exception>
    public InfiniteKernels Kernels(double[] left, double[]? right, double weightVariance, double biasVariance, RunContext? run = null) => Convolutions.Count == 0
        ? new FullyConnectedKernel { HiddenLayers = HiddenLayers, Activation = Activation, WeightVariance = weightVariance, BiasVariance = biasVariance }.Of(left, InputShape.Size, right, run)
        : new ConvolutionalKernel { Layers = Convolutions, HiddenLayers = HiddenLayers, Activation = Activation, WeightVariance = weightVariance, BiasVariance = biasVariance }.Of(left, InputShape, right, run);

    private static string Named(Node node, string what) => $"node '{node.Name}' ({node.Layer.Kind}) {what}";

    private static KernelActivation? Activations(Layer layer) => layer switch
    {
        PiecewiseLinear { Kind: "relu" } => KernelActivation.Relu,
        PiecewiseLinear { Kind: "absolute value" } => KernelActivation.AbsoluteValue,
        PiecewiseLinear { Kind: "leaky relu" } leaky => KernelActivation.LeakyRelu(leaky.Slope(0, 0)),
        SmoothFunction { Kind: "erf" } => KernelActivation.Erf,
        _ => null,
    };
}
