using System.Runtime.InteropServices;

namespace Crease.Views;

/// <summary>Writes an animated GIF: of each frame the rectangle that changed, with the colors that it needs.</summary>
/// <remarks>
/// Source: CompuServe's GIF 89a specification, with Netscape's extension for repeating. Colors are not dithered: pictures of partitions are flat,
/// and dots would move from frame to frame.
/// </remarks>
internal static class GifMovie
{
    private const byte Unchanged = 255;
    private const int KeepAndTransparent = 0b0000_0101, LocalColors256 = 0b1000_0111;

    public static void Write(IEnumerable<PaintedFrame> frames, MovieOptions options, Stream stream, CancellationToken cancellation)
    {
        uint[]? before = null;
        foreach (PaintedFrame frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            int width = frame.Pixels.Width, height = frame.Pixels.Height;
            ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(frame.Pixels.GetPixelSpan());
            if (before is null)
                Header(stream, width, height);
            PixelBox box = before is null ? new PixelBox(0, 0, width, height) : PixelBox.Changed(before, pixels, width);
            var source = new uint?[box.Width * box.Height];
            for (int i = 0; i < source.Length; i++)
            {
                int at = (box.Top + i / box.Width) * width + box.Left + i % box.Width;
                source[i] = before is not null && before[at] == pixels[at] ? null : Color(pixels[at]);
            }
            Image(stream, frame.Seconds, box, source);
            before ??= new uint[pixels.Length];
            pixels.CopyTo(before);
        }
        stream.WriteByte(0x3B);
    }

    private static void Header(Stream stream, int width, int height)
    {
        stream.Write("GIF89a"u8);
        Short(stream, width);
        Short(stream, height);
        stream.Write([0, 0, 0]);
        stream.Write([0x21, 0xFF, 11]);
        stream.Write("NETSCAPE2.0"u8);
        stream.Write([3, 1, 0, 0, 0]);
    }

    private static void Image(Stream stream, double seconds, PixelBox box, uint?[] source)
    {
        var counts = new Dictionary<uint, int>();
        foreach (uint? color in source)
        {
            if (color is uint there)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, there, out _)++;
        }
        uint[] palette = ColorReduction.Palette(counts, Unchanged);
        Dictionary<uint, byte> indexOf = ColorReduction.Nearest(counts.Keys, palette);
        byte[] indices = Array.ConvertAll(source, color => color is uint there ? indexOf[there] : Unchanged);
        stream.Write([0x21, 0xF9, 4, KeepAndTransparent]);
        Short(stream, Math.Max(2, (int)Math.Round(100 * seconds)));
        stream.Write([Unchanged, 0, 0x2C]);
        foreach (int number in (ReadOnlySpan<int>)[box.Left, box.Top, box.Width, box.Height])
            Short(stream, number);
        stream.WriteByte(LocalColors256);
        for (int i = 0; i < 256; i++)
        {
            uint color = i < palette.Length ? palette[i] : 0;
            stream.Write([(byte)(color >> 16), (byte)(color >> 8), (byte)color]);
        }
        GifLzw.Write(indices, stream);
    }

    // Memory has red first, so that the number has it last.
    private static uint Color(uint pixel) => (pixel & 255) << 16 | pixel & 0xFF00 | pixel >> 16 & 255;

    private static void Short(Stream stream, int value) => stream.Write([(byte)value, (byte)(value >> 8)]);
}
