using Crease.Networks;
using Crease.Networks.Layers;

namespace Crease.Measures;

/// <summary>The derivative of a weighted sum of one layer's outputs by the layer's parameters, written out entry by entry.</summary>
/// <remarks>Parameters are in the order weights (as the layer keeps them), then biases; of normalizations the gains, then the biases.</remarks>
internal static class ParameterGradient
{
    /// <summary>Whether a layer has parameters.</summary>
    public static bool Has(Layer layer) => layer.Parameters > 0;

    /// <summary>Refuses a layer with parameters of an unknown kind.</summary>
    /// <exception cref="NotSupportedException">The kind is none of dense, convolution and normalization.</exception>
    public static void Check(Node node)
    {
        if (Has(node.Layer) && node.Layer is not (Dense or Convolution or BatchNormalization or LayerNormalization))
            throw new NotSupportedException($"node '{node.Name}' ({node.Layer.Kind}) has parameters of an unknown kind; a tangent kernel takes dense, convolutional and normalization layers");
    }

    /// <summary>Adds a gradient.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its input. Shape [inputs].</param>
    /// <param name="slopes">What each output element counts. Shape [outputs].</param>
    /// <param name="gradient">Shape [parameters]; added to.</param>
    public static void Add(Layer layer, ReadOnlySpan<double> x, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        switch (layer)
        {
            case Dense dense:
                OfDense(dense, x, slopes, gradient);
                break;
            case Convolution convolution:
                OfConvolution(convolution, x, slopes, gradient);
                break;
            case BatchNormalization normalization:
                OfNormalization(normalization, x, slopes, gradient);
                break;
            case LayerNormalization normalization:
                normalization.PullParameters(x, slopes, gradient[..normalization.Gains], gradient[normalization.Gains..]);
                break;
        }
    }

    private static void OfDense(Dense dense, ReadOnlySpan<double> x, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        for (int at = 0; at < slopes.Length; at++)
        {
            (int row, int o) = Math.DivRem(at, dense.Outputs);
            for (int i = 0; i < dense.Inputs; i++)
                gradient[o * dense.Inputs + i] += slopes[at] * x[row * dense.Inputs + i];
            if (dense.Bias is not null)
                gradient[dense.Weights.Count + o] += slopes[at];
        }
    }

    private static void OfConvolution(Convolution layer, ReadOnlySpan<double> x, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        Windows windows = layer.Windows;
        int height = layer.InputShapes[0][1], width = layer.InputShapes[0][2], rows = layer.OutputShape[1], columns = layer.OutputShape[2];
        int perGroup = layer.InputShapes[0][0] / layer.Groups, outputsPerGroup = layer.OutputShape[0] / layer.Groups;
        for (int at = 0; at < slopes.Length; at++)
        {
            int o = at / (rows * columns), top = at / columns % rows * windows.StrideY - windows.Top, left = at % columns * windows.StrideX - windows.Left;
            for (int c = 0; c < perGroup; c++)
            {
                int channel = o / outputsPerGroup * perGroup + c;
                for (int ky = 0; ky < windows.Height; ky++)
                {
                    int y = top + ky * windows.DilationY;
                    for (int kx = 0; kx < windows.Width && (uint)y < (uint)height; kx++)
                    {
                        int column = left + kx * windows.DilationX;
                        if ((uint)column < (uint)width)
                            gradient[((o * perGroup + c) * windows.Height + ky) * windows.Width + kx] += slopes[at] * x[(channel * height + y) * width + column];
                    }
                }
            }
            if (layer.Bias is not null)
                gradient[layer.Weights.Count + o] += slopes[at];
        }
    }

    private static void OfNormalization(BatchNormalization layer, ReadOnlySpan<double> x, ReadOnlySpan<double> slopes, Span<double> gradient)
    {
        int channels = layer.Gain.Count, inner = x.Length / channels;
        for (int at = 0; at < x.Length; at++)
        {
            int c = at / inner;
            gradient[c] += slopes[at] * (x[at] - layer.Mean.Values[c]) / Math.Sqrt(layer.Variance.Values[c] + layer.Epsilon);
            gradient[channels + c] += slopes[at];
        }
    }
}
