namespace Crease.Geometry;

/// <summary>A convex piece of the domain on the way to its regions.</summary>
internal sealed class VolumeCell
{
    public required Polyhedron Shape { get; init; }

    public required ReducedNetwork Network { get; set; }

    /// <summary>Per item of <see cref="Network"/> 1 for on, -1 for off, 0 for undecided: what is known but not multiplied out yet.</summary>
    public required sbyte[] Decisions { get; set; }

    /// <summary>Per layer one bit per item: whether it is decided and on.</summary>
    public required ulong[][] Code { get; set; }

    /// <summary>Sum of the keys of the items that are on.</summary>
    public required UInt128 Key { get; set; }

    /// <summary>The first layer at which the code of the cell's first region differs from that of the region before it.</summary>
    public int NewFrom { get; init; }
}
