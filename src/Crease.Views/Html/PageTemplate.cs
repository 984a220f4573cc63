using System.Security.Cryptography;
using System.Text;
using Encoder = System.Buffers.Text.Base64;

namespace Crease.Views;

/// <summary>Pages from embedded templates, whose places are names in double braces.</summary>
internal static class PageTemplate
{
    // A multiple of three, so that only the last piece of base64 is padded.
    private const int Piece = 3 << 13;

    /// <summary>Writes a page: its title, its style and script with their hashes for the policy, and at each other place what belongs there.</summary>
    /// <param name="sink">Where the page goes.</param>
    /// <param name="name">Name of the template, of its style and of its script, without ending.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="fill">Writes what belongs at the place of another name.</param>
    public static void Write(Utf8Sink sink, string name, string title, Action<string> fill)
    {
        byte[] style = Resource(name + ".css"), script = Resource(name + ".js");
        ReadOnlySpan<byte> rest = Resource(name + ".html");
        for (int open = rest.IndexOf("{{"u8); open >= 0; open = rest.IndexOf("{{"u8))
        {
            sink.Raw(rest[..open]);
            int close = rest.IndexOf("}}"u8);
            switch (Encoding.UTF8.GetString(rest[(open + 2)..close]))
            {
                case "title":
                    sink.Escaped(title);
                    break;
                case "style":
                    sink.Raw(style);
                    break;
                case "script":
                    sink.Raw(script);
                    break;
                case "style-hash":
                    Base64(sink, SHA256.HashData(style));
                    break;
                case "script-hash":
                    Base64(sink, SHA256.HashData(script));
                    break;
                case string place:
                    fill(place);
                    break;
            }
            rest = rest[(close + 2)..];
        }
        sink.Raw(rest);
    }

    /// <summary>Writes bytes as base64, a piece at a time.</summary>
    public static void Base64(Utf8Sink sink, ReadOnlySpan<byte> bytes)
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
        using Stream stream = typeof(PageTemplate).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
