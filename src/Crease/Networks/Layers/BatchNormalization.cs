namespace Crease.Networks.Layers;

/// <summary>Batch normalization in evaluation mode: per channel γ (x - μ) / √(σ² + ε) + β, kept with its statistics.</summary>
/// <remarks>
/// Source: normalization by running statistics; folded to a scale and a shift per channel for geometry
/// (<c>scale = γ / √(σ² + ε)</c>, <c>shift = β - scale μ</c>, both rounded once to <c>double</c>).
/// </remarks>
public sealed class BatchNormalization : AffineLayer
{
    private readonly int _inner;

    /// <summary>Makes a batch normalization over axis 0 of its input.</summary>
    /// <param name="inputShape">Shape [channels, ...].</param>
    /// <param name="gain">γ. Shape [channels].</param>
    /// <param name="bias">β. Shape [channels].</param>
    /// <param name="mean">Running μ. Shape [channels].</param>
    /// <param name="variance">Running σ². Shape [channels], at least 0.</param>
    /// <param name="epsilon">ε, so that σ² + ε is positive.</param>
    /// <exception cref="ArgumentException">A length differs from the number of channels, or σ² + ε is not positive.</exception>
    public BatchNormalization(Shape inputShape, Weights gain, Weights bias, Weights mean, Weights variance, double epsilon)
        : base([inputShape], inputShape)
    {
        int channels = inputShape.Rank == 0 ? 0 : inputShape[0];
        foreach ((string name, Weights values) in new[] { (nameof(gain), gain), (nameof(bias), bias), (nameof(mean), mean), (nameof(variance), variance) })
        {
            if (values.Count != channels)
                throw new ArgumentException($"'{name}' has {values.Count} entries; expected one per channel ({channels}).", name);
        }
        (Gain, Bias, Mean, Variance, Epsilon) = (gain, bias, mean, variance, epsilon);
        _inner = inputShape.Size / channels;
        Scale = new double[channels];
        Shift = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            double spread = variance.Values[c] + epsilon;
            if (!(spread > 0))
                throw new ArgumentException($"'variance' of channel {c} plus 'epsilon' is {spread}; it must be positive.", nameof(variance));
            Scale[c] = gain.Values[c] / Math.Sqrt(spread);
            Shift[c] = bias.Values[c] - Scale[c] * mean.Values[c];
        }
    }

    /// <summary>γ. Shape [channels].</summary>
    public Weights Gain { get; }

    /// <summary>β. Shape [channels].</summary>
    public Weights Bias { get; }

    /// <summary>Running mean μ. Shape [channels].</summary>
    public Weights Mean { get; }

    /// <summary>Running variance σ². Shape [channels].</summary>
    public Weights Variance { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>γ / √(σ² + ε). Shape [channels].</summary>
    internal double[] Scale { get; }

    /// <summary>β - μ γ / √(σ² + ε). Shape [channels].</summary>
    internal double[] Shift { get; }

    /// <inheritdoc/>
    public override string Kind => "batch normalization";

    /// <inheritdoc/>
    public override long Parameters => 2L * Scale.Length;

    /// <inheritdoc/>
    public override long Flops => 2L * OutputShape.Size;

    /// <summary>The input at which a channel gives 0, the crease of a unit behind it: μ - β √(σ² + ε) / γ; null where γ is 0.</summary>
    internal double? Crease(int channel)
    {
        double gain = Gain.Values[channel];
        return gain == 0 ? null : Mean.Values[channel] - Bias.Values[channel] * Math.Sqrt(Variance.Values[channel] + Epsilon) / gain;
    }

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double[]> inputs, int count, int constantFrom, Span<double> output)
    {
        int at = 0;
        for (int v = 0; v < count; v++)
        {
            for (int c = 0; c < Scale.Length; c++)
            {
                double scale = Scale[c], shift = v >= constantFrom ? Shift[c] : 0;
                for (int i = 0; i < _inner; i++, at++)
                    output[at] = inputs[0][at] * scale + shift;
            }
        }
    }

    /// <inheritdoc/>
    public override void Pull(ReadOnlySpan<double[]> inputs, ReadOnlySpan<double> output, ReadOnlySpan<double> gradient, int count, ReadOnlySpan<double[]> inputGradients)
    {
        int at = 0;
        for (int v = 0; v < count && inputGradients[0].Length > 0; v++)
        {
            for (int c = 0; c < Scale.Length; c++)
            {
                for (int i = 0; i < _inner; i++, at++)
                    inputGradients[0][at] += gradient[at] * Scale[c];
            }
        }
    }

    /// <inheritdoc/>
    public override double Row(int output, List<Term> terms)
    {
        terms.Clear();
        int channel = output / _inner;
        if (Scale[channel] != 0)
            terms.Add(new Term(0, output, Scale[channel]));
        return Shift[channel];
    }

    /// <inheritdoc/>
    public override void Column(int input, int element, List<Entry> entries)
    {
        entries.Clear();
        if (Scale[element / _inner] != 0)
            entries.Add(new Entry(element, Scale[element / _inner]));
    }
}
