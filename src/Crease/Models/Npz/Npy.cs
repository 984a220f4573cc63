using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace Crease.Models;

/// <summary>One array of numpy's <c>.npy</c> format, as doubles in row-major order.</summary>
/// <param name="Extents">Extent of each axis.</param>
/// <param name="Values">All elements, row-major.</param>
public sealed record Npy(int[] Extents, double[] Values)
{
    private const int LongestHeader = 1 << 16;

    /// <summary>Reads an array.</summary>
    /// <param name="bytes">Content of a <c>.npy</c> file.</param>
    /// <exception cref="InvalidDataException">Not an array of little-endian floats or integers; the message says why.</exception>
    public static Npy Parse(ReadOnlySpan<byte> bytes)
    {
        (int[] extents, string type, bool columnMajor, int start) = Header(bytes);
        double[] values = Numbers(bytes[start..], type);
        return new Npy(extents, columnMajor ? RowMajor(values, extents) : values);
    }

    /// <summary>Where the elements of an array of unsigned bytes in row-major order start; null for arrays of any other kind.</summary>
    /// <param name="bytes">Content of a <c>.npy</c> file.</param>
    /// <param name="extents">Extent of each axis.</param>
    /// <exception cref="InvalidDataException">Not an array; the message says why.</exception>
    internal static int? StartOfBytes(ReadOnlySpan<byte> bytes, out int[] extents)
    {
        (extents, string type, bool columnMajor, int start) = Header(bytes);
        return type == "|u1" && !columnMajor ? start : null;
    }

    private static (int[] Extents, string Type, bool IsColumnMajor, int Start) Header(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 10 || bytes[0] != 0x93 || !bytes[1..6].SequenceEqual("NUMPY"u8))
            throw new InvalidDataException("does not start like a .npy array");
        bool wide = bytes[6] >= 2;
        int start = wide ? 12 : 10;
        long length = wide && bytes.Length >= 12 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (length > LongestHeader || length > bytes.Length - start)
            throw new InvalidDataException($"has a header of {length} bytes; the file has {bytes.Length}");
        string header = Encoding.Latin1.GetString(bytes.Slice(start, (int)length));
        string type = Entry(header, "descr").Trim('\'', '"', ' ');
        bool columnMajor = Entry(header, "fortran_order").StartsWith("True", StringComparison.Ordinal);
        int[] extents = Shape(header);
        long size = 1;
        foreach (int extent in extents)
        {
            size *= extent;
            if (size > bytes.Length)
                throw new InvalidDataException($"claims shape ({string.Join(", ", extents)}); the file has {bytes.Length} bytes");
        }
        ReadOnlySpan<byte> data = bytes[(start + (int)length)..];
        int width = type.Length == 3 && char.IsAsciiDigit(type[2]) ? type[2] - '0' : 0;
        if (width == 0 || data.Length != size * width)
            throw new InvalidDataException($"has {data.Length} bytes of type '{type}' for shape ({string.Join(", ", extents)})");
        return (extents, type, columnMajor, start + (int)length);
    }

    /// <summary>Writes an array of doubles.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="values">All elements, row-major.</param>
    /// <param name="extents">Extent of each axis.</param>
    public static void Write(Stream stream, ReadOnlySpan<double> values, params ReadOnlySpan<int> extents) =>
        Write(stream, MemoryMarshal.AsBytes(values), "<f8", extents);

    /// <summary>Writes an array of any type.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="data">All elements, row-major, little-endian.</param>
    /// <param name="type">numpy's type, for example <c>&lt;i4</c>.</param>
    /// <param name="extents">Extent of each axis.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> data, string type, params ReadOnlySpan<int> extents)
    {
        string shape = string.Join(", ", extents.ToArray()) + (extents.Length == 1 ? "," : "");
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        header = header.PadRight(header.Length + 63 - (10 + header.Length) % 64) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(data);
    }

    private static string Entry(string header, string key)
    {
        int at = header.IndexOf($"'{key}'", StringComparison.Ordinal), colon = at < 0 ? -1 : header.IndexOf(':', at);
        if (colon < 0)
            throw new InvalidDataException($"has no '{key}' in its header");
        string rest = header[(colon + 1)..].TrimStart();
        int end = key == "shape" ? rest.IndexOf(')') + 1 : rest.IndexOf(',');
        return end > 0 ? rest[..end] : rest;
    }

    private static int[] Shape(string header)
    {
        string[] parts = Entry(header, "shape").Trim('(', ')', ' ').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > 32)
            throw new InvalidDataException($"has {parts.Length} axes; at most 32 are accepted");
        return Array.ConvertAll(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) ? extent : throw new InvalidDataException($"has an extent '{part}'; expected a non-negative number"));
    }

    private static double[] Numbers(ReadOnlySpan<byte> data, string type) => type switch
    {
        "<f8" => MemoryMarshal.Cast<byte, double>(data).ToArray(),
        "<f4" => Converted<float>(data),
        "<i8" => Converted<long>(data),
        "<i4" => Converted<int>(data),
        "<u4" => Converted<uint>(data),
        "<i2" => Converted<short>(data),
        "|i1" => Converted<sbyte>(data),
        "|u1" or "|b1" => Converted<byte>(data),
        _ => throw new InvalidDataException($"has element type '{type}'; accepted are <f8, <f4, <i8, <i4, <u4, <i2, |i1, |u1, |b1"),
    };

    private static double[] Converted<T>(ReadOnlySpan<byte> data)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(data);
        var values = new double[numbers.Length];
        TensorPrimitives.ConvertChecked(numbers, values);
        return values;
    }

    private static double[] RowMajor(double[] values, int[] extents)
    {
        var turned = new double[values.Length];
        var index = new int[extents.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int at = 0;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
                at = at * extents[axis] + index[axis];
            turned[i] = values[at];
            for (int axis = extents.Length - 1; axis >= 0 && ++index[axis] == extents[axis]; axis--)
                index[axis] = 0;
        }
        return turned;
    }
}
