using System.Numerics.Tensors;
using Crease.Models;

namespace Crease.Lab;

/// <summary>The scale and shift that bring each channel of a set to mean 0 and deviation 1.</summary>
internal static class ChannelScaling
{
    /// <summary>Measures them in two passes; no numbers of the set are kept.</summary>
    /// <param name="data">Rows whose first axis is that of the channels.</param>
    /// <returns>Shape [channels] each; a channel that never changes has scale 1.</returns>
    public static (double[] Scale, double[] Shift) Of(DataSet data)
    {
        int channels = data.Shape[0], plane = data.Shape.Size / channels;
        double count = (double)data.Count * plane;
        double[] mean = new double[channels], square = new double[channels], numbers = new double[data.Size];
        for (int row = 0; row < data.Count; row++)
        {
            data.CopyRow(row, numbers);
            for (int c = 0; c < channels; c++)
                mean[c] += TensorPrimitives.Sum<double>(numbers.AsSpan(c * plane, plane));
        }
        for (int c = 0; c < channels; c++)
            mean[c] /= count;
        for (int row = 0; row < data.Count; row++)
        {
            data.CopyRow(row, numbers);
            for (int c = 0; c < channels; c++)
            {
                double total = square[c];
                foreach (double value in numbers.AsSpan(c * plane, plane))
                    total += (value - mean[c]) * (value - mean[c]);
                square[c] = total;
            }
        }
        double[] scale = [.. square.Select(sum => sum > 0 ? 1 / Math.Sqrt(sum / count) : 1)];
        return (scale, [.. scale.Select((factor, c) => -mean[c] * factor)]);
    }
}
