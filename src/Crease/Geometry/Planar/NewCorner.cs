namespace Crease.Geometry;

/// <summary>Where a cut crosses an edge, with the items that are above and below zero there.</summary>
internal struct NewCorner
{
    public double X, Y, Error;
    public int Edge;
    public byte Above, Below;
}
