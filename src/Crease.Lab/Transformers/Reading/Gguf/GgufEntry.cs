namespace Crease.Lab;

/// <summary>Where a tensor lies in a GGUF file.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">How its numbers are kept.</param>
/// <param name="Extents">Extent of each axis, outermost first.</param>
/// <param name="Offset">First byte, counted from the start of the data.</param>
/// <param name="Bytes">Number of bytes.</param>
internal sealed record GgufEntry(string Name, GgufType Type, long[] Extents, long Offset, long Bytes);
