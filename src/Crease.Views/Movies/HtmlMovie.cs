using System.Text.Json;
using SkiaSharp;

namespace Crease.Views;

/// <summary>Writes a page that shows frames with a slider: an embedded template, its style and script, and each frame as a PNG.</summary>
internal static class HtmlMovie
{
    private const int CompressionLevel = 6;

    public static void Write(IEnumerable<PaintedFrame> frames, MovieOptions options, Stream stream, CancellationToken cancellation)
    {
        using var sink = new Utf8Sink(stream);
        PageTemplate.Write(sink, "movie", options.Title, _ => Frames(sink, frames, cancellation));
    }

    // JSON in pieces, so that no more than one picture is held.
    private static void Frames(Utf8Sink sink, IEnumerable<PaintedFrame> frames, CancellationToken cancellation)
    {
        sink.Byte((byte)'[');
        bool isFirst = true;
        foreach (PaintedFrame frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            sink.Raw(isFirst ? "\n{\"caption\":\""u8 : ",\n{\"caption\":\""u8);
            // The default encoder escapes <, > and &, so no text can end the script element.
            sink.Raw(JsonEncodedText.Encode(frame.Caption).EncodedUtf8Bytes);
            sink.Raw("\",\"seconds\":"u8);
            sink.Exact(frame.Seconds);
            sink.Raw(",\"png\":\""u8);
            using (SKData? png = frame.Pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, CompressionLevel)))
                PageTemplate.Base64(sink, png is null ? throw new IOException("a frame cannot be packed as PNG") : png.AsSpan());
            sink.Raw("\"}"u8);
            isFirst = false;
        }
        sink.Raw("\n]"u8);
    }
}
