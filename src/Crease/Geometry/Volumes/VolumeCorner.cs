namespace Crease.Geometry;

/// <summary>A vertex of a cell: where three planes cross, and every further crease that passes through it.</summary>
/// <remarks>Immutable, so cells of different threads may hold the same one.</remarks>
internal sealed class VolumeCorner
{
    public required double X { get; init; }

    public required double Y { get; init; }

    public required double Z { get; init; }

    /// <summary>Bound on the distance from the point that the three planes define exactly.</summary>
    public double Shift { get; init; }

    /// <summary>Three planes whose only common point this is: a crease, or -1 - side for a side of the domain.</summary>
    public required (int First, int Second, int Third) Planes { get; init; }

    /// <summary>Further planes through the point.</summary>
    public int[] More { get; init; } = [];

    public bool LiesOn(int plane) => Planes.First == plane || Planes.Second == plane || Planes.Third == plane || Array.IndexOf(More, plane) >= 0;

    /// <summary>The same point, known to lie on one more plane.</summary>
    public VolumeCorner On(int plane) => new() { X = X, Y = Y, Z = Z, Shift = Shift, Planes = Planes, More = [.. More, plane] };

    /// <summary>Adds every plane through the point to a list.</summary>
    public void AddPlanes(List<int> planes)
    {
        planes.Add(Planes.First);
        planes.Add(Planes.Second);
        planes.Add(Planes.Third);
        planes.AddRange(More);
    }
}
