using System.Numerics.Tensors;

namespace Crease.Networks;

/// <summary>Mean and variance of every channel of a value over a batch.</summary>
/// <remarks>Notation: μ ↔ <see cref="Means"/>, σ² ↔ <see cref="Variances"/> (biased: divided by the count, as in training mode). Channels are axis 0; other axes count as samples.</remarks>
/// <param name="Means">Shape [channels].</param>
/// <param name="Variances">Shape [channels], at least 0.</param>
public sealed record ChannelStatistics(double[] Means, double[] Variances)
{
    /// <summary>The statistics of a batch, in two passes.</summary>
    /// <param name="values">Shape [count, size of the shape].</param>
    /// <param name="count">Number of samples, at least 1.</param>
    /// <param name="shape">Shape of one sample, of rank 1 or more.</param>
    public static ChannelStatistics Of(ReadOnlySpan<double> values, int count, Shape shape)
    {
        int channels = shape[0], inner = shape.Size / channels;
        double[] means = new double[channels], variances = new double[channels];
        double share = 1.0 / ((double)count * inner);
        for (int sample = 0; sample < count; sample++)
        {
            for (int c = 0; c < channels; c++)
                means[c] += TensorPrimitives.Sum(values.Slice(sample * shape.Size + c * inner, inner)) * share;
        }
        for (int sample = 0; sample < count; sample++)
        {
            for (int c = 0; c < channels; c++)
            {
                double sum = 0;
                foreach (double value in values.Slice(sample * shape.Size + c * inner, inner))
                    sum += (value - means[c]) * (value - means[c]);
                variances[c] += sum * share;
            }
        }
        return new ChannelStatistics(means, variances);
    }
}
