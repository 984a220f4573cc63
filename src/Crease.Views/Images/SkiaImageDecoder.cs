using Crease.Models;
using SkiaSharp;

namespace Crease.Views;

/// <summary>Decodes PNG, JPEG, GIF (its first frame), BMP and WebP.</summary>
/// <remarks>
/// Pixels are taken as they are stored: orientation tags and color profiles are not applied, 16-bit channels are reduced to 8. Transparent
/// pixels are over black.
/// </remarks>
public sealed class SkiaImageDecoder : IImageDecoder
{
    private const string Accepted = "accepted are PNG, JPEG, GIF, BMP and WebP";

    /// <inheritdoc/>
    public ImageHeader Measure(byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using SKCodec codec = Open(data);
        return new ImageHeader(codec.Info.Height, codec.Info.Width, codec.Info.ColorType == SKColorType.Gray8);
    }

    /// <inheritdoc/>
    public byte[] Decode(byte[] bytes)
    {
        using var data = SKData.CreateCopy(bytes);
        using SKCodec codec = Open(data);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        var pixels = new byte[info.BytesSize];
        unsafe
        {
            fixed (byte* start = pixels)
            {
                SKCodecResult result = codec.GetPixels(info, (nint)start);
                if (result != SKCodecResult.Success)
                    throw new InvalidDataException(result == SKCodecResult.IncompleteInput ? "is truncated" : $"is damaged ({result})");
            }
        }
        var colors = new byte[pixels.Length / 4 * 3];
        for (int i = 0, at = 0; i < pixels.Length; i += 4)
            (colors[at++], colors[at++], colors[at++]) = (pixels[i], pixels[i + 1], pixels[i + 2]);
        return colors;
    }

    private static SKCodec Open(SKData data) => SKCodec.Create(data) ?? throw new InvalidDataException($"is no image that can be read; {Accepted}");
}
