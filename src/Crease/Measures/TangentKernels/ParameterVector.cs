using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>All trained numbers of a network in one row, in the order of <see cref="ParameterJacobian"/>.</summary>
/// <remarks>The difference of two such rows is the change w - w₀ that <see cref="LinearizedNetwork"/> takes. Statistics of batch normalization are no trained numbers.</remarks>
public static class ParameterVector
{
    /// <summary>The numbers.</summary>
    /// <param name="network">A network with one input.</param>
    /// <returns>Shape [parameters]: layer after layer weights then biases, of normalizations gains then biases.</returns>
    /// <exception cref="ArgumentException">The network has several inputs.</exception>
    /// <exception cref="NotSupportedException">A layer has parameters of an unknown kind, or none has any.</exception>
    public static double[] Of(Network network)
    {
        var plan = new KernelPlan(network);
        var values = new double[plan.Parameters];
        Span<double> rest = values;
        foreach (Node node in plan.Layers)
        {
            Copy(node.Layer, rest);
            rest = rest[(int)node.Layer.Parameters..];
        }
        return values;
    }

    private static void Copy(Layer layer, Span<double> to)
    {
        switch (layer)
        {
            case Dense dense:
                Copy(dense.Weights, dense.Bias, to);
                break;
            case Convolution convolution:
                Copy(convolution.Weights, convolution.Bias, to);
                break;
            case BatchNormalization normalization:
                Copy(normalization.Gain, normalization.Bias, to);
                break;
            case LayerNormalization normalization:
                normalization.CopyParameters(to);
                break;
        }
    }

    private static void Copy(Weights first, Weights? second, Span<double> to)
    {
        first.Values.CopyTo(to);
        second?.Values.CopyTo(to[first.Count..]);
    }
}
