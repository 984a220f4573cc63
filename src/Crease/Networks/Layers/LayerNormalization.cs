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
            double mean = 0, variance = 0;
            for (int i = 0; i < length; i++)
                mean += inputs[0][start + i] / length;
            for (int i = 0; i < length; i++)
                variance += (inputs[0][start + i] - mean) * (inputs[0][start + i] - mean) / length;
            double scale = 1 / Math.Sqrt(variance + _epsilon);
            for (int i = 0; i < length; i++)
                output[start + i] = (inputs[0][start + i] - mean) * scale * _gain[i] + (_bias?[i] ?? 0);
        }
    }
}
