using SkiaSharp;

namespace Crease.Studio.Tests;

/// <summary>The pixels of a screenshot, 0xRRGGBB, compared loosely: which colors there are, and how much of them.</summary>
internal sealed class Picture
{
    private readonly Dictionary<int, int> _counts = [];

    private Picture(int[] pixels, int width)
    {
        (Pixels, Width) = (pixels, width);
        foreach (int pixel in pixels)
            _counts[pixel] = _counts.GetValueOrDefault(pixel) + 1;
    }

    public int[] Pixels { get; }

    public int Width { get; }

    /// <summary>How many different colors there are.</summary>
    public int Colors => _counts.Count;

    /// <summary>Share of the most frequent color, in (0, 1]; 1 for a blank picture.</summary>
    public double Largest => (double)_counts.Values.Max() / Pixels.Length;

    public static Picture Decode(byte[] png)
    {
        using SKBitmap bitmap = SKBitmap.Decode(png);
        return new Picture(Array.ConvertAll(bitmap.Pixels, color => color.Red << 16 | color.Green << 8 | color.Blue), bitmap.Width);
    }

    /// <summary>Share of pixels that no channel takes further than the tolerance from one of the colors.</summary>
    public double Share(int tolerance, params ReadOnlySpan<int> colors)
    {
        long near = 0;
        foreach ((int pixel, int count) in _counts)
        {
            foreach (int color in colors)
            {
                if (Distance(pixel, color) <= tolerance)
                {
                    near += count;
                    break;
                }
            }
        }
        return (double)near / Pixels.Length;
    }

    /// <summary>Share of pixels that differ by more than the tolerance in some channel; 1 where the sizes differ.</summary>
    public double Difference(Picture other, int tolerance)
    {
        if (other.Width != Width || other.Pixels.Length != Pixels.Length)
            return 1;
        int differ = 0;
        for (int i = 0; i < Pixels.Length; i++)
            differ += Distance(Pixels[i], other.Pixels[i]) > tolerance ? 1 : 0;
        return (double)differ / Pixels.Length;
    }

    private static int Distance(int a, int b) =>
        Math.Max(Math.Abs((a >> 16) - (b >> 16)), Math.Max(Math.Abs((a >> 8 & 255) - (b >> 8 & 255)), Math.Abs((a & 255) - (b & 255))));
}
