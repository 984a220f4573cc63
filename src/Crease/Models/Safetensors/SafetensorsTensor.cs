namespace Crease.Models;

/// <summary>One tensor of a <see cref="SafetensorsFile"/>: its type, its extents and its bytes.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">The format's name of the element type, for example <c>F32</c>.</param>
/// <param name="Extents">Extent of each axis, outermost first; none for a scalar.</param>
/// <param name="Data">All elements, row-major, little-endian.</param>
public sealed record SafetensorsTensor(string Name, string Type, int[] Extents, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public int Count => Extents.Aggregate(1, (size, extent) => size * extent);

    /// <summary>Bits of one element by the format's name of its type, or 0 for an unknown name.</summary>
    /// <param name="type">For example <c>F32</c>.</param>
    public static int Bits(string type) => type switch
    {
        "F64" or "I64" or "U64" => 64,
        "F32" or "I32" or "U32" => 32,
        "F16" or "BF16" or "I16" or "U16" => 16,
        "I8" or "U8" or "BOOL" or "F8_E4M3" or "F8_E5M2" => 8,
        _ => 0,
    };
}
