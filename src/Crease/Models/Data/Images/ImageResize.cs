namespace Crease.Models;

/// <summary>Brings an image to a size: the largest centered part of the wanted shape, then a resize with a triangle filter.</summary>
/// <remarks>
/// The filter's half width is one source pixel where the image grows and one target pixel where it shrinks, so that shrinking averages and
/// does not skip pixels. Weights at the border are those of the pixels that are there, divided by their sum.
/// </remarks>
internal static class ImageResize
{
    /// <summary>Crops, resizes and separates the channels.</summary>
    /// <param name="pixels">Shape [height, width, 3].</param>
    /// <param name="from">Size of the image.</param>
    /// <param name="height">Height wanted, at least 1.</param>
    /// <param name="width">Width wanted, at least 1.</param>
    /// <param name="channels">1 (all are equal, the first is taken) or 3.</param>
    /// <returns>Shape [channels, height, width]; in [0, 1].</returns>
    public static double[] To(byte[] pixels, ImageHeader from, int height, int width, int channels)
    {
        // The side that is too long gives way.
        double cropHeight = Math.Min(from.Height, (double)from.Width * height / width), cropWidth = Math.Min(from.Width, (double)from.Height * width / height);
        Tap[] down = Taps(from.Height, cropHeight, height), across = Taps(from.Width, cropWidth, width);
        // Rows outside of the crop are never looked at; one channel at a time keeps the buffer small.
        int top = down[0].First, used = down[^1].First + down[^1].Weights.Length - top;
        var rows = new double[used * width];
        var image = new double[channels * height * width];
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                (int y, int x) = Math.DivRem(i, width);
                rows[i] = 0;
                for (int t = 0; t < across[x].Weights.Length; t++)
                    rows[i] += across[x].Weights[t] * pixels[((top + y) * from.Width + across[x].First + t) * 3 + c];
            }
            for (int i = 0; i < height * width; i++)
            {
                (int y, int x) = Math.DivRem(i, width);
                double sum = 0;
                for (int t = 0; t < down[y].Weights.Length; t++)
                    sum += down[y].Weights[t] * rows[(down[y].First - top + t) * width + x];
                image[c * height * width + i] = Math.Clamp(sum / 255, 0, 1);
            }
        }
        return image;
    }

    private static Tap[] Taps(int extent, double crop, int wanted)
    {
        double step = crop / wanted, reach = Math.Max(1, step), start = (extent - crop) / 2;
        var taps = new Tap[wanted];
        for (int at = 0; at < wanted; at++)
        {
            double center = start + (at + 0.5) * step - 0.5;
            int first = Math.Clamp((int)Math.Ceiling(center - reach), 0, extent - 1), last = Math.Clamp((int)Math.Floor(center + reach), first, extent - 1);
            var weights = new double[last - first + 1];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = Math.Max(0, 1 - Math.Abs(first + i - center) / reach);
            double sum = weights.Sum();
            taps[at] = new Tap(first, sum > 0 ? Array.ConvertAll(weights, weight => weight / sum) : [1]);
        }
        return taps;
    }

    private readonly record struct Tap(int First, double[] Weights);
}
