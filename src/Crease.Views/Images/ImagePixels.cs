using System.Runtime.InteropServices;
using SkiaSharp;

namespace Crease.Views;

/// <summary>Small images inside figures.</summary>
internal static class ImagePixels
{
    /// <summary>The image as a PNG file.</summary>
    public static byte[] Png(ImageMark mark)
    {
        using SKImage image = Of(mark);
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Draws the image; enlarged pixels stay squares.</summary>
    public static void Paint(SKCanvas canvas, ImageMark mark)
    {
        using SKImage image = Of(mark);
        float scale = canvas.TotalMatrix.ScaleX * (float)mark.Width / mark.Columns;
        var sampling = new SKSamplingOptions(scale >= 1 ? SKFilterMode.Nearest : SKFilterMode.Linear, scale >= 1 ? SKMipmapMode.None : SKMipmapMode.Linear);
        canvas.DrawImage(image, SKRect.Create((float)mark.X, (float)mark.Y, (float)mark.Width, (float)mark.Height), sampling);
    }

    private static SKImage Of(ImageMark mark)
    {
        var info = new SKImageInfo(mark.Columns, mark.Colors.Length / mark.Columns, SKColorType.Bgra8888, SKAlphaType.Opaque);
        return SKImage.FromPixelCopy(info, MemoryMarshal.AsBytes(Array.ConvertAll(mark.Colors, color => 0xFF000000 | color).AsSpan()), info.RowBytes);
    }
}
