namespace Crease.Geometry;

/// <summary>A corner of a cell, and the edge that starts there and has the cell on its left.</summary>
/// <remarks>The corner is the crossing of that edge's line and of the line of the edge before.</remarks>
internal struct CellCorner
{
    public double X, Y;

    /// <summary>How far rounding may have moved the corner.</summary>
    public double Error;

    /// <summary>Below this absolute value a sign at the corner is in doubt.</summary>
    public double Doubt;

    /// <summary>The edge's line in the worker's table.</summary>
    public int Line;

    /// <summary>The edge of the parent cell that this one is part of; negative for a new one.</summary>
    public int Source;

    /// <summary>First and last of the half-edges found along the edge so far; -1 for none.</summary>
    public int Head, Tail;

    /// <summary>On which side of the cell's cut the corner is: -1, 0 or 1.</summary>
    public int Sign;
}

/// <summary>Where a cut crosses a polygon: the edge, and the new corner.</summary>
internal struct Crossing
{
    public int Edge;
    public double X, Y, Error;
}
