using System.Buffers.Binary;
using System.IO.Compression;

namespace Crease.Views;

/// <summary>Pixels as a PNG file with a palette, to be embedded in a document: no image library is loaded for it.</summary>
internal static class IndexedPng
{
    private static readonly uint[] Crc = Table();

    public static byte[] Encode(RasterMark mark)
    {
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, mark.Columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), mark.Rows);
        // Eight bits per pixel, which are indices into the palette.
        (header[8], header[9]) = (8, 3);
        Chunk(png, "IHDR"u8, header);
        var palette = new byte[3 * mark.Colors.Length];
        for (int i = 0; i < mark.Colors.Length; i++)
            (palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]) = ((byte)(mark.Colors[i] >> 16), (byte)(mark.Colors[i] >> 8), (byte)mark.Colors[i]);
        Chunk(png, "PLTE"u8, palette);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int row = 0; row < mark.Rows; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(mark.Indices, row * mark.Columns, mark.Columns);
            }
        }
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        uint crc = uint.MaxValue;
        foreach (byte value in type)
            crc = Crc[(crc ^ value) & 255] ^ (crc >> 8);
        foreach (byte value in data)
            crc = Crc[(crc ^ value) & 255] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
