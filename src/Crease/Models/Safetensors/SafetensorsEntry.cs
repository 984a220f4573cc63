namespace Crease.Models;

/// <summary>Where a tensor lies in a <c>.safetensors</c> file, without its bytes.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Type">The format's name of the element type, for example <c>F32</c>.</param>
/// <param name="Extents">Extent of each axis, outermost first; none for a scalar.</param>
/// <param name="From">First byte, counted from the end of the header.</param>
/// <param name="To">The byte after the last one, counted likewise.</param>
internal sealed record SafetensorsEntry(string Name, string Type, int[] Extents, long From, long To)
{
    /// <summary>Number of elements.</summary>
    public long Count => Extents.Aggregate(1L, (size, extent) => size * extent);
}
