using SkiaSharp;

namespace Crease.Views;

/// <summary>Rasterizes a figure.</summary>
internal static class PngWriter
{
    private const int CompressionLevel = 4;

    public static void Write(Figure figure, int width, Stream stream)
    {
        float scale = (float)(width / figure.Width);
        int height = Math.Max(1, (int)Math.Round(figure.Height * scale));
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKSurface surface = SKSurface.Create(info)
            ?? throw new InvalidOperationException($"A picture of {width} x {height} pixels does not fit into memory; lower '{nameof(PartitionFigureOptions.PngWidth)}'.");
        surface.Canvas.Scale(scale);
        SkiaPainter.Paint(figure, surface.Canvas, raster: true);
        using SKPixmap pixels = surface.PeekPixels();
        using var target = new SKManagedWStream(stream, disposeManagedStream: false);
        // No field may hold a Skia type: it would load Skia for every figure.
        pixels.Encode(target, new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, CompressionLevel));
    }
}
