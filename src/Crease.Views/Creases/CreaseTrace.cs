using Crease.Geometry;

namespace Crease.Views;

/// <summary>Creases of some layers of a partition, or its decision boundary, as lines of one look.</summary>
/// <param name="Partition">The cut slice.</param>
/// <param name="Role">How the lines look; for the boundary roles the partition's boundary is drawn, if it has one.</param>
/// <param name="FirstLayer">0-based first piecewise layer whose creases are drawn.</param>
/// <param name="LastLayer">0-based last one; layers that are not there are left out.</param>
public sealed record CreaseTrace(Partition Partition, CreaseRole Role, int FirstLayer = 0, int LastLayer = int.MaxValue);
