namespace Crease.Networks.Layers;

/// <summary>Normalization of the trailing axes to mean 0 and variance 1, then a trained gain and bias.</summary>
public sealed class LayerNormalization : SmoothLayer
{
    private readonly double[] _gain;
    private readonly double[]? _bias;
    private readonly double _epsilon;

    /// <summary>Makes a layer normalization.</summary>
    /// <param name="shape">Shape of input and output.</param>
    /// <param name="gain">Shape [normalized elements], a whole divisor of the size.</param>
    /// <param name="bias">Same shape as <paramref name="gain"/>, or null for zero.</param>
    /// <param name="epsilon">Added to the variance, positive.</param>
    /// <exception cref="ArgumentException">The gain does not divide the size.</exception>
    public LayerNormalization(Shape shape, Weights gain, Weights? bias, double epsilon)
        : base([shape], shape)
    {
        if (gain.Count == 0 || shape.Size % gain.Count != 0 || (bias is not null && bias.Count != gain.Count))
            throw new ArgumentException($"'gain' has {gain.Count} entries and 'bias' {bias?.Count ?? gain.Count}; expected the same divisor of {shape.Size}.", nameof(gain));
        (_gain, _bias, _epsilon) = (gain.Doubles, bias?.Doubles, epsilon);
    }

    /// <inheritdoc/>
    public override string Kind => "layer normalization";

    /// <inheritdoc/>
    public override long Parameters => _gain.Length + (_bias?.Length ?? 0);

    /// <inheritdoc/>
    public override long Flops => 8L * OutputShape.Size;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double[]> inputs, int count, Span<double> output)
    {
        int length = _gain.Length;
        for (int start = 0; start < count * OutputShape.Size; start += length)
        {
            (double mean, double scale) = Statistics(inputs[0].AsSpan(start, length));
            for (int i = 0; i < length; i++)
                output[start + i] = (inputs[0][start + i] - mean) * scale * _gain[i] + (_bias?[i] ?? 0);
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int length = _gain.Length;
        for (int start = 0; start < count * OutputShape.Size && inputGradients[0].Length > 0; start += length)
        {
            ReadOnlySpan<double> x = inputs[0].AsSpan(start, length), slopes = gradient.Slice(start, length);
            (double mean, double scale) = Statistics(x);
            double sum = 0, along = 0;
            for (int i = 0; i < length; i++)
            {
                sum += slopes[i] * _gain[i] / length;
                along += slopes[i] * _gain[i] * (x[i] - mean) * scale / length;
            }
            for (int i = 0; i < length; i++)
                inputGradients[0][start + i] += scale * (slopes[i] * _gain[i] - sum - (x[i] - mean) * scale * along);
        }
    }

    /// <summary>Adds, to the gradients of gain and bias, what the gradient of the output says about them.</summary>
    /// <param name="x">One input. Shape [size].</param>
    /// <param name="gradient">Shape [size].</param>
    /// <param name="gains">Shape [normalized elements]; added to.</param>
    /// <param name="biases">Shape [normalized elements], or empty where there is none; added to.</param>
    internal void PullParameters(ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, Span<double> gains, Span<double> biases)
    {
        for (int start = 0; start < x.Length; start += _gain.Length)
        {
            (double mean, double scale) = Statistics(x.Slice(start, _gain.Length));
            for (int i = 0; i < _gain.Length; i++)
            {
                gains[i] += gradient[start + i] * (x[start + i] - mean) * scale;
                if (!biases.IsEmpty)
                    biases[i] += gradient[start + i];
            }
        }
    }

    /// <summary>Number of gains.</summary>
    internal int Gains => _gain.Length;

    internal void CopyParameters(Span<double> to)
    {
        _gain.CopyTo(to);
        _bias?.CopyTo(to[_gain.Length..]);
    }

    private (double Mean, double Scale) Statistics(ReadOnlySpan<double> x)
    {
        double mean = 0, variance = 0;
        for (int i = 0; i < x.Length; i++)
            mean += x[i] / x.Length;
        for (int i = 0; i < x.Length; i++)
            variance += (x[i] - mean) * (x[i] - mean) / x.Length;
        return (mean, 1 / Math.Sqrt(variance + _epsilon));
    }
}
