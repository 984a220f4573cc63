using Crease.Models;
using Crease.Networks;

namespace Crease.Views;

/// <summary>Rows of numbers as small PNG files: an input as an image, a template in colors of its signs.</summary>
public static class ValueImage
{
    private const int LargestScale = 32;

    // Blue, white, red: equally dark at both ends.
    private const uint Negative = 0x2166AC, Positive = 0xB2182B;

    /// <summary>An image of one or three channels.</summary>
    /// <param name="values">Shape [channels, height, width] with 1 or 3 channels.</param>
    /// <param name="shape">That shape.</param>
    /// <param name="range">What is black and what is full.</param>
    /// <param name="scale">Pixels per value along each axis, from 1 to 32.</param>
    /// <exception cref="ArgumentException">The shape is that of no image, or the scale is out of range.</exception>
    public static byte[] Png(ReadOnlySpan<double> values, Shape shape, DataRange range, int scale = 1)
    {
        Check(values, shape, scale);
        return Encode(ContactSheet.Colors(values, shape, range), shape, scale);
    }

    /// <summary>Signed numbers: blue below 0, white at 0, red above, full at the largest magnitude; channels are summed.</summary>
    /// <param name="values">Shape [channels, height, width] with 1 or 3 channels.</param>
    /// <param name="shape">That shape.</param>
    /// <param name="scale">Pixels per value along each axis, from 1 to 32.</param>
    /// <exception cref="ArgumentException">The shape is that of no image, or the scale is out of range.</exception>
    public static byte[] SignedPng(ReadOnlySpan<double> values, Shape shape, int scale = 1)
    {
        Check(values, shape, scale);
        var sums = new double[shape[1] * shape[2]];
        for (int i = 0; i < values.Length; i++)
            sums[i % sums.Length] += values[i];
        double largest = sums.Max(Math.Abs);
        return Encode(Array.ConvertAll(sums, sum => Signed(largest > 0 ? sum / largest : 0)), shape, scale);
    }

    /// <summary>Blue for -1, white for 0, red for 1.</summary>
    internal static uint Signed(double share)
    {
        uint end = share < 0 ? Negative : Positive, color = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
            color = color << 8 | (uint)Math.Round(255 + Math.Abs(share) * ((end >> shift & 255) - 255.0));
        return color;
    }

    private static byte[] Encode(uint[] colors, Shape shape, int scale)
    {
        int columns = shape[2] * scale;
        var enlarged = new uint[colors.Length * scale * scale];
        for (int i = 0; i < enlarged.Length; i++)
            enlarged[i] = colors[i / columns / scale * shape[2] + i % columns / scale];
        return ImagePixels.Png(new ImageMark(0, 0, columns, shape[1] * scale, columns, enlarged));
    }

    private static void Check(ReadOnlySpan<double> values, Shape shape, int scale)
    {
        if (shape.Rank != 3 || shape[0] is not (1 or 3) || values.Length != shape.Size)
            throw new ArgumentException($"'values' has {values.Length} numbers and the shape is {shape}; expected [channels, height, width] with 1 or 3 channels.", nameof(values));
        if (scale is < 1 or > LargestScale)
            throw new ArgumentException($"'scale' is {scale}; expected 1 to {LargestScale}.", nameof(scale));
    }
}
