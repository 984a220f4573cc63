using Crease.Models;
using Crease.Views;

namespace Crease.Cli;

/// <summary>The decoder of the views, loaded with the first image: most calls read none.</summary>
internal sealed class ImageDecoderOnDemand : IImageDecoder
{
    private readonly Lazy<IImageDecoder> _decoder = new(() => new SkiaImageDecoder());

    public ImageHeader Measure(byte[] bytes) => _decoder.Value.Measure(bytes);

    public byte[] Decode(byte[] bytes) => _decoder.Value.Decode(bytes);
}
