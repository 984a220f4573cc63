using System.Buffers;
using System.Globalization;
using System.Text;

namespace Crease.Views;

/// <summary>A buffered writer of UTF-8 text that formats numbers in place.</summary>
internal sealed class Utf8Sink(Stream stream) : IDisposable
{
    // Longer than any one number or entity that is written without asking for room again.
    private const int Room = 64;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _used;

    public void Raw(ReadOnlySpan<byte> text)
    {
        if (text.Length > _buffer.Length - _used)
            Flush();
        if (text.Length > _buffer.Length)
        {
            stream.Write(text);
            return;
        }
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    public void Byte(byte character)
    {
        if (_used == _buffer.Length)
            Flush();
        _buffer[_used++] = character;
    }

    public void Integer(long value)
    {
        if (_buffer.Length - _used < Room)
            Flush();
        value.TryFormat(_buffer.AsSpan(_used), out int written, provider: CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>A number with at most two decimals.</summary>
    public void Number(double value)
    {
        if (_buffer.Length - _used < Room)
            Flush();
        (double.Round(value, 2) + 0.0).TryFormat(_buffer.AsSpan(_used), out int written, "0.##", CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>A number that reads back as the same double.</summary>
    public void Exact(double value)
    {
        if (_buffer.Length - _used < Room)
            Flush();
        value.TryFormat(_buffer.AsSpan(_used), out int written, "R", CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>64 bits as 16 hexadecimal digits.</summary>
    public void Hash(ulong value)
    {
        if (_buffer.Length - _used < Room)
            Flush();
        value.TryFormat(_buffer.AsSpan(_used), out int written, "x16", CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>A color as #rrggbb.</summary>
    public void Color(uint color)
    {
        if (_buffer.Length - _used < Room)
            Flush();
        _buffer[_used++] = (byte)'#';
        color.TryFormat(_buffer.AsSpan(_used), out int written, "x6", CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Text as content or as an attribute value; characters that XML 1.0 has no place for become U+FFFD.</summary>
    public void Escaped(string text)
    {
        Span<byte> encoded = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<':
                    Raw("&lt;"u8);
                    break;
                case '>':
                    Raw("&gt;"u8);
                    break;
                case '&':
                    Raw("&amp;"u8);
                    break;
                case '"':
                    Raw("&quot;"u8);
                    break;
                case '\'':
                    Raw("&#39;"u8);
                    break;
                case < 0x20 and not ('\t' or '\n' or '\r') or 0xFFFE or 0xFFFF:
                    Raw("\uFFFD"u8);
                    break;
                default:
                    Raw(encoded[..rune.EncodeToUtf8(encoded)]);
                    break;
            }
        }
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    public void Dispose()
    {
        if (_buffer.Length == 0)
            return;
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
