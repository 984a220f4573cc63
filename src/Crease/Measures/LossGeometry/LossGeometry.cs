using System.Numerics.Tensors;
using Crease.Geometry;
using Crease.Networks;
using Crease.Networks.Layers;
using Crease.Numerics;

namespace Crease.Measures;

/// <summary>The squared loss as a function of one dense layer's weights: its exact Hessian, curvature along directions and conditioning, as long as no sample changes its code.</summary>
/// <remarks>
/// Notation: Loss(W) = (1/N) Σ ‖f(x_i) - y_i‖²; z_i the layer's input, h_i = W z_i + b, A_i = df/dh at x_i. Then f is affine in W and the Hessian is (2/N) Σ (A_i'A_i) ⊗ (z_i z_i'), W row-major. Source: attributed to Riedi,
/// Balestriero and Baraniuk in <c>balestriero2024geometry</c>; derived anew and tested by finite differences. Exactness: exact up to rounding inside the code of every sample; a kink of the loss lies where a sample changes its code.
/// </remarks>
public sealed class LossGeometry
{
    private const double Threshold = 1e-10;

    private readonly double[][] _inputs, _slopes;

    private LossGeometry(Dense layer, int outputs, double[][] inputs, double[][] slopes) => (Layer, Outputs, _inputs, _slopes) = (layer, outputs, inputs, slopes);

    /// <summary>The layer whose weights move.</summary>
    public Dense Layer { get; }

    /// <summary>Number of outputs C.</summary>
    public int Outputs { get; }

    /// <summary>Number of samples N.</summary>
    public int Samples => _inputs.Length;

    /// <summary>Prepares a layer at given samples.</summary>
    /// <param name="network">A network with one input, piecewise affine except for a final monotone node, which is set aside.</param>
    /// <param name="node">Index of a dense layer on vectors.</param>
    /// <param name="inputs">One array per sample, each of shape [inputs], finite; at least one.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="ArgumentException">The node is no dense layer on a vector, the output does not depend on it, or an input does not fit.</exception>
    /// <exception cref="NotSupportedException">A node before the output is smooth.</exception>
    public static LossGeometry Of(Network network, int node, IReadOnlyList<double[]> inputs, RunContext? run = null)
    {
        if ((uint)node >= (uint)network.Nodes.Length || network.Nodes[node].Layer is not Dense { OutputShape.Rank: 1 } layer)
            throw new ArgumentException($"'node' is {node}; expected the index of a dense layer on vectors: {string.Join(", ", network.Nodes.Where(each => each.Layer is Dense { OutputShape.Rank: 1 }).Select(each => each.Index))}.", nameof(node));
        int output = PiecewiseGraph.LastAffineOrPiecewise(network);
        if (inputs.Count == 0 || inputs.Any(input => input.Length != network.InputShape.Size))
            throw new ArgumentException($"'inputs' has {inputs.Count} rows; expected at least one, each of {network.InputShape.Size} numbers.", nameof(inputs));
        Batches.Check(inputs);
        double[][] seen = new double[inputs.Count][], slopes = new double[inputs.Count][];
        Workers.InParts(inputs.Count, 1, run ?? RunContext.Default, () => 0, (_, sample, _) =>
        {
            double[][] values = network.Values(inputs[sample], 1);
            seen[sample] = values[network.Nodes[node].Inputs[0]];
            slopes[sample] = node == output ? Identity(layer.Outputs) : new GeneratorVolumes(LayerTail.Of(network, node, output, values), 1).Slopes(values[node]).Slopes;
        });
        return new LossGeometry(layer, network.Nodes[output].Shape.Size, seen, slopes);
    }

    /// <summary>Second derivative of the loss along a direction of the weights: (2/N) Σ ‖A_i D z_i‖².</summary>
    /// <param name="direction">D. Shape [outputs of the layer, inputs of the layer], row-major.</param>
    /// <exception cref="ArgumentException">The direction has another length.</exception>
    public double Curvature(ReadOnlySpan<double> direction)
    {
        if (direction.Length != Layer.Weights.Count)
            throw new ArgumentException($"'direction' has {direction.Length} entries; the layer has {Layer.Weights.Count} weights.", nameof(direction));
        double sum = 0;
        var moved = new double[Layer.Outputs];
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int o = 0; o < moved.Length; o++)
                moved[o] = TensorPrimitives.Dot(direction.Slice(o * Layer.Inputs, Layer.Inputs), _inputs[sample]);
            for (int c = 0; c < Outputs; c++)
            {
                double change = TensorPrimitives.Dot<double>(_slopes[sample].AsSpan(c * moved.Length, moved.Length), moved);
                sum += change * change;
            }
        }
        return 2 * sum / Samples;
    }

    /// <summary>The Hessian by the weights, row-major. Shape [weights, weights].</summary>
    /// <exception cref="InvalidOperationException">It has more than 2^26 entries; <see cref="Curvature"/> and <see cref="Spectrum"/> do without it.</exception>
    public double[] Hessian()
    {
        long size = Layer.Weights.Count;
        if (size * size > 1 << 26)
            throw new InvalidOperationException($"The Hessian of {size} weights has {size * size} entries; at most {1 << 26} are kept. Ask for the curvature along directions, or the spectrum.");
        var hessian = new double[size * size];
        double[] factor = Factor();
        for (int row = 0; row < factor.Length; row += (int)size)
        {
            ReadOnlySpan<double> own = factor.AsSpan(row, (int)size);
            for (int i = 0; i < size; i++)
            {
                Span<double> target = hessian.AsSpan((int)(i * size), (int)size);
                if (own[i] != 0)
                    TensorPrimitives.MultiplyAdd(own, own[i], target, target);
            }
        }
        return hessian;
    }

    /// <summary>Eigenvalues of the Hessian, from the singular values of its factor, with those that count as nonzero: above 1e-10 of the largest.</summary>
    /// <remarks>The Hessian is F'F with a row of F per sample and output, so that at most samples × outputs eigenvalues are not 0.</remarks>
    public LossSpectrum Spectrum()
    {
        double[] singular = SingularValues.Of(Factor(), Layer.Weights.Count);
        double[] values = [.. singular.Select(value => value * value)];
        int nonzero = values.Count(value => values[0] > 0 && value > Threshold * values[0]);
        return new LossSpectrum([.. values], Layer.Weights.Count, nonzero);
    }

    /// <summary>Per sample the ratio of the largest to the C-th singular value of A_i; infinite where that is 0. Shape [samples].</summary>
    public double[] DownstreamRatios() => [.. _slopes.Select(slopes => Ratio(slopes, Layer.Outputs, Outputs))];

    /// <summary>s_1 / s_C of a map; infinite where s_C is below 1e-12 of s_1, or where there are fewer values.</summary>
    /// <param name="slopes">Shape [outputs, inputs], row-major.</param>
    /// <param name="inputs">Number of columns.</param>
    /// <param name="index">C, 1-based.</param>
    public static double Ratio(ReadOnlySpan<double> slopes, int inputs, int index)
    {
        double[] values = SingularValues.Of(slopes, inputs);
        return index <= values.Length && values[index - 1] > 1e-12 * values[0] ? values[0] / values[index - 1] : double.PositiveInfinity;
    }

    // √(2/N) A_i[c, :] ⊗ z_i, one row per sample and output.
    private double[] Factor()
    {
        int size = Layer.Weights.Count, row = 0;
        var factor = new double[checked((long)Samples * Outputs * size)];
        double scale = Math.Sqrt(2.0 / Samples);
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int c = 0; c < Outputs; c++, row++)
            {
                for (int o = 0; o < Layer.Outputs; o++)
                    TensorPrimitives.Multiply(_inputs[sample], scale * _slopes[sample][c * Layer.Outputs + o], factor.AsSpan(row * size + o * Layer.Inputs, Layer.Inputs));
            }
        }
        return factor;
    }

    private static double[] Identity(int size)
    {
        var identity = new double[size * size];
        for (int i = 0; i < size; i++)
            identity[i * size + i] = 1;
        return identity;
    }
}
