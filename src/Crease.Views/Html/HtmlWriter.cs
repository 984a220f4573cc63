using Crease.Geometry;
using Encoder = System.Buffers.Text.Base64;

namespace Crease.Views;

/// <summary>Writes the interactive page: an embedded template, its style and script, and the partition as data.</summary>
internal static class HtmlWriter
{
    // A multiple of three, so that only the last piece of base64 is padded.
    private const int Piece = 3 << 13;

    public static void Write(Partition partition, PartitionFigureOptions options, Stream stream)
    {
        using var sink = new Utf8Sink(stream);
        ReadOnlySpan<byte> rest = Resource("partition.html");
        while (true)
        {
            int open = rest.IndexOf("{{"u8);
            if (open < 0)
                break;
            sink.Raw(rest[..open]);
            int close = rest.IndexOf("}}"u8);
            Fill(sink, rest[(open + 2)..close], partition, options);
            rest = rest[(close + 2)..];
        }
        sink.Raw(rest);
    }

    private static void Fill(Utf8Sink sink, ReadOnlySpan<byte> place, Partition partition, PartitionFigureOptions options)
    {
        if (place.SequenceEqual("title"u8))
            sink.Escaped(options.Title ?? partition.Network.Name);
        else if (place.SequenceEqual("style"u8))
            sink.Raw(Resource("partition.css"));
        else if (place.SequenceEqual("script"u8))
            sink.Raw(Resource("partition.js"));
        else if (place.SequenceEqual("meta"u8))
            sink.Raw(PageData.Json(partition, options));
        else
            Base64(sink, PartitionBlob.Of(partition));
    }

    private static void Base64(Utf8Sink sink, ReadOnlySpan<byte> bytes)
    {
        var text = new byte[Piece / 3 * 4];
        for (int at = 0; at < bytes.Length; at += Piece)
        {
            Encoder.EncodeToUtf8(bytes[at..Math.Min(at + Piece, bytes.Length)], text, out _, out int written);
            sink.Raw(text.AsSpan(0, written));
        }
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(HtmlWriter).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
